"""An epoch whose secret I have: every member's sending key, and the counter of mine."""

from __future__ import annotations

from widget.crypto.keys import CountedKey, derive_sender
from widget.crypto.limits import EPOCH_EVENTS, MAX_COUNTER
from widget.crypto.reasons import FRAME_SEAL
from widget.crypto.session import PeerSession, Session
from widget.errors import OrderError
from widget.ports import Crypto
from widget.wire.frame import HEADER_BYTES, FrameHeader, frame_aad
from widget.wire.pair import Grant, write_grant

NEVER_MS = 2**52


class LiveEpoch:
    """`members`, `roster` (their sids) and `senders` are in one order. `kid` is what events and members call it, 32 hex
    digits; frames have the first eight bytes."""

    def __init__(
        self,
        n: int,
        epoch_hash: bytes,
        grant: Grant,
        members: list[PeerSession],
        senders: list[CountedKey],
        my_index: int,
        now_ms: int,
    ) -> None:
        self.n: int = n
        self.hash: bytes = epoch_hash
        self.kid_bytes: bytes = epoch_hash[:8]
        self.kid: str = epoch_hash[:16].hex()
        self.grant: bytes = write_grant(grant.epoch, grant.secret)  # the blob that hands it on
        self.members: list[PeerSession] = members
        self.roster: list[str] = [member.sid for member in members]
        self.senders: list[CountedKey] = senders
        self.my_index: int = my_index
        self.since_ms: int = now_ms
        self.replaced_ms: int = NEVER_MS
        self.said: int = 0  # events of mine that were written in it
        self._counter: int = 0

    def hashes(self) -> dict[str, str]:
        """The roster of E."""
        return {member.sid: member.credential_hash for member in self.members}

    def take_counter(self) -> int:
        """The counter of my next frame. Synchronous, so that no two frames can get the same one."""
        counter = self._counter
        if counter > MAX_COUNTER:
            raise not_ready()
        self._counter = counter + 1
        return counter

    async def open(self, header: FrameHeader, packet: bytes, room_id: bytes) -> bytes:
        """The padded content of a frame."""
        aad = frame_aad(room_id, packet[:HEADER_BYTES])
        return await self.senders[header.index].open(header.counter, packet[HEADER_BYTES:], aad, FRAME_SEAL)

    def better_than(self, n: int, kid: str) -> bool:
        """A higher number wins, at the same number the lower kid."""
        return self.n > n or (self.n == n and self.kid < kid)

    def shared(self) -> bool:
        """Somebody else is in it."""
        return len(self.members) > 1

    def spent(self) -> bool:
        """I have said as much as one epoch should carry."""
        return self.said >= EPOCH_EVENTS

    def retire(self, now_ms: int) -> None:
        """A newer epoch holds; from now on these keys only read, and only for a while. The secret is gone at once."""
        self.replaced_ms = now_ms
        self.grant = b""


async def open_epoch(
    crypto: Crypto,
    session: Session,
    n: int,
    epoch_hash: bytes,
    grant: Grant,
    members: list[PeerSession],
    now_ms: int,
) -> LiveEpoch:
    """Derive every sender's key; `members` is the roster in its order, me included."""
    senders: list[CountedKey] = []
    my_index = 0
    for member in members:
        if member.sid == session.sid:
            my_index = len(senders)
        senders.append(await derive_sender(crypto, grant.secret, epoch_hash, session.room_id, member.sid))
    return LiveEpoch(n, epoch_hash, grant, members, senders, my_index, now_ms)


def not_ready() -> OrderError:
    return OrderError("room.not_ready", "The room's keys are not agreed yet. Try again in a moment.")
