"""Issues epochs and takes those of others: the one place where the epoch I hold changes."""

from __future__ import annotations

from widget.crypto.budgets import Budgets
from widget.crypto.decisions import Decisions
from widget.crypto.drops import Drops
from widget.crypto.epoch_rules import check_number, check_rank, check_shape, find_roster, leaves_out, most_n
from widget.crypto.frames import Frames
from widget.crypto.group_step import GroupStep
from widget.crypto.held_grants import Held, HeldGrants
from widget.crypto.issued import Issued
from widget.crypto.keys import same, signed
from widget.crypto.limits import (
    GRANT_BURST,
    REKEY_INTERVAL_MS,
    RESEND_AFTER_MS,
    RESEND_MS,
    STATE_WAIT_MS,
    TOLD_AT_ONCE,
    WANT_AFTER_MS,
)
from widget.crypto.live_epoch import NEVER_MS, LiveEpoch, open_epoch
from widget.crypto.membership import Membership
from widget.crypto.presence import Presence
from widget.crypto.reasons import (
    EPOCH_COMMIT,
    EPOCH_FLOOD,
    EPOCH_GHOST,
    EPOCH_LEAVES_OUT,
    EPOCH_SIGNATURE,
    EPOCH_TWICE,
    PROOF_FALSE,
    STATE_JUMP,
)
from widget.crypto.schedule import Schedule
from widget.crypto.session import PeerSession, Session
from widget.errors import CwError
from widget.ports import Crypto
from widget.wire.change import Change, change_from, signed_epoch
from widget.wire.epoch import (
    STATED_BYTES,
    Epoch,
    commit_input,
    contradicts,
    epoch_signed,
    read_signed_epoch,
    stated,
    write_epoch,
)
from widget.wire.notes import write_ask
from widget.wire.pair import Grant, State, Twice, write_changed, write_grant, write_state, write_want, write_whole

NO_KID = "00000000000000000000000000000000"


class Keyring:
    """Everything that says which epoch holds. What follows from an event gathers in a GroupStep."""

    def __init__(
        self, crypto: Crypto, session: Session, decisions: Decisions, created_ms: int, now_ms: int
    ) -> None:
        """`created_ms`: when the room was made."""
        self._decisions: Decisions = decisions
        self._crypto: Crypto = crypto
        self._created_ms: int = created_ms
        self._session: Session = session
        self.drops: Drops = Drops()
        self.budgets: Budgets = Budgets()
        self.membership: Membership = Membership(session.me)
        self.frames: Frames = Frames(session, self.drops, self.budgets)
        self.schedule: Schedule = Schedule(self.membership, self.frames, now_ms)
        self.presence: Presence = Presence(crypto, session, self.membership, self.budgets, now_ms)
        self.held: HeldGrants = HeldGrants()
        self.issued: Issued = Issued()
        self.step: GroupStep = GroupStep()
        self.issuer: str = session.sid  # of the epoch that I hold
        self._previous_ms: int = -1
        self._ahead: list[str] = []  # who says that they hold a newer one
        self.ask_ms: int = NEVER_MS  # when I ask one of them for it
        self.doubted: set[str] = set()  # who opened a link and did not say yet that they hold what I hold

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
        said = self._signed(self._session.sid, stated(body, epoch_hash))
        signature = await self._crypto.signatures.sign(self._session.signing, said)
        grant = Grant(body + signature, secret)
        if await self._adopt(epoch, epoch_hash, grant, members, now_ms):
            self._hand_out(epoch, body, signature, secret, current)

    def _hand_out(self, epoch: Epoch, body: bytes, signature: bytes, secret: bytes, before: LiveEpoch | None) -> None:
        """Who was in the one before needs only what changed; the others know nothing yet."""
        others = [sid for sid in epoch.roster if sid != self._session.sid]
        holders = [] if before is None else [sid for sid in before.roster if sid in others and sid not in self.doubted]
        if before is not None and len(holders) > 0:
            change = change_from(before.hashes(), body, epoch.roster, signature, secret)
            self.step.send(holders, write_changed(change))
        self.step.send([sid for sid in others if sid not in holders], write_grant(body + signature, secret))
        self.doubted = set()

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
        await self._compare(held, epoch.issuer, stated(body, epoch_hash) + signature, now_ms)
        current = self.frames.current
        check_number(epoch, kid, current, most_n(self._created_ms, now_ms))
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
            self._tell_some(epoch.issuer)
        return held.leaves_out

    async def _compare(self, held: Held, sid: str, statement: bytes, now_ms: int) -> None:
        """With what the same issuer signed before, also where it is not taken: two of one are a lie."""
        issuer = self.membership.find(sid)
        if issuer is None or held.is_signed or self.membership.is_expelled(sid):
            return
        if not await self._is_true(issuer, statement):
            raise CwError(EPOCH_SIGNATURE, "an epoch that its issuer did not sign")
        held.is_signed = True
        twice = self.issued.note(sid, statement)
        if twice is not None:
            self._end(issuer, twice, now_ms)
            raise CwError(EPOCH_TWICE, "an epoch that contradicts another by the same issuer")

    def _tell_some(self, issuer: str) -> None:
        """Who made this epoch may have told others another: these hear of mine, and nobody knew who they would be."""
        others = [sid for sid in self.membership.others() if sid != issuer]
        for byte in self._crypto.digest.random(TOLD_AT_ONCE if len(others) > 0 else 0):
            self.step.send([others[byte % len(others)]], self.state())

    async def take_twice(self, twice: Twice, now_ms: int) -> None:
        """Somebody says that a session made two epochs of one. CwError when that is not so."""
        issuer = self.membership.find(twice.issuer)
        if issuer is None or self.membership.is_expelled(issuer.sid):
            return
        one, other = twice.one, twice.other
        if not contradicts(one, other) or not (await self._is_true(issuer, one) and await self._is_true(issuer, other)):
            raise CwError(PROOF_FALSE, "two epochs that prove no lie")
        self._end(issuer, twice, now_ms)

    async def _is_true(self, issuer: PeerSession, statement: bytes) -> bool:
        data = self._signed(issuer.sid, statement)
        return await signed(self._crypto, issuer.sign_public, statement[STATED_BYTES:], data)

    def _signed(self, issuer: str, statement: bytes) -> bytes:
        return epoch_signed(self._session.room_id, issuer, statement)

    def _end(self, liar: PeerSession, twice: Twice, now_ms: int) -> None:
        """It is out for good, and everybody is told why. The next in line makes the next epoch."""
        self.membership.expel(liar.sid)
        self.membership.drop(liar.sid, now_ms)
        self.schedule.left(liar.sid, now_ms)
        self.step.send(self.membership.others(), self.issued.prove(twice))
        self.step.liars.append(liar)

    def tell_liars(self, to_sid: str) -> None:
        """Why I do not take what that one holds."""
        for proof in self.issued.proofs.values():
            self.step.send([to_sid], proof)

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
            self._caught_up()
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

    def take_state(self, from_sid: str, state: State, now_ms: int) -> None:
        """Compare epochs: give mine to who lacks it, note that others are ahead."""
        self.schedule.heard(from_sid)
        if state.n > most_n(self._created_ms, now_ms):
            raise CwError(STATE_JUMP, "a neighbour claims an epoch that the room is too young for")
        current = self.frames.current
        is_shared = current is not None and current.shared()
        if not is_shared:
            self._lead(from_sid, state, 0 if current is None else current.n)
        if current is None or state.n == 0:
            return
        if state.kid == current.kid:
            self.doubted.discard(from_sid)
            return
        if current.better_than(state.n, state.kid):
            if now_ms >= current.since_ms + RESEND_AFTER_MS:  # else it must still be on its way
                self.resend(from_sid, now_ms)
            return
        self.schedule.ahead(state.n, state.members, now_ms)
        if len(self._ahead) == 0:
            self.ask_ms = now_ms + STATE_WAIT_MS
        if from_sid not in self._ahead:
            self._ahead.append(from_sid)

    def ask_if_behind(self, now_ms: int) -> None:
        """What others hold should have come by now: perhaps whoever made it means to keep us apart."""
        if now_ms >= self.ask_ms:
            self.step.send([self._ahead[self._crypto.digest.random(1)[0] % len(self._ahead)]], write_whole())
            self._caught_up()

    def _caught_up(self) -> None:
        self._ahead = []
        self.ask_ms = NEVER_MS

    def _lead(self, from_sid: str, state: State, n: int) -> None:
        """While I share no epoch, whoever does leads, else whoever holds the newest: that one was here before."""
        if state.members > 1 or state.n > n:
            self.membership.establish(from_sid)
        elif state.n < n:
            self.membership.establish(self.membership.me.sid)

    def resend(self, to_sid: str, now_ms: int) -> None:
        """The current epoch, whole, to a member of it."""
        current = self.frames.current
        if (
            current is not None
            and to_sid in current.roster
            and self.budgets.take(f"resend {to_sid}", RESEND_MS, 1000, RESEND_MS, now_ms)
        ):
            self.step.send([to_sid], current.grant)

    def state(self) -> bytes:
        """My STATE: which epoch I hold, and for how many."""
        current = self.frames.current
        if current is None:
            return write_state(0, NO_KID, 0)
        return write_state(current.n, current.kid, len(current.roster))
