"""One socket from hello to goodbye: its state, its seat, and how it ends."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Mapping, Set
from functools import partial

from starlette.websockets import WebSocket, WebSocketDisconnect

from auth.origins import refusal
from auth.store.shared import StoreDown
from signaling.entrance import Challenge, MovedOn, depart, enter, go_on, welcome
from signaling.hand_over import HandOver
from signaling.listener import Listener
from signaling.moved import Proved
from signaling.outbox import Rank
from signaling.refusals import (
    BACKEND_DOWN,
    INTERNAL,
    REVOKED,
    ROOM_REMOVED,
    TOKEN_INVALID,
    Kind,
    Problem,
    close_code,
)
from signaling.sender import Sender
from signaling.session import Session
from signaling.states import MOVES, State
from signaling.store import Roster
from signaling.talk import Talk
from signaling.worker import Worker
from widget.wire.server_text import write_server
from widget.wire.socket import CLOSE_REPLACED, CLOSE_SLOW, Auth, Beat, Hello, Renew

CLOSE_NORMAL = 1000


class Connection:
    """A socket, and once it has joined its session and its talk. `conn` is its name among the workers."""

    def __init__(self, worker: Worker, socket: WebSocket, origin: str, host: str, address: str) -> None:
        self.worker = worker
        self.state: State = "opened"
        self.conn: str = secrets.token_hex(8)
        self.sid: str = ""
        self.session: Session | None = None
        self.talk: Talk | None = None
        self._sender = Sender(worker, socket)
        self.outbox = self._sender.outbox
        self._listener = Listener(worker, socket, self)
        self._hand_over = HandOver(worker, socket)
        adopted = self._hand_over.adopted
        nonce = secrets.token_hex(32) if adopted is None else adopted.nonce
        self._asked = Challenge(nonce, host, origin, address)
        self._deadline_s = worker.steady_s() + worker.limits.auth_deadline_s

    @property
    def origin(self) -> str:
        """Of the page that it comes from."""
        return self._asked.origin

    # Life

    async def run(self) -> None:
        """From the accepted socket to its end."""
        self._move("greeted")
        adopted = self._hand_over.adopted
        if adopted is None:
            self.tell(write_server(Hello(self._asked.nonce)), "vital")
        first = None if adopted is None else partial(self._go_on, adopted.proved)
        reader = asyncio.create_task(self._listener.run(first))
        writer = self._sender.start()
        try:
            await asyncio.wait({reader, writer}, return_when=asyncio.FIRST_COMPLETED)
            if self.outbox.code is not None:
                await asyncio.wait({writer}, timeout=self.worker.limits.outbox_patience_s)
        finally:
            self.state = "closed"
            await self._stop(reader, writer)
            if self.session is not None:
                self._note("socket.left", self.outbox.code or 0)
                await depart(self.worker, self.session, self, for_good=not self.session.resumable)
            self._hand_over.leave()

    def tick(self, steady_s: float) -> None:
        """Time has passed."""
        if self._sender.is_stuck(steady_s):
            self.evict()
        elif self.state == "hello" and steady_s >= self._deadline_s:
            self.end(CLOSE_SLOW)  # a busy page, not a wrong token: it tries again
        elif self.state == "joined" and self.session is not None:
            self._tick_joined(self.session, steady_s)

    def _tick_joined(self, session: Session, steady_s: float) -> None:
        if self.worker.now_s() >= session.claims.exp + self.worker.limits.renew_grace_s:
            self.fail(Problem(TOKEN_INVALID))
        elif steady_s - self._listener.heard_s > self.worker.limits.presence_s:
            self.end(CLOSE_SLOW)

    def revoke(self, ended: Mapping[str, int]) -> None:
        """The sign-in service has signed out these devices (jkt), with all tokens of up to that second."""
        session = self.session
        if session is not None and session.claims.iat <= ended.get(session.claims.jkt.hex(), -1):
            self.fail(Problem(REVOKED))

    def recheck(self, kids: Set[str]) -> None:
        """These keys alone still count. A good member gets a new token and comes back by its ticket."""
        if self.session is not None and self.session.claims.kid not in kids:
            self._refuse(Problem(TOKEN_INVALID))

    async def beat(self) -> None:
        """Say again that this session is here."""
        if self.talk is not None and self.state == "joined":
            try:
                await self.talk.beat()
            except Problem as problem:
                self.fail(problem)

    # As the hub sees it

    def tell(self, data: str | bytes, rank: Rank) -> None:
        self._sender.tell(data, rank)

    def replaced(self) -> None:
        if self.session is not None:
            self.session.holds_place = False
        self.end(CLOSE_REPLACED)

    def put_out(self, sub: str) -> None:
        if self.session is not None and self.session.claims.sub == sub:
            self.fail(Problem(ROOM_REMOVED))

    def forget(self, sid: str) -> None:
        if self.talk is not None:
            self.talk.forget(sid)

    # What the listener hears

    async def enter(self, said: Auth) -> None:
        await self._sit(said.room, said.sid, enter(self.worker, self._asked, said, self))

    async def renew(self, talk: Talk, said: Renew) -> None:
        await talk.renew(self._asked, said)

    async def beaten(self, talk: Talk) -> None:
        if not await self.worker.origins.permits(self._asked.origin):
            raise refusal(self._asked.origin)  # taken off the list meanwhile
        await talk.beaten()
        self.tell(write_server(Beat()), "idle")

    async def leave(self) -> None:
        if self.session is not None:
            self.session.resumable = False
        self.end(CLOSE_NORMAL)

    def say(self, kind: Kind, retry_after_s: int) -> None:
        """Why one message is refused."""
        self._sender.say(kind, retry_after_s, "idle")

    # The seat

    async def stays(self, proved: Proved) -> bool:
        """False when it is with another worker from now on, where its room is at home."""
        return await self._hand_over.stays(proved, self._asked.nonce, may_go=self.outbox.code is None)

    async def _go_on(self, proved: Proved) -> None:
        """Another worker has let it in this far."""
        await self._sit(proved.room, proved.sid, go_on(self.worker, self._asked, proved, self))

    async def _sit(self, room: str, sid: str, seat: Awaitable[tuple[Session, Roster]]) -> None:
        self.sid = sid
        self._move("asked")
        event, outcome = "socket.joined", "in"
        try:
            session, roster = await seat
        except MovedOn:
            event, outcome, self.state = "socket.moved", "moved", "closed"
            self.worker.door.leave(self)  # now, so that the place is free before anybody hears from its new worker
            return
        except (Problem, StoreDown) as error:
            event, outcome = "socket.refused", error.kind.code if isinstance(error, Problem) else BACKEND_DOWN.code
            raise
        finally:
            self.worker.metrics.joins.labels(outcome).inc()
            self._note(event, said=outcome, room=room)
        self._admit(session, roster)

    def _admit(self, session: Session, roster: Roster) -> None:
        self.session = session
        self.talk = Talk(self.worker, session, self)
        # The hub speaks only after this message, so that nobody is announced before the roster.
        self.tell(write_server(welcome(self.worker, session, roster)), "vital")
        self.worker.hub.admit(session.room.room_id, self, roster)
        self.worker.door.known(self)
        if self.state == "authenticated":
            self._move("seated")
        # Whoever was signed out between the look at the token and here was no member yet when that was told.
        if self.worker.sign_ins.has_ended(session.claims):
            self.fail(Problem(REVOKED))

    def _move(self, event: str) -> None:
        self.state = MOVES[(self.state, event)]

    # Ending

    def fail(self, problem: Problem) -> None:
        """Say why, then close; the session does not come back unless the fault is ours."""
        if self.session is not None and problem.kind not in (BACKEND_DOWN, INTERNAL):
            self.session.resumable = False
        self._refuse(problem)

    def _refuse(self, problem: Problem) -> None:
        self._sender.say(problem.kind, problem.retry_after_s, "vital")
        self.end(close_code(problem.kind))

    def send_away(self, problem: Problem) -> None:
        """`fail`, where anything can be said yet and still."""
        if self.state not in ("opened", "closed"):
            self.fail(problem)

    def end(self, code: int) -> None:
        """Send what is queued, then close."""
        self.state = "closed"
        self._sender.end(code)

    def evict(self) -> None:
        """The other side does not read, so nothing more can be said to it."""
        self.end(CLOSE_SLOW)
        if self._sender.give_up():
            self._note("socket.evicted", CLOSE_SLOW)

    async def _stop(self, reader: asyncio.Task[None], writer: asyncio.Task[None]) -> None:
        unsaid = not writer.done() or writer.cancelled()
        for task in (reader, writer):
            task.cancel()
        for error in await asyncio.gather(reader, writer, return_exceptions=True):
            if isinstance(error, Exception) and not isinstance(error, WebSocketDisconnect):
                self.worker.log.broken("socket.broken", error)
                unsaid = True
        if unsaid:
            await self._sender.cut()

    def _note(self, event: str, code: int = 0, said: str = "", room: str = "") -> None:
        """A line in the log: room, session and address as hashes that only join lines."""
        log = self.worker.log
        place = room if self.session is None else self.session.room.room_id
        hashes = {"room": log.hashed(place), "session": log.hashed(self.sid), "ip": log.hashed(self._asked.address)}
        log.write(event, code=code, said=said, **hashes)
