"""A room's shared secret and the frames under it: who is in, which epoch holds, what may be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from widget.crypto.budget import Budget
from widget.crypto.credentials import Credentials
from widget.crypto.drops import Drops
from widget.crypto.epoch_rules import check_number, check_rank, check_shape, find_roster
from widget.crypto.frames import Frames, Opened
from widget.crypto.held_grants import HeldGrants
from widget.crypto.keys import same, signed
from widget.crypto.limits import (
    BLOBS_BURST,
    BLOBS_PER_S,
    GRANT_BURST,
    MAX_JUMP,
    REKEY_INTERVAL_MS,
    RESEND_AFTER_MS,
    RESEND_MS,
    RESYNC_MS,
    STATE_INTERVAL_MS,
    STATE_WAIT_MS,
)
from widget.crypto.live_epoch import LiveEpoch, open_epoch
from widget.crypto.membership import Membership
from widget.crypto.reasons import (
    BLOB_BUDGET,
    BLOB_STRANGER,
    CREDENTIAL_UNASKED,
    EPOCH_COMMIT,
    EPOCH_FLOOD,
    EPOCH_GHOST,
    EPOCH_SIGNATURE,
    STATE_JUMP,
)
from widget.crypto.schedule import Need, Times, due_at_ms, find_need
from widget.crypto.session import PeerSession, Session
from widget.errors import CwError
from widget.ports import Crypto
from widget.wire.epoch import (
    Epoch,
    RosterEntry,
    commit_input,
    epoch_signed,
    read_signed_epoch,
    write_epoch,
)
from widget.wire.pair import Blob, Grant, Shown, State, Want, read_blob, write_blob

NO_KID = bytes(8)


@dataclass(frozen=True)
class PairBlob:
    """Something for one peer's pair channel."""

    to_sid: str
    blob: bytes = field(repr=False)


@dataclass(frozen=True)
class GroupStep:
    """What follows from an event: blobs to send, frames that could be opened at last, whether the epoch changed."""

    blobs: list[PairBlob] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)
    new_epoch: bool = False


class Group:
    """All members of one room as I verified them.

    Feed it: `admit` when a pair's link is verified (every link), `drop` when a session is gone (after the grace) or
    said LEAVE, `receive` for every pair blob, `open` for every 0xC1 packet, `tick` when `wake_at_ms` has come. Every
    call that returns a GroupStep wants it carried out. Calls may overlap, but give one sender's packets in order.
    """

    def __init__(self, crypto: Crypto, session: Session, credentials: Credentials, now_ms: int) -> None:
        self._crypto: Crypto = crypto
        self._session: Session = session
        self._credentials: Credentials = credentials
        self._drops: Drops = Drops()
        self._membership: Membership = Membership(session.me)
        self._frames: Frames = Frames(crypto, session, self._drops)
        self._held: HeldGrants = HeldGrants()
        self._times: Times = Times(now_ms)
        self._ahead_n: int = 0
        self._previous_ms: int = -1
        self._state_ms: int = now_ms
        self._issuing: bool = False
        self._heard: dict[str, bool] = {}
        self._missing_ms: dict[str, int] = {}
        self._resent_ms: dict[str, int] = {}
        self._blob_budgets: dict[str, Budget] = {}
        self._grant_budgets: dict[str, Budget] = {}

    @property
    def drops(self) -> dict[int, int]:
        """How many blobs and frames were dropped, by reason number (widget/crypto/README.md)."""
        return self._drops.counts

    @property
    def kid(self) -> str:
        """The epoch I send under, 16 hex digits; "" before the first."""
        current = self._frames.current
        return "" if current is None else current.kid

    @property
    def roster(self) -> list[str]:
        """The sids that can read what I send now, mine included, sorted."""
        current = self._frames.current
        return [] if current is None else [member.sid for member in current.members]

    def ready(self) -> bool:
        """There is an epoch to send under. A room of one is ready too: look at `roster` to know who reads."""
        return self._frames.current is not None

    def unreached(self) -> list[str]:
        """Those here who cannot read what I send now; a newcomer should wait with sending until it is empty."""
        return [sid for sid in self._membership.others() if sid not in self.roster]

    def members(self) -> list[PeerSession]:
        """Everybody here, best steward first, me included."""
        return self._membership.ranked()

    def member(self, sid: str) -> PeerSession | None:
        """A verified session, also one that has left."""
        return self._membership.find(sid)

    def room_code(self) -> str:
        """20 digits in four groups; equal on two screens = same members, same secret. "" before the first epoch."""
        current = self._frames.current
        if current is None:
            return ""
        groups: list[str] = []
        for index in range(4):
            number = int.from_bytes(current.hash[8 + index * 4 : 12 + index * 4], "big") % 100000
            groups.append(f"{number:05d}")
        return " ".join(groups)

    def epoch_due_at_ms(self) -> int:
        """When I should issue an epoch (`tick` does it); a time that has passed means now."""
        rank = self._membership.rank(self._session.sid)
        return due_at_ms(self._need(), rank, self._frames.current, self._newcomers_ms())

    def wake_at_ms(self, now_ms: int) -> int:
        """When `tick` is wanted next (never before `now_ms`)."""
        times = [self._state_ms]
        if not self._issuing:
            times.append(self.epoch_due_at_ms())
        held_ms = self._held.wake_at_ms()
        if held_ms is not None:
            times.append(held_ms)
        return max(now_ms, min(times))

    async def admit(self, peer: PeerSession, now_ms: int) -> GroupStep:
        """A link with this session is verified: it is here."""
        known = self._membership.find(peer.sid)
        if known is not None and known.credential_hash != peer.credential_hash:
            self._drops.count(BLOB_STRANGER)
            return GroupStep()
        if self._membership.admit(peer):
            self._times.changed_ms = now_ms
            self._note_missing(now_ms)
        step = GroupStep([PairBlob(peer.sid, self._state_blob())])
        return _joined([step, await self._retry_held(now_ms)])

    async def drop(self, sid: str, now_ms: int) -> GroupStep:
        """The session is gone. What it sent before stays readable for a while."""
        if not self._membership.drop(sid):
            return GroupStep()
        self._times.changed_ms = now_ms
        for memory in (self._missing_ms, self._resent_ms):
            if sid in memory:
                del memory[sid]
        if sid in self._heard:
            del self._heard[sid]
        self._frames.forget_link(sid)
        return await self._issue_if_due(now_ms)

    async def receive(self, from_sid: str, blob: bytes, now_ms: int) -> GroupStep:
        """A blob from a pair channel (GRANT, STATE, WANT, CREDENTIAL). Bad ones are counted, never raised."""
        try:
            if not self._membership.is_present(from_sid):
                raise CwError(BLOB_STRANGER, "a blob from somebody who is not here")
            if not _take(self._blob_budgets, from_sid, BLOBS_PER_S, BLOBS_BURST, now_ms):
                raise CwError(BLOB_BUDGET, "a neighbour sends too many blobs")
            step = await self._take_blob(from_sid, read_blob(blob), now_ms)
        except CwError as error:
            self._drops.count(error.reason)
            return GroupStep()
        return _joined([step, await self._issue_if_due(now_ms)])

    async def tick(self, now_ms: int) -> GroupStep:
        """What time brings: due epochs, STATE every 3 s, forgotten keys, buffers that ran out."""
        steps: list[GroupStep] = []
        for sid in self._membership.expired(now_ms):
            steps.append(await self.drop(sid, now_ms))
        self._frames.expire(now_ms)
        current = self._frames.current
        if current is not None and current.spent() and self._times.spent_ms < 0:
            self._times.spent_ms = now_ms
        for _ in range(self._held.expire(now_ms)):
            self._drops.count(EPOCH_GHOST)
        steps.append(GroupStep(self._wants(now_ms)))
        steps.append(await self._issue_if_due(now_ms))
        if now_ms >= self._state_ms:
            self._state_ms = now_ms + STATE_INTERVAL_MS
            state = self._state_blob()
            steps.append(GroupStep([PairBlob(sid, state) for sid in self._membership.others()]))
        return _joined(steps)

    async def issue(self, reason: int, now_ms: int) -> GroupStep:
        """A new epoch by me for everybody here, with a grant for each of them."""
        if self._issuing:
            return GroupStep()
        self._issuing = True
        try:
            return await self._issue(reason, now_ms)
        finally:
            self._issuing = False

    async def seal(self, frame_type: int, kind: int, msg_id: str, body: bytes, now_ms: int) -> bytes:
        """The 0xC1 packet for everybody in `roster`. `msg_id` is 32 hex; a resend keeps it. OrderError if not ready."""
        return await self._frames.seal(frame_type, kind, msg_id, body, now_ms)

    async def open(self, packet: bytes, via_sid: str, now_ms: int) -> Opened | None:
        """The frame in a packet that came over the link with `via_sid`; None when it was dropped or has to wait.

        Look at `is_repeat` before showing it.
        """
        return await self._frames.open(packet, via_sid, now_ms)

    async def _issue_if_due(self, now_ms: int) -> GroupStep:
        if self.epoch_due_at_ms() > now_ms:
            return GroupStep()
        return await self.issue(self._need().reason, now_ms)

    def _need(self) -> Need:
        missing = list(self._missing_ms.values())
        missing_ms = min(missing) if len(missing) > 0 else -1
        return find_need(self._frames.current, self._membership, self._times, missing_ms)

    async def _issue(self, reason: int, now_ms: int) -> GroupStep:
        current = self._frames.current
        members = self._membership.roster()
        secret = self._crypto.digest.random(32)
        epoch = Epoch(
            room_id=self._session.room_id,
            n=max(0 if current is None else current.n, self._ahead_n) + 1,
            prev_kid=NO_KID if current is None else current.kid_bytes,
            issuer=bytes.fromhex(self._session.sid),
            reason=reason,
            commit=await self._crypto.digest.sha256(commit_input(secret)),
            roster=[RosterEntry(bytes.fromhex(peer.sid), bytes.fromhex(peer.credential_hash)) for peer in members],
        )
        body = write_epoch(epoch)
        signature = await self._crypto.signatures.sign(self._session.signing, epoch_signed(body))
        step = await self._adopt(epoch, body, Grant(body + signature, secret), members, now_ms)
        if not step.new_epoch:
            return step
        blob = write_blob(Grant(body + signature, secret))
        grants = [PairBlob(peer.sid, blob) for peer in members if peer.sid != self._session.sid]
        return _joined([GroupStep(grants), step])

    async def _take_blob(self, from_sid: str, blob: Blob, now_ms: int) -> GroupStep:
        if isinstance(blob, Grant):
            return await self._take_grant(from_sid, blob, True, now_ms)
        if isinstance(blob, State):
            return self._take_state(from_sid, blob, now_ms)
        if isinstance(blob, Want):
            return self._take_want(from_sid, blob)
        return await self._take_credential(blob, now_ms)

    async def _take_grant(self, from_sid: str, grant: Grant, fresh: bool, now_ms: int) -> GroupStep:
        """Adopt the epoch, hold it while its roster is not verified, or raise why not."""
        epoch, body, signature = read_signed_epoch(grant.epoch)
        kid = (await self._crypto.digest.sha256(body))[:8].hex()
        if kid == self.kid:
            return GroupStep()
        check_shape(epoch, self._session.room_id, self._session.me)
        check_number(epoch, kid, self._frames.current)
        if fresh and not _take_slow(self._grant_budgets, from_sid, now_ms):
            raise CwError(EPOCH_FLOOD, "a neighbour sends too many epochs")
        members, unknown = find_roster(epoch, self._membership)
        if len(unknown) > 0:
            if fresh and not self._held.keep(grant, from_sid, now_ms):
                raise CwError(EPOCH_FLOOD, "too many epochs wait for their members")
            return GroupStep()
        check_rank(epoch, self._membership, self._frames.current, self._silent_ms(epoch, now_ms))
        issuer = self._membership.find(epoch.issuer.hex())
        if issuer is None or not await signed(self._crypto, issuer.sign_public, signature, epoch_signed(body)):
            raise CwError(EPOCH_SIGNATURE, "an epoch that its issuer did not sign")
        if not same(await self._crypto.digest.sha256(commit_input(grant.secret)), epoch.commit):
            raise CwError(EPOCH_COMMIT, "a secret that is not the epoch's")
        return await self._adopt(epoch, body, grant, members, now_ms)

    async def _adopt(
        self, epoch: Epoch, body: bytes, grant: Grant, members: list[PeerSession], now_ms: int
    ) -> GroupStep:
        """Make it the epoch I send under, unless a better one came while keys were derived."""
        epoch_hash = await self._crypto.digest.sha256(body)
        live = await open_epoch(
            self._crypto, self._session, epoch, grant.epoch, epoch_hash, grant.secret, members, now_ms
        )
        current = self._frames.current
        if current is not None and not live.better_than(current.n, current.kid):
            return GroupStep()
        self._previous_ms = current.since_ms if current is not None and current.shared() else -1
        self._membership.settle(members)
        self._times.spent_ms = -1
        if live.n >= self._ahead_n:
            self._times.ahead_ms = -1
        opened = await self._frames.adopt(live, now_ms)
        self._note_missing(now_ms)
        return GroupStep([], opened, True)

    async def _retry_held(self, now_ms: int) -> GroupStep:
        """Somebody was verified: grants that waited for them may be complete."""
        steps: list[GroupStep] = []
        for held in self._held.take_all():
            try:
                step = await self._take_grant(held.from_sid, held.grant, False, now_ms)
            except CwError as error:
                self._drops.count(error.reason)
                continue
            if not step.new_epoch and len(self._unknown_in(held.grant)) > 0:
                self._held.put_back(held)
            steps.append(step)
        return _joined(steps)

    def _note_missing(self, now_ms: int) -> None:
        """Since when each session here is not in the epoch I hold; one that still leaves it out changes nothing."""
        readers = self.roster
        missing = [sid for sid in self._membership.others() if sid not in readers]
        self._missing_ms = {sid: self._missing_ms.get(sid, now_ms) for sid in missing}

    def _unknown_in(self, grant: Grant) -> list[str]:
        epoch, _body, _signature = read_signed_epoch(grant.epoch)
        return find_roster(epoch, self._membership)[1]

    def _wants(self, now_ms: int) -> list[PairBlob]:
        """Ask those who sent incomplete grants for the credentials in them."""
        blobs: list[PairBlob] = []
        for held in self._held.wanting(now_ms):
            for credential_hash in self._unknown_in(held.grant):
                blobs.append(PairBlob(held.from_sid, write_blob(Want(bytes.fromhex(credential_hash)))))
        return blobs

    def _take_want(self, from_sid: str, want: Want) -> GroupStep:
        peer = self._membership.find_hash(want.credential_hash.hex())
        if peer is None:
            return GroupStep()
        return GroupStep([PairBlob(from_sid, write_blob(Shown(peer.credential, peer.psk_proof)))])

    async def _take_credential(self, shown: Shown, now_ms: int) -> GroupStep:
        """A credential I asked for: whose it is I verify myself; who handed it over does not matter."""
        if self._held.wake_at_ms() is None:
            raise CwError(CREDENTIAL_UNASKED, "a credential nobody asked for")
        self._membership.vouch(await self._credentials.check(shown.credential, shown.psk_proof, now_ms))
        return await self._retry_held(now_ms)

    def _take_state(self, from_sid: str, state: State, now_ms: int) -> GroupStep:
        """Compare epochs: give mine to who lacks it, note that others are ahead."""
        self._heard[from_sid] = True
        current = self._frames.current
        if state.members > 1 and (current is None or not current.shared()):
            self._membership.establish(from_sid)
        if current is None or state.kid == current.kid_bytes or state.n == 0:
            return GroupStep()
        if current.better_than(state.n, state.kid.hex()):
            return GroupStep(self._resend(from_sid, current, now_ms))
        if current.shared() and state.n > current.n + MAX_JUMP:
            raise CwError(STATE_JUMP, "a neighbour claims an epoch far ahead")
        if state.n > self._ahead_n or self._times.ahead_ms < 0:
            self._times.ahead_ms = now_ms + RESYNC_MS
        self._ahead_n = max(self._ahead_n, state.n)
        return GroupStep()

    def _resend(self, to_sid: str, current: LiveEpoch, now_ms: int) -> list[PairBlob]:
        """The current grant again, to a member of its roster, unless it must still be on its way."""
        is_reader = any(member.sid == to_sid for member in current.members)
        is_fresh = now_ms < current.since_ms + RESEND_AFTER_MS
        if not is_reader or is_fresh or now_ms < self._resent_ms.get(to_sid, 0) + RESEND_MS:
            return []
        self._resent_ms[to_sid] = now_ms
        return [PairBlob(to_sid, write_blob(Grant(current.signed, current.secret)))]

    def _state_blob(self) -> bytes:
        current = self._frames.current
        if current is None:
            return write_blob(State(0, NO_KID, 0))
        return write_blob(State(current.n, current.kid_bytes, len(current.members)))

    def _silent_ms(self, epoch: Epoch, now_ms: int) -> int:
        """How long those in line were silent when this epoch was made; -1 when I share none yet.

        A tie competes with the epoch I hold, so it is measured from the one before.
        """
        current = self._frames.current
        if current is None or not current.shared():
            return -1
        if epoch.n == current.n:
            return -1 if self._previous_ms < 0 else now_ms - self._previous_ms
        return now_ms - current.since_ms

    def _newcomers_ms(self) -> int:
        """Until when to wait for the STATE of those just admitted: they may know a newer epoch."""
        waits = [
            at_ms + STATE_WAIT_MS
            for sid, at_ms in self._missing_ms.items()
            if sid not in self._heard
        ]
        return max(waits) if len(waits) > 0 else 0


def _joined(steps: list[GroupStep]) -> GroupStep:
    blobs: list[PairBlob] = []
    opened: list[Opened] = []
    for step in steps:
        blobs.extend(step.blobs)
        opened.extend(step.opened)
    return GroupStep(blobs, opened, any(step.new_epoch for step in steps))


def _take(budgets: dict[str, Budget], sid: str, per_s: int, burst: int, now_ms: int) -> bool:
    found = budgets.get(sid)
    if found is None:
        found = Budget(per_s, burst, now_ms)
        budgets[sid] = found
    return found.take(1, now_ms)


def _take_slow(budgets: dict[str, Budget], sid: str, now_ms: int) -> bool:
    """GRANT_BURST, and one more every 2 s: amounts in milliseconds."""
    found = budgets.get(sid)
    if found is None:
        found = Budget(1000, GRANT_BURST * REKEY_INTERVAL_MS, now_ms)
        budgets[sid] = found
    return found.take(REKEY_INTERVAL_MS, now_ms)
