"""Issues epochs and takes those of others: the one place where the epoch I hold changes."""

from __future__ import annotations

from widget.crypto.budgets import Budgets
from widget.crypto.decisions import Decisions
from widget.crypto.drops import Drops
from widget.crypto.epoch_rules import check_number, check_rank, check_shape, find_roster, leaves_out
from widget.crypto.frames import Frames
from widget.crypto.group_step import GroupStep
from widget.crypto.held_grants import Held, HeldGrants
from widget.crypto.keys import same
from widget.crypto.liars import Liars
from widget.crypto.limits import GRANT_BURST, REKEY_INTERVAL_MS, WANT_AFTER_MS
from widget.crypto.live_epoch import LiveEpoch, open_epoch
from widget.crypto.membership import Membership
from widget.crypto.presence import Presence
from widget.crypto.reasons import EPOCH_COMMIT, EPOCH_FLOOD, EPOCH_GHOST, EPOCH_LEAVES_OUT
from widget.crypto.schedule import Schedule
from widget.crypto.session import PeerSession, Session
from widget.crypto.states import NO_KID, States
from widget.errors import CwError
from widget.ports import Crypto
from widget.wire.change import Change, change_from, signed_epoch
from widget.wire.epoch import Epoch, commit_input, epoch_signed, read_signed_epoch, stated, write_epoch
from widget.wire.notes import write_ask
from widget.wire.pair import Grant, write_changed, write_grant, write_want, write_whole


class Keyring:
    """Everything that says which epoch holds. What follows from an event gathers in a GroupStep."""

    def __init__(
        self, crypto: Crypto, session: Session, decisions: Decisions, created_ms: int, now_ms: int
    ) -> None:
        """`created_ms`: when the room was made."""
        self._decisions: Decisions = decisions
        self._crypto: Crypto = crypto
        self._session: Session = session
        self.drops: Drops = Drops()
        self.budgets: Budgets = Budgets()
        self.membership: Membership = Membership(session.me)
        self.frames: Frames = Frames(session, self.drops, self.budgets)
        self.schedule: Schedule = Schedule(self.membership, self.frames, now_ms)
        self.presence: Presence = Presence(crypto, session, self.membership, self.budgets, now_ms)
        self.held: HeldGrants = HeldGrants()
        self.step: GroupStep = GroupStep()
        self.liars: Liars = Liars(crypto, session, self.membership, self.schedule, self.step)
        self.states: States = States(
            crypto.digest, created_ms, self.frames, self.membership, self.schedule, self.budgets, self.step
        )
        self.issuer: str = session.sid  # of the epoch that I hold
        self._previous_ms: int = -1

    async def make_epoch(self, reason: int, now_ms: int) -> None:
        """A new epoch by me for everybody here, with a grant for each of them."""
        current = self.frames.current
        members = self.membership.roster()
        secret = self._crypto.digest.random(32)
        epoch = Epoch(
            room_id=self._session.room_id,
            n=max(0 if current is None else current.n, self.schedule.ahead_n) + 1,
            prev=NO_KID * 2 if current is None else current.hash.hex(),
            issuer=self._session.sid,
            reason=reason,
            commit=await self._crypto.digest.sha256(commit_input(secret)),
            book=self._decisions.hash,
            roster={peer.sid: peer.credential_hash for peer in members},
        )
        body = write_epoch(epoch)
        epoch_hash = await self._crypto.digest.sha256(body)
        said = epoch_signed(self._session.room_id, self._session.sid, stated(body, epoch_hash))
        signature = await self._crypto.signatures.sign(self._session.signing, said)
        grant = Grant(body + signature, secret)
        if await self._adopt(epoch, epoch_hash, grant, members, now_ms):
            self._hand_out(epoch, body, signature, secret, current)

    def _hand_out(self, epoch: Epoch, body: bytes, signature: bytes, secret: bytes, before: LiveEpoch | None) -> None:
        """Who was in the one before needs only what changed; the others know nothing yet."""
        others = [sid for sid in epoch.roster if sid != self._session.sid]
        doubted = self.states.doubted
        holders = [] if before is None else [sid for sid in before.roster if sid in others and sid not in doubted]
        if before is not None and len(holders) > 0:
            change = change_from(before.hashes(), body, epoch.roster, signature, secret)
            self.step.send(holders, write_changed(change))
        self.step.send([sid for sid in others if sid not in holders], write_grant(body + signature, secret))
        self.states.doubted = set()

    async def take_change(self, from_sid: str, change: Change, now_ms: int) -> None:
        """As a grant. Who lacks what it builds on asks for the whole."""
        before = self.frames.find(change.prev)
        if before is None:
            self.step.send([from_sid], write_whole())
        else:
            epoch = signed_epoch(change, self._session.room_id, before.hashes())
            await self.take_grant(from_sid, Grant(epoch, change.secret), now_ms)

    async def take_grant(self, from_sid: str, grant: Grant, now_ms: int) -> None:
        """Adopt the epoch, hold it while its roster is not verified, or raise why not."""
        held = Held(grant, from_sid, now_ms)
        if await self._waits(held, True, now_ms) and not self.held.keep(held):
            raise CwError(EPOCH_FLOOD, "too many epochs wait for their members")
        self._ask_for_book(held)

    async def retry_held(self, now_ms: int) -> None:
        """Somebody was verified: grants that waited for them may be complete."""
        for held in self.held.all():
            waits = False
            try:
                waits = await self._waits(held, False, now_ms)
            except CwError as error:
                self.drops.count(error.reason)
            if not waits:
                self.held.forget(held)

    def look_at_held(self, now_ms: int) -> None:
        """Give up what waited too long; ask those who sent incomplete grants for the credentials in them."""
        for held in self.held.all():
            if now_ms >= held.until_ms:
                self.held.forget(held)
                self.drops.count(EPOCH_LEAVES_OUT if held.leaves_out else EPOCH_GHOST)
            elif now_ms >= held.want_ms:
                held.want_ms = now_ms + WANT_AFTER_MS
                self._ask_for_book(held)
                for credential_hash in held.unknown:
                    self.step.send([held.from_sid], write_want(credential_hash))

    def _ask_for_book(self, held: Held) -> None:
        if held.book_hash != "":
            self.step.send([held.from_sid], write_ask(held.book_hash))

    async def _waits(self, held: Held, is_fresh: bool, now_ms: int) -> bool:
        """Whether the grant has to wait for its members; adopts it when it need not."""
        grant = held.grant
        epoch, body, signature = read_signed_epoch(grant.epoch)
        epoch_hash = await self._crypto.digest.sha256(body)
        kid = epoch_hash[:16].hex()
        current = self.frames.current
        if current is not None and kid == current.kid:
            return False
        check_shape(epoch, self._session.room_id, self._session.me)
        if is_fresh and not self._has_turn(held.from_sid, now_ms):
            raise CwError(EPOCH_FLOOD, "a neighbour sends too many epochs")
        await self.liars.compare(held, epoch.issuer, stated(body, epoch_hash) + signature, now_ms)
        current = self.frames.current
        check_number(epoch, kid, current, self.states.most_n(now_ms))
        if is_fresh:
            self.liars.tell(held.from_sid, epoch)
        held.book_hash = "" if self._decisions.holds(epoch.book) else epoch.book.hex()
        if held.book_hash != "":
            return True
        members, held.unknown = find_roster(epoch, self.membership, self._decisions)
        if len(held.unknown) > 0:
            return True
        check_rank(epoch, self.membership, current, self._waited_ms(epoch, now_ms))
        if not same(await self._crypto.digest.sha256(commit_input(grant.secret)), epoch.commit):
            raise CwError(EPOCH_COMMIT, "a secret that is not the epoch's")
        held.leaves_out = leaves_out(epoch, self.membership, current, now_ms)
        if held.leaves_out:
            # The next epoch serves both, or each side would refuse the other's for ever.
            self.membership.name(members, now_ms)
            self.schedule.look(now_ms)
        elif await self._adopt(epoch, epoch_hash, grant, members, now_ms):
            self.states.tell_some(epoch.issuer)
        return held.leaves_out

    def _has_turn(self, from_sid: str, now_ms: int) -> bool:
        """GRANT_BURST, and one more every 2 s: amounts in milliseconds."""
        burst_ms = GRANT_BURST * REKEY_INTERVAL_MS
        return self.budgets.take(f"grants {from_sid}", REKEY_INTERVAL_MS, 1000, burst_ms, now_ms)

    async def _adopt(
        self, epoch: Epoch, epoch_hash: bytes, grant: Grant, members: list[PeerSession], now_ms: int
    ) -> bool:
        """Make it the epoch I send under, unless a better one came while keys were derived."""
        live = await open_epoch(self._crypto, self._session, epoch.n, epoch_hash, grant, members, now_ms)
        current = self.frames.current
        if current is not None and not live.better_than(current.n, current.kid):
            return False
        self._previous_ms = current.since_ms if current is not None and current.shared() else -1
        self.frames.adopt(live, now_ms)
        self.issuer = epoch.issuer
        self.membership.settle(members, now_ms)
        self.schedule.adopted(epoch.n, now_ms)
        if epoch.n >= self.schedule.ahead_n:
            self.states.caught_up()
        self.step.new_epoch = True
        return True

    def _waited_ms(self, epoch: Epoch, now_ms: int) -> int:
        """How long those in line were silent when this epoch was made, or left a need alone that it meets; -1 when I
        share none yet.

        A tie competes with the epoch I hold, so it is measured from the one before.
        """
        current = self.frames.current
        if current is None or not current.shared():
            return -1
        since_ms = self._previous_ms if epoch.n == current.n else current.since_ms
        return -1 if since_ms < 0 else now_ms - min(since_ms, self.schedule.met_by(epoch.roster))
