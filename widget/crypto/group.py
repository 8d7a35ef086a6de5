"""A room's shared secret and the frames under it: who is in, which epoch holds, what may be read."""

from __future__ import annotations

from widget.crypto.credentials import Credentials
from widget.crypto.decisions import Decisions
from widget.crypto.group_step import GroupStep
from widget.crypto.keyring import Keyring
from widget.crypto.liars import show
from widget.crypto.limits import (
    BLOBS_BURST,
    BLOBS_PER_S,
    MAX_SESSIONS,
    MAX_STRANGERS,
    STATE_INTERVAL_MS,
)
from widget.crypto.opened import OpenedFrame
from widget.crypto.reasons import BLOB_BUDGET, BLOB_STRANGER, CREDENTIAL_UNASKED
from widget.crypto.remembered import Remembered
from widget.crypto.session import PeerSession, Session, credential_hash
from widget.errors import CwError
from widget.ports import Crypto
from widget.wire.change import Change
from widget.wire.codec import Reader
from widget.wire.credential import read_credential
from widget.wire.event import Event
from widget.wire.pair import (
    Blob,
    Grant,
    Pulse,
    Seek,
    Shown,
    State,
    Twice,
    Want,
    Whole,
    read_blob,
    write_shown,
    write_who,
)


class Group:
    """All members of one room as I verified them.

    Feed it: `admit` when a pair's link is verified (every link), `drop` when a session is gone (after the grace) or
    said LEAVE, `receive` for every pair blob, `open` for every 0xC1 packet, `tick` when `wake_at_ms` has come. Every
    call that returns a GroupStep wants it carried out. Calls may overlap, but give one sender's packets in order.
    """

    def __init__(
        self, crypto: Crypto, session: Session, credentials: Credentials, decisions: Decisions, now_ms: int
    ) -> None:
        self._crypto: Crypto = crypto
        self._session: Session = session
        self._decisions: Decisions = decisions
        self._keyring: Keyring = Keyring(crypto, session, decisions, credentials.created_ms, now_ms)
        self._credentials: Credentials = credentials
        self._state_ms: int = now_ms + STATE_INTERVAL_MS  # whom I meet before hears it then
        self._strangers: Remembered = Remembered(MAX_STRANGERS)
        self._issuing: bool = False
        self._met: Remembered = Remembered(MAX_SESSIONS)
        self._silent: set[str] = set()  # of these, who is not here because I have not heard them for so long

    @property
    def drops(self) -> dict[int, int]:
        """How many blobs and frames were dropped, by reason number (widget/crypto/README.md)."""
        return self._keyring.drops.counts

    @property
    def kid(self) -> str:
        """The epoch I send under and write events in, 32 hex digits; "" before the first."""
        current = self._keyring.frames.current
        return "" if current is None else current.kid

    @property
    def roster(self) -> list[str]:
        """The sids that can read what I send now, mine included, sorted."""
        current = self._keyring.frames.current
        return [] if current is None else current.roster

    @property
    def issuer(self) -> PeerSession | None:
        """Who made the epoch that I hold; None where it was I, on whichever device."""
        peer = self._keyring.membership.find(self._keyring.issuer)
        return None if peer is None or peer.sub == self._session.me.sub else peer

    def readers(self) -> list[PeerSession]:
        """Who is in the epoch that I hold, me included."""
        current = self._keyring.frames.current
        return [] if current is None else current.members

    def ready(self) -> bool:
        """There is an epoch to send under. A room of one is ready too: look at `roster` to know who reads."""
        return self._keyring.frames.current is not None

    def is_lawful(self) -> bool:
        """Nobody reads what I send now who may not be here any more."""
        current = self._keyring.frames.current
        return current is None or all(self._decisions.lets_in(peer) for peer in current.members)

    def unreached(self) -> list[str]:
        """Those here who cannot read what I send now; a newcomer should wait with sending until it is empty."""
        return list(self._keyring.schedule.missing_ms)

    def state(self) -> bytes:
        """My STATE: which epoch I hold, and for how many."""
        return self._keyring.states.mine()

    def members(self) -> list[PeerSession]:
        """Everybody here, best steward first, me included."""
        return self._keyring.membership.ranked()

    def verified(self) -> list[PeerSession]:
        """Also those who are not here, and whom an epoch may name nevertheless."""
        return self._keyring.membership.verified()

    def unseen(self) -> list[PeerSession]:
        """Who can read what I send though I believe them gone: the service may have lied about that."""
        return [peer for peer in self.readers() if self._keyring.membership.is_unseen(peer.sid)]

    def is_expelled(self, sid: str) -> bool:
        """The session is out for good."""
        return self._keyring.membership.is_expelled(sid)

    def know(self, peer: PeerSession) -> None:
        """A session that I verified earlier; whether it is here is another question."""
        self._keyring.membership.know(peer)

    def member(self, sid: str) -> PeerSession | None:
        """A verified session, also one that has left."""
        return self._keyring.membership.author(sid)

    def room_code(self) -> str:
        """20 digits in four groups; equal on two screens = same members, same secret. "" before the first epoch."""
        current = self._keyring.frames.current
        if current is None:
            return ""
        reader = Reader(current.hash[8:])
        return " ".join([f"{reader.u32() % 100000:05d}" for _ in range(4)])

    def epoch_due_at_ms(self) -> int:
        """When I should issue an epoch (`tick` does it); a time that has passed means now."""
        _reason, due_ms = self._keyring.schedule.next()
        return due_ms

    def wake_at_ms(self, now_ms: int) -> int:
        """When `tick` is wanted next (never before `now_ms`)."""
        wake_ms = min(self._state_ms, self._keyring.held.wake_at_ms(), self._keyring.states.ask_ms)
        if not self._issuing:
            wake_ms = min(wake_ms, self.epoch_due_at_ms())
        return max(now_ms, wake_ms)

    async def admit(self, peer: PeerSession, now_ms: int, told: bytes = b"") -> GroupStep:
        """A link with this session is verified: it is here. `told` is the STATE that it has heard from me."""
        known = self._keyring.membership.find(peer.sid)
        if known is not None and known.credential_hash != peer.credential_hash:
            self._keyring.drops.count(BLOB_STRANGER)
            return self._done()
        self._met.add(peer.sid)
        self._keyring.states.doubted.add(peer.sid)
        self._keyring.membership.vouch(peer)
        if self._let_in(peer, now_ms) and told != self._keyring.states.mine():
            self._keyring.step.send([peer.sid], self._keyring.states.mine())
        await self._keyring.retry_held(now_ms)
        return self._done()

    def _let_in(self, peer: PeerSession, now_ms: int) -> bool:
        """It is here, if it may be."""
        lets_in = self._decisions.lets_in(peer) and self._decisions.lets_in(self._session.me)
        self._silent.discard(peer.sid)
        if lets_in and self._keyring.membership.admit(peer):
            self._keyring.schedule.changed_ms = now_ms
            self._keyring.schedule.look(now_ms)
        return lets_in

    async def decided(self, now_ms: int) -> GroupStep:
        """More is decided than before: who may not be here any more is not."""
        for peer in self._keyring.membership.roster():
            if peer.sid != self._session.sid and not self._decisions.lets_in(peer):
                self.gone(peer.sid, now_ms)
        await self._keyring.retry_held(now_ms)
        await self._issue_if_due(now_ms)
        return self._done()

    def gone(self, sid: str, now_ms: int, for_good: bool = False) -> bool:
        """The session is not here any more, as of now; `drop` is to follow. False when it was not.

        For good: it said goodbye, lied, or its credential does not hold any more. No epoch with it is taken.
        """
        if for_good:
            self._keyring.membership.expel(sid)
        self._met.forget(sid)
        self._silent.discard(sid)
        self._keyring.states.doubted.discard(sid)
        was_here = self._keyring.membership.drop(sid, now_ms)
        if was_here:
            self._keyring.schedule.left(sid, now_ms)
        return was_here

    async def drop(self, sid: str, now_ms: int) -> GroupStep:
        """The session is gone. What it sent before stays readable for a while."""
        await self._drop(sid, now_ms)
        await self._keyring.retry_held(now_ms)
        return self._done()

    async def receive(self, from_sid: str, blob: bytes, now_ms: int) -> GroupStep:
        """A blob from a pair channel (widget/wire/pair.py). Bad ones are counted, never raised."""
        try:
            if not self._keyring.membership.is_present(from_sid):
                if not self._met.has(from_sid):
                    raise CwError(BLOB_STRANGER, "a blob from somebody who is not here")
                self._speaks_again(from_sid, now_ms)
            if not self._keyring.budgets.take(f"blobs {from_sid}", 1, BLOBS_PER_S, BLOBS_BURST, now_ms):
                raise CwError(BLOB_BUDGET, "a neighbour sends too many blobs")
            self._keyring.membership.heard(from_sid, now_ms)
            await self._take_blob(from_sid, read_blob(blob), now_ms)
            await self._issue_if_due(now_ms)
        except CwError as error:
            self._keyring.drops.count(error.reason)
        return self._done()

    async def tick(self, now_ms: int) -> GroupStep:
        """What time brings: due epochs, STATE every 3 s, forgotten keys, buffers that ran out."""
        for sid in self._keyring.membership.expired(now_ms):
            await self._drop(sid, now_ms)
        self._keyring.frames.expire(now_ms)
        self._keyring.budgets.expire(now_ms)
        self._keyring.look_at_held(now_ms)
        self._keyring.states.ask_if_behind(now_ms)
        await self._keyring.retry_held(now_ms)
        if now_ms >= self._state_ms:
            self._look_for_silent(now_ms)
        self._keyring.schedule.spend(now_ms)
        await self._issue_if_due(now_ms)
        if now_ms >= self._state_ms:
            self._state_ms = now_ms + STATE_INTERVAL_MS
            self._keyring.step.send([*self._keyring.membership.others(), *self._silent], self._keyring.states.mine())
        return self._done()

    async def seal(self, frame_type: int, events: list[Event]) -> bytes:
        """The 0xC1 packet for everybody in `roster`. OrderError if not ready."""
        return await self._keyring.frames.seal(frame_type, events)

    async def open(self, packet: bytes, via_sid: str, now_ms: int) -> OpenedFrame | None:
        """The frame in a packet that came over the link with `via_sid`; None when it was dropped."""
        return await self._keyring.frames.open(packet, via_sid, now_ms)

    def wrote(self, events: int) -> int:
        """So many more of mine were written in the current epoch; how many by now."""
        current = self._keyring.frames.current
        if current is None:
            return 0
        current.said += events
        return current.said

    def awaits_book(self, sid: str) -> bool:
        """An epoch that it granted waits for what it knows to be decided."""
        return any(held.book_hash != "" and held.from_sid == sid for held in self._keyring.held.all())

    def has_missed(self) -> bool:
        """Since this was last asked, something came under an epoch that I did not have."""
        missed = self._keyring.frames.has_missed
        self._keyring.frames.has_missed = False
        return missed

    def ask(self, sid: str, events: int) -> None:
        """That member may answer with so many events more than it has."""
        self._keyring.frames.ask(sid, events)

    def ask_who(self, sid: str) -> bytes:
        """The blob that asks for the credential of a session that I never met."""
        self._strangers.add(sid)
        return write_who(sid)

    async def hear_author(self, shown: Shown, now_ms: int) -> None:
        """Whose decisions an epoch was made with; that the session is over is no fault. CwError for another."""
        self._keyring.membership.know(await self._credentials.check(shown.credential, shown.psk_proof, now_ms, True))

    def prove(self, sid: str, proof: bytes) -> None:
        """Why that session is out for good, to whoever still makes epochs with it."""
        self._keyring.liars.issued.keep(sid, [proof])

    def count_drop(self, reason: int) -> None:
        self._keyring.drops.count(reason)

    def _speaks_again(self, sid: str, now_ms: int) -> None:
        """Over a link that is open still: it was silent for so long that I held it for gone."""
        peer = self._keyring.membership.find(sid)
        if peer is not None:
            self._let_in(peer, now_ms)

    def _look_for_silent(self, now_ms: int) -> None:
        for sid in self._keyring.presence.look(self._keyring.step, now_ms):
            self._keyring.membership.drop(sid, now_ms)
            self._keyring.schedule.left(sid, now_ms)
            self._silent.add(sid)

    async def _hear_pulse(self, pulse: Pulse, now_ms: int) -> None:
        peer = self._keyring.membership.find(pulse.sid)
        if peer is None or self.is_expelled(pulse.sid) or not self._decisions.lets_in(peer):
            return
        if await self._keyring.presence.heard(peer, pulse, now_ms):
            self._keyring.schedule.look(now_ms)

    def _done(self) -> GroupStep:
        """All that there is to do by now, whichever call it follows from."""
        return self._keyring.step.taken()

    async def _drop(self, sid: str, now_ms: int) -> None:
        if self.gone(sid, now_ms):
            await self._issue_if_due(now_ms)

    async def _issue_if_due(self, now_ms: int) -> None:
        reason, due_ms = self._keyring.schedule.next()
        if due_ms <= now_ms:
            await self._issue(reason, now_ms)

    async def _issue(self, reason: int, now_ms: int) -> None:
        if self._issuing:
            return
        self._issuing = True
        try:
            await self._keyring.make_epoch(reason, now_ms)
        finally:
            self._issuing = False

    async def _take_blob(self, from_sid: str, blob: Blob, now_ms: int) -> None:
        if isinstance(blob, Grant):
            await self._keyring.take_grant(from_sid, blob, now_ms)
        elif isinstance(blob, Change):
            await self._keyring.take_change(from_sid, blob, now_ms)
        elif isinstance(blob, Shown):
            await self._take_credential(blob, now_ms)
        elif not self._keyring.membership.is_present(from_sid):
            raise CwError(BLOB_STRANGER, "somebody who is not let in tells or asks")
        elif isinstance(blob, State):
            self._keyring.states.take(from_sid, blob, now_ms)
        elif isinstance(blob, Want):
            peer = self._keyring.membership.find_hash(blob.credential_hash)
            self._show(from_sid, peer)
        elif isinstance(blob, Whole):
            self._keyring.states.resend(from_sid, now_ms)
        elif isinstance(blob, Seek):
            await self._keyring.presence.sought(self._keyring.step, from_sid, blob, now_ms)
        elif isinstance(blob, Pulse):
            await self._hear_pulse(blob, now_ms)
        elif isinstance(blob, Twice):
            await self._keyring.liars.take(blob, now_ms)
        else:
            self._show(from_sid, self._keyring.membership.author(blob.sid))

    def _show(self, to_sid: str, peer: PeerSession | None) -> None:
        if peer is not None:
            mine = self._session
            proofs = mine.invites.proofs if peer.sid == mine.sid else peer.psk_proof
            self._keyring.step.send([to_sid], write_shown(peer.credential, proofs))

    async def _take_credential(self, shown: Shown, now_ms: int) -> None:
        """A credential I asked for: whose it is I verify myself; who handed it over does not matter."""
        credential = read_credential(shown.credential)
        is_past = self._strangers.has(credential.sid)
        name = await credential_hash(self._crypto, credential)
        known = self._keyring.membership.find(credential.sid)
        if known is not None and known.credential_hash != name:
            other = await self._credentials.check(shown.credential, b"", now_ms, True)
            if not self.is_expelled(known.sid):
                self._keyring.liars.end(known, [show(known), show(other)], now_ms)
            return
        if not is_past and not any(name in held.unknown for held in self._keyring.held.all()):
            raise CwError(CREDENTIAL_UNASKED, "a credential nobody asked for")
        peer = await self._credentials.check(shown.credential, shown.psk_proof, now_ms, is_past)
        if is_past:
            self._strangers.forget(peer.sid)
            self._keyring.membership.know(peer)
            return
        self._credentials.remember(peer)
        self._keyring.membership.vouch(peer)
        await self._keyring.retry_held(now_ms)
