"""Which epochs I take: every rule of README.md section 4, in its order."""

from __future__ import annotations

from widget.crypto.decisions import Decisions
from widget.crypto.limits import AHEAD_N, TAKEOVER_MS, TAKEOVER_SLACK_MS, TAKEOVER_STEP_MS
from widget.crypto.live_epoch import LiveEpoch
from widget.crypto.membership import Membership
from widget.crypto.reasons import (
    EPOCH_EXPELLED,
    EPOCH_GHOST,
    EPOCH_ISSUER,
    EPOCH_JUMP,
    EPOCH_OLD,
    EPOCH_RANK,
    EPOCH_ROOM,
    EPOCH_TIE_LOST,
    EPOCH_WITHOUT_ME,
)
from widget.crypto.session import PeerSession
from widget.errors import CwError
from widget.wire.epoch import Epoch


def check_shape(epoch: Epoch, room_id: bytes, me: PeerSession) -> None:
    """It is for this room, I am in it, and so is its issuer: nobody may know a secret unseen."""
    if epoch.room_id != room_id:
        raise CwError(EPOCH_ROOM, "an epoch of another room")
    if epoch.roster.get(me.sid) != me.credential_hash:
        raise CwError(EPOCH_WITHOUT_ME, "an epoch without me")
    if epoch.issuer not in epoch.roster:
        raise CwError(EPOCH_ISSUER, "an epoch whose issuer is not in it")


def most_n(created_ms: int, now_ms: int) -> int:
    """How far a room of that age can have come. Everybody knows when it was made, so that nobody can lead some of its
    members to numbers that others refuse, and the numbers never run out."""
    return AHEAD_N + max(0, now_ms - created_ms) // 1000


def check_number(epoch: Epoch, kid: str, current: LiveEpoch | None, most: int) -> None:
    """Newer than mine, or a won tie; at most `most`."""
    if epoch.n > most:
        raise CwError(EPOCH_JUMP, "an epoch that the room is too young for")
    if current is None:
        return
    if epoch.n < current.n:
        raise CwError(EPOCH_OLD, "an epoch older than mine")
    if epoch.n == current.n and kid >= current.kid:
        raise CwError(EPOCH_TIE_LOST, "an epoch that loses the tie")


def find_roster(epoch: Epoch, membership: Membership, decisions: Decisions) -> tuple[list[PeerSession], list[str]]:
    """(members in roster order, credential hashes I have not verified). CwError when a credential was swapped, or
    somebody is in it who is out: gone for good, removed, or not let in."""
    members: list[PeerSession] = []
    unknown: list[str] = []
    for sid, credential_hash in epoch.roster.items():
        peer = membership.find(sid)
        if membership.is_expelled(sid) or (peer is not None and not decisions.lets_in(peer)):
            raise CwError(EPOCH_EXPELLED, "an epoch with somebody who is out")
        if peer is None:
            unknown.append(credential_hash)
        elif peer.credential_hash != credential_hash:
            raise CwError(EPOCH_GHOST, "an epoch with a swapped credential")
        else:
            members.append(peer)
    return members, unknown


def leaves_out(epoch: Epoch, membership: Membership, current: LiveEpoch | None, now_ms: int) -> bool:
    """Somebody of mine is not in it who is here, as I heard a moment ago: perhaps they are about to leave. Or it brings
    back somebody whom I saw go and who is not in mine: that takes a sign of life. Whoever is first in line could else
    keep anybody in the key who went without a word, and undo each epoch by the others."""
    if current is None or not current.shared():
        return False
    missing = [sid for sid in current.roster if sid not in epoch.roster and sid != membership.me.sid]
    back = [sid for sid in epoch.roster if sid not in current.roster and membership.is_gone(sid)]
    return len(back) > 0 or any(membership.is_heard(sid, now_ms) for sid in missing)


def check_rank(epoch: Epoch, membership: Membership, current: LiveEpoch | None, waited_ms: int) -> None:
    """The steward may issue; a member of rank r when all before it were silent for 3 s + 5 s x r, or left a need for
    so long that the epoch meets; anybody, when the epoch only grows: it serves everybody here and somebody whom mine
    does not (two stewards without a link between them would else overrule each other for ever).

    `waited_ms` is that time; -1 when I share no epoch with anybody yet: then anybody may.
    """
    if membership.is_gone(epoch.issuer):
        raise CwError(EPOCH_ISSUER, "an epoch by somebody who has left")
    rank = membership.rank(epoch.issuer)
    if rank == 0 or waited_ms < 0 or _grows(epoch, membership, current):
        return
    if waited_ms < takeover_ms(rank) - TAKEOVER_SLACK_MS:
        raise CwError(EPOCH_RANK, "an epoch by somebody whose turn it is not")


def _grows(epoch: Epoch, membership: Membership, current: LiveEpoch | None) -> bool:
    served = [] if current is None else current.roster
    return all(peer.sid in epoch.roster for peer in membership.roster()) and any(
        sid not in served for sid in epoch.roster
    )


def takeover_ms(rank: int) -> int:
    """How long a member of this rank waits for those before it."""
    return 0 if rank == 0 else TAKEOVER_MS + TAKEOVER_STEP_MS * rank
