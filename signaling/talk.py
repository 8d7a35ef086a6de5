"""What a member may do in its room: signal, relay, show that it is alive, renew its token."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from auth.store.shared import StoreDown
from auth.tokens import GUEST
from signaling.entrance import REFUSALS, Challenge, prove
from signaling.hub_seat import Local
from signaling.manners import Complaint
from signaling.outbox import Rank
from signaling.pace import Pace
from signaling.refusals import (
    BACKEND_DOWN,
    MALFORMED,
    PEER_UNKNOWN,
    RATE_LIMITED,
    RELAY_REFUSED,
    ROOM_UNKNOWN,
    TOKEN_INVALID,
    Problem,
)
from signaling.session import Session
from signaling.signals import SignalWriter
from signaling.worker import Worker
from widget.errors import CwError
from widget.wire.relayed import read_relay, write_relay
from widget.wire.showing import read_show
from widget.wire.socket import Renew, Signal

PRESENCE_FRAME = b"\xc1\x03"  # a frame begins with its version, then its type: 3 is presence or typing


Rest = Callable[[], Awaitable[None]]


class Talk:
    """One member's side. Refused messages raise Complaint; Problem ends the socket.

    What is said to a member of this worker is passed on at once; else `signal` and `relay` give the rest of the way.
    """

    def __init__(self, worker: Worker, session: Session, local: Local) -> None:
        self._worker = worker
        self._session = session
        self._local = local
        self._room_id = session.room.room_id
        self._pace = Pace(worker.limits, worker.steady_s())
        self._guest = session.claims.sub if session.claims.via == GUEST else None
        self._beaten_s = worker.steady_s()
        self._beat_every_s = worker.limits.presence_s / 3
        self._signals = SignalWriter(session.sid)
        self._relay_head = write_relay(session.sid, b"")

    def signal(self, said: Signal) -> Rest | None:
        self._expect_member(said.sid)
        if not self._pace.signal(said.sid, said.kind, self._worker.steady_s()):
            raise Complaint(RATE_LIMITED, 1)
        # The server says who speaks; what the client might claim is not even in the schema.
        return self._pass_on(said.sid, self._signals.write(said), "normal")

    def relay(self, data: bytes) -> Rest | None:
        try:
            sid, blob = read_relay(data)
        except CwError as error:
            raise Complaint(MALFORMED) from error
        if not self._session.room.genesis.relay:
            raise Complaint(RELAY_REFUSED)
        self._expect_member(sid)
        if not self._pace.relay(sid, len(blob), self._worker.steady_s()):
            raise Complaint(RATE_LIMITED, 1)
        rank: Rank = "idle" if blob[:2] == PRESENCE_FRAME else "normal"
        if rank == "normal" and not self._is_paced(sid, blob):
            self._worker.metrics.dropped.labels("guest").inc()
            return None
        if not self._worker.relay_budget.take(self._room_id, len(blob)):
            # The room as a whole is too loud, which is not this sender's offence.
            self._worker.metrics.dropped.labels("relay budget").inc()
            return None
        self._worker.metrics.relayed.count += len(blob)
        return self._pass_on(sid, self._relay_head + blob, rank)

    def _is_paced(self, sid: str, blob: bytes) -> bool:
        pace, now_s = self._worker.guest_pace, self._worker.steady_s()
        return self._guest is None or pace.relay(self._guest, sid, blob, now_s)

    def show(self, data: bytes) -> Rest | None:
        """Something for a visitor who has not signed in."""
        try:
            visit_id, answer = read_show(data)
        except CwError as error:
            raise Complaint(MALFORMED) from error
        if not self._pace.show(len(answer), self._worker.steady_s()):
            raise Complaint(RATE_LIMITED, 1)
        if not self._worker.relay_budget.take(self._room_id, len(answer)):
            self._worker.metrics.dropped.labels("relay budget").inc()
            return None
        away = self._worker.visits.show(self._session.sid, visit_id, answer)
        return None if away is None else partial(_send_away, away)

    def forget(self, sid: str) -> None:
        self._pace.forget(sid)

    async def beaten(self) -> None:
        """The client's own beat."""
        if not self._pace.control(self._worker.steady_s()):
            raise Complaint(RATE_LIMITED, 1)
        await self.beat()

    def beat_is_due(self) -> bool:
        """Whoever speaks is alive, even if a sleeping page's timers are late."""
        return self._worker.steady_s() - self._beaten_s >= self._beat_every_s

    async def beat(self) -> None:
        """Prolong the presence; a store that has forgotten us is reminded. Without the store all goes on."""
        worker, session = self._worker, self._session
        self._beaten_s = worker.steady_s()
        try:
            status, seq = await worker.store.beat(self._room_id, session.sid, session.conn)
            if status == "in":
                worker.hub.check(self._room_id, self._local, seq)
                await worker.quotas.hold_sockets(session.claims.sub, session.address, session.place)
            elif status == "replaced":
                self._local.replaced()
            elif session.resumable:  # else it left, or was put out, while the store was asked
                await self._return()
        except StoreDown:
            worker.metrics.store_down.inc()

    async def renew(self, asked: Challenge, said: Renew) -> None:
        """A newer token of the same person on the same device."""
        if not self._pace.control(self._worker.steady_s()):
            raise Complaint(RATE_LIMITED, 1)
        session = self._session
        try:
            claims = await prove(self._worker, asked, said, self._room_id, session.sid)
        except StoreDown as error:
            raise Complaint(BACKEND_DOWN, error.retry_after_s) from error
        if (claims.sub, claims.jkt) != (session.claims.sub, session.claims.jkt):
            raise Problem(TOKEN_INVALID)
        session.claims = claims

    def _expect_member(self, sid: str) -> None:
        if not self._worker.hub.knows(self._room_id, self._local, sid):
            raise Complaint(PEER_UNKNOWN)

    def _pass_on(self, sid: str, data: str | bytes, rank: Rank) -> Rest | None:
        away = self._worker.route(self._room_id, sid, data, rank)
        return None if away is None else partial(_send_away, away)

    async def _return(self) -> None:
        """Put back what the store has lost, unless the room's day is over, its places are taken or we were removed."""
        worker, session = self._worker, self._session
        outcome = "missing"
        if worker.now_s() * 1000 < session.room.genesis.created_ms + worker.limits.room_life_s * 1000:
            worker.hub.distrust(self._room_id, worker.steady_s())
            if await worker.store.restore(session.room) and session.room.place != "":
                await worker.places.claim(session.room.place, self._room_id)
            outcome = (await worker.store.join(self._room_id, session.entry())).status
        if outcome != "in":
            raise Problem(ROOM_UNKNOWN if outcome == "taken" else REFUSALS[outcome])


async def _send_away(away: Rest) -> None:
    try:
        await away()
    except StoreDown as error:
        # Members on this worker still hear us; only those elsewhere do not.
        raise Complaint(BACKEND_DOWN, error.retry_after_s) from error
