"""One socket from hello to goodbye: what may be said in which state, and how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Mapping
from typing import Literal

from starlette.websockets import WebSocket, WebSocketDisconnect

from auth.origins import refusal
from auth.store.shared import StoreDown
from signaling.entrance import Challenge, MovedOn, depart, enter, go_on, welcome
from signaling.manners import Complaint, Manners
from signaling.moved import Moved, Proved, write_moved
from signaling.outbox import Outbox, Rank
from signaling.refusals import (
    BACKEND_DOWN,
    INTERNAL,
    MALFORMED,
    RATE_LIMITED,
    REVOKED,
    ROOM_REMOVED,
    TOKEN_INVALID,
    TOO_BIG,
    Kind,
    Problem,
    close_code,
)
from signaling.session import Session
from signaling.signals import read_said
from signaling.sockets import ADOPTED, MOVE, WRITE
from signaling.store import Roster
from signaling.talk import Talk
from signaling.worker import Worker
from widget.errors import CwError
from widget.wire.relayed import MAX_RELAY_BYTES
from widget.wire.server_text import write_server
from widget.wire.socket import (
    CLOSE_REPLACED,
    CLOSE_SLOW,
    Auth,
    Beat,
    ClientMessage,
    Hello,
    Leave,
    Renew,
    Signal,
)
from widget.wire.socket import Problem as Said

State = Literal["opened", "hello", "authenticated", "joined", "closed"]

# From each state, what leads where. Everything may lead to "closed".
MOVES: dict[tuple[State, str], State] = {
    ("opened", "greeted"): "hello",
    ("hello", "asked"): "authenticated",
    ("authenticated", "seated"): "joined",
}

# What a client may say in which state; anything else is an offence.
MAY_SAY: dict[State, tuple[type, ...]] = {
    "opened": (),
    "hello": (Auth,),
    "authenticated": (),
    "joined": (Signal, bytes, Beat, Renew, Leave),
    "closed": (),
}

CLOSE_NORMAL = 1000
HARD_CLOSE_S = 1.0
MAX_BINARY_BYTES = 17 + MAX_RELAY_BYTES


class Connection:
    """A socket, and once it has joined its session and its talk. `conn` is its name among the workers."""

    def __init__(self, worker: Worker, socket: WebSocket, origin: str, host: str, address: str) -> None:
        limits, now_s = worker.limits, worker.now_s()
        self.worker = worker
        self.state: State = "opened"
        self.conn: str = secrets.token_hex(8)
        self.sid: str = ""
        self.session: Session | None = None
        extensions = socket.scope.get("extensions", {})
        patience_s, write = limits.outbox_patience_s, extensions.get(WRITE)
        self.outbox = Outbox(limits.outbox_messages, limits.outbox_bytes, patience_s, *([write] if write else []))
        self._socket = socket
        self._adopted: Moved | None = extensions.get(ADOPTED)
        nonce = secrets.token_hex(32) if self._adopted is None else self._adopted.nonce
        self._asked = Challenge(nonce, host, origin, address)
        self._home = ""  # the room that it has entered, or tried to
        self._manners = Manners(limits, now_s)
        self._talk: Talk | None = None
        self._deadline_s = now_s + limits.auth_deadline_s
        self._heard_s = now_s
        self._ending_s: float | None = None
        self._writer: asyncio.Task[None] | None = None

    # Life

    async def run(self) -> None:
        """From the accepted socket to its end."""
        self._move("greeted")
        if self._adopted is None:
            self.tell(write_server(Hello(self._asked.nonce)), "vital")
        reader = asyncio.create_task(self._read())
        self._writer = asyncio.create_task(self.outbox.run(self._send, self._socket.close))
        try:
            await asyncio.wait({reader, self._writer}, return_when=asyncio.FIRST_COMPLETED)
            if self.outbox.code is not None:
                await asyncio.wait({self._writer}, timeout=self.worker.limits.outbox_patience_s)
        finally:
            self.state = "closed"
            await self._stop(reader, self._writer)
            if self.session is not None:
                self._note("socket.left", self.outbox.code or 0)
                await depart(self.worker, self.session, self, for_good=not self.session.resumable)
            if self._home != "":
                self.worker.homing.leave(self._home)

    def tick(self, now_s: float) -> None:
        """Time has passed."""
        patience_s = self.worker.limits.outbox_patience_s
        ending = self._ending_s is not None and now_s - self._ending_s > patience_s
        if self.outbox.overdue(now_s) or ending:
            self._evict()
        elif self.state == "hello" and now_s >= self._deadline_s:
            self.end(CLOSE_SLOW)  # a busy page, not a wrong token: it tries again
        elif self.state == "joined" and self.session is not None:
            self._tick_joined(self.session, now_s)

    def _tick_joined(self, session: Session, now_s: float) -> None:
        if now_s >= session.claims.exp + self.worker.limits.renew_grace_s:
            self.fail(Problem(TOKEN_INVALID))
        elif now_s - self._heard_s > self.worker.limits.presence_s:
            self.end(CLOSE_SLOW)

    def revoke(self, ended: Mapping[str, int]) -> None:
        """The sign-in service has signed out these devices (jkt), with all tokens of up to that second."""
        session = self.session
        if session is not None and session.claims.iat <= ended.get(session.claims.jkt.hex(), -1):
            session.resumable = False
            self.fail(Problem(REVOKED))

    async def beat(self) -> None:
        """Say again that this session is here."""
        if self._talk is not None and self.state == "joined":
            try:
                await self._talk.beat()
            except Problem as problem:
                self.fail(problem)

    # As the hub sees it

    def tell(self, data: str | bytes, rank: Rank) -> None:
        if not self.outbox.put(data, rank, self.worker.now_s()):
            self.worker.metrics.dropped.labels("slow reader").inc()

    def replaced(self) -> None:
        if self.session is not None:
            self.session.holds_place = False
        self.end(CLOSE_REPLACED)

    def put_out(self, sub: str) -> None:
        if self.session is not None and self.session.claims.sub == sub:
            self.fail(Problem(ROOM_REMOVED))

    def forget(self, sid: str) -> None:
        if self._talk is not None:
            self._talk.forget(sid)

    # Listening

    async def _read(self) -> None:
        if self._adopted is not None:
            await self._act(self._go_on(self._adopted.proved))
        while self.state != "closed":
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            await self._act(self._hear(message.get("text"), message.get("bytes")))

    async def _act(self, work: Awaitable[None]) -> None:
        try:
            await work
        except Complaint as complaint:
            await self._judge(complaint)
        except Problem as problem:
            self.fail(problem)
        except StoreDown as error:
            self.fail(Problem(BACKEND_DOWN, error.retry_after_s))
        except Exception as error:
            self.worker.log.broken("socket.broken", error)
            self.fail(Problem(INTERNAL, 1))

    async def _hear(self, text: str | None, data: bytes | None) -> None:
        said: ClientMessage | bytes = data or b"" if text is None else self._parse(text)
        if not isinstance(said, MAY_SAY[self.state]):
            raise Complaint(MALFORMED)
        self._heard_s = self.worker.now_s()
        if isinstance(said, Auth):
            await self._enter(said)
        elif self._talk is not None:
            await self._converse(self._talk, said)

    def _parse(self, text: str) -> ClientMessage:
        if self.state == "hello" and len(text) > self.worker.limits.auth_max_chars:
            raise Problem(TOO_BIG)
        try:
            return read_said(text)
        except CwError as error:
            raise Complaint(MALFORMED) from error

    async def _converse(self, talk: Talk, said: ClientMessage | bytes) -> None:
        if isinstance(said, bytes):
            if len(said) > MAX_BINARY_BYTES:
                raise Problem(TOO_BIG)
            await talk.relay(said)
        elif isinstance(said, Signal):
            await talk.signal(said)
        elif isinstance(said, Beat):
            if not await self.worker.origins.permits(self._asked.origin):
                raise refusal(self._asked.origin)  # taken off the list meanwhile
            await talk.beaten()
            self.tell(write_server(Beat()), "idle")
        elif isinstance(said, Renew):
            await talk.renew(self._asked, said)
        else:
            self._leave()
            return
        if talk.beat_is_due():
            await talk.beat()

    async def _enter(self, said: Auth) -> None:
        await self._sit(said.room, said.sid, enter(self.worker, self._asked, said, self))

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
        self._talk = Talk(self.worker, session, self)
        # The hub speaks only after this message, so that nobody is announced before the roster.
        self.tell(write_server(welcome(self.worker, session, roster)), "vital")
        self.worker.hub.admit(session.room.room_id, self, roster)
        self.worker.door.known(self)
        if self.state == "authenticated":
            self._move("seated")
        # Whoever was signed out between the look at the token and here was no member yet when that was told.
        if session.claims.iat < self.worker.ended.get(session.claims.jkt.hex(), 0):
            self.fail(Problem(REVOKED))

    async def stays(self, proved: Proved) -> bool:
        """False when it is with another worker from now on, where its room is at home. Nobody is handed on twice."""
        self._home = proved.room
        at_home = await self.worker.homing.enter(proved.room)
        return at_home or self._adopted is not None or not self._hand_on(proved)

    def _hand_on(self, proved: Proved) -> bool:
        move = self._socket.scope.get("extensions", {}).get(MOVE)
        if move is None or self.outbox.code is not None:
            return False

        def give(head: bytes, descriptor: int) -> bool:
            moved = write_moved(Moved(proved, self._asked.nonce, head))
            return self.worker.homing.give(proved.room, moved, descriptor)

        return bool(move(give))

    def _leave(self) -> None:
        if self.session is not None:
            self.session.resumable = False
        self.end(CLOSE_NORMAL)

    # Saying no

    async def _judge(self, complaint: Complaint) -> None:
        kind = complaint.kind
        self.worker.metrics.dropped.labels(kind.code).inc()
        if self.state != "joined":
            self.fail(Problem(kind))
            return
        verdict = self._manners.judge(kind, self.worker.now_s())
        if verdict == "out":
            await self._throw_out()
        elif verdict == "say":
            self._say(kind, complaint.retry_after_s, "idle")

    async def _throw_out(self) -> None:
        penalty_s = self.worker.limits.penalty_s
        if self.session is not None:
            with contextlib.suppress(StoreDown):
                penalty_s = await self.worker.store.punish(self.session.claims.sub)
        self.fail(Problem(RATE_LIMITED, penalty_s))

    def fail(self, problem: Problem) -> None:
        """Say why, then close; the session does not come back unless the fault is ours."""
        if self.session is not None and problem.kind not in (BACKEND_DOWN, INTERNAL):
            self.session.resumable = False
        self._say(problem.kind, problem.retry_after_s, "vital")
        self.end(close_code(problem.kind))

    def _say(self, kind: Kind, retry_after_s: int, rank: Rank) -> None:
        self.tell(write_server(Said(kind.code, kind.detail, retry_after_s)), rank)

    # Ending

    def end(self, code: int) -> None:
        """Send what is queued, then close."""
        if self.outbox.code is None:
            self.worker.metrics.closes.labels(str(code)).inc()
            self._ending_s = self.worker.now_s()
        self.state = "closed"
        self.outbox.finish(code)

    def _evict(self) -> None:
        """The other side does not read, so nothing more can be said to it."""
        if self._writer is not None and not self._writer.done():
            self._note("socket.evicted", CLOSE_SLOW)
        self.end(CLOSE_SLOW)
        if self._writer is not None:
            self._writer.cancel()

    async def _stop(self, reader: asyncio.Task[None], writer: asyncio.Task[None]) -> None:
        unsaid = not writer.done() or writer.cancelled()
        for task in (reader, writer):
            task.cancel()
        for error in await asyncio.gather(reader, writer, return_exceptions=True):
            if isinstance(error, Exception) and not isinstance(error, WebSocketDisconnect):
                self.worker.log.broken("socket.broken", error)
                unsaid = True
        if unsaid:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(self._socket.close(self.outbox.code or CLOSE_SLOW), HARD_CLOSE_S)

    def _note(self, event: str, code: int = 0, said: str = "", room: str = "") -> None:
        """A line in the log: room, session and address as hashes that only join lines."""
        log = self.worker.log
        place = room if self.session is None else self.session.room.room_id
        hashes = {"room": log.hashed(place), "session": log.hashed(self.sid), "ip": log.hashed(self._asked.address)}
        log.write(event, code=code, said=said, **hashes)

    def _move(self, event: str) -> None:
        self.state = MOVES[(self.state, event)]

    async def _send(self, data: str | bytes) -> None:
        if isinstance(data, str):
            await self._socket.send_text(data)
        else:
            await self._socket.send_bytes(data)
