"""What one socket says: understood in the turn in which it comes, and gone on with by a reader where that has to wait.

Nearly all that members say is for a member of the same worker, which is written to at once; a task that is woken for
each message costs more than all the rest of it.
"""

from __future__ import annotations

import contextlib
from functools import partial
from typing import Protocol

from starlette.types import Message
from starlette.websockets import WebSocket

from auth.store.shared import StoreDown
from signaling.limits import Limits
from signaling.manners import Complaint, Manners
from signaling.refusals import BACKEND_DOWN, INTERNAL, MALFORMED, RATE_LIMITED, TOO_BIG, Kind, Problem
from signaling.session import Session
from signaling.signals import read_said
from signaling.sockets import LISTEN
from signaling.states import MAY_SAY, State
from signaling.talk import Rest, Talk
from signaling.worker import Worker
from widget.errors import CwError
from widget.wire.relayed import MAX_RELAY_BYTES
from widget.wire.showing import MAX_ANSWER_BYTES, SHOW
from widget.wire.socket import Auth, Beat, ClientMessage, Renew, Signal

MAX_BINARY_BYTES = 17 + MAX_RELAY_BYTES
MAX_SHOW_BYTES = 17 + MAX_ANSWER_BYTES


class Heard(Protocol):
    """Whose socket it is, and what only that can do about what is said."""

    state: State
    session: Session | None
    talk: Talk | None

    async def enter(self, said: Auth) -> None: ...
    async def renew(self, talk: Talk, said: Renew) -> None: ...
    async def beaten(self, talk: Talk) -> None: ...
    async def leave(self) -> None: ...
    def say(self, kind: Kind, retry_after_s: int) -> None: ...
    def fail(self, problem: Problem) -> None: ...


class Listener:
    """Hears one message after the other; `heard_s` is when the last came."""

    def __init__(self, worker: Worker, socket: WebSocket, heard: Heard) -> None:
        self.heard_s = worker.steady_s()
        self._worker = worker
        self._limits: Limits = worker.limits
        self._socket = socket
        self._heard = heard
        self._manners = Manners(worker.limits, worker.steady_s())
        self._busy = True  # the reader is in the middle of something
        self._rest: Rest | None = None

    async def run(self, first: Rest | None) -> None:
        """The reader: `first`, then what is said until the socket ends."""
        listen = self._socket.scope.get("extensions", {}).get(LISTEN)
        if listen is not None:
            listen(self.hear)
        if first is not None:
            await self._act(first)
        while not self._is_over():
            self._busy = False
            message = await self._socket.receive()
            self._busy = True
            if message["type"] == "websocket.disconnect" or self._is_over():
                return
            rest = self._rest_of(message)
            if rest is not None:
                await self._act(rest)
            del message, rest  # a socket that rests holds no token

    def _rest_of(self, message: Message) -> Rest | None:
        """Of what was begun when it came; else of what came while something else was gone on with."""
        begun, self._rest = self._rest, None
        if begun is not None:
            return begun
        text = message.get("text")
        return self._begin((message.get("bytes") or b"") if text is None else text)

    def _is_over(self) -> bool:
        return self._heard.state == "closed"

    def hear(self, message: str | bytes) -> bool:
        """A message in the turn in which it comes. False when the reader has to go on with it: it gets it next."""
        if self._busy:
            return False
        self._rest = self._begin(message)
        return self._rest is None

    def _begin(self, message: str | bytes) -> Rest | None:
        """Whatever need not wait; the rest is for the reader."""
        try:
            return self._understand(message)
        except Exception as error:
            return partial(_fail, error)

    def _understand(self, message: str | bytes) -> Rest | None:
        said: ClientMessage | bytes = message if isinstance(message, bytes) else self._parse(message)
        if not isinstance(said, MAY_SAY[self._heard.state]):
            raise Complaint(MALFORMED)
        self.heard_s = self._worker.steady_s()
        talk = self._heard.talk
        if isinstance(said, Auth):
            return partial(self._heard.enter, said)
        return None if talk is None else self._converse(talk, said)

    def _parse(self, text: str) -> ClientMessage:
        if self._heard.state == "hello" and len(text) > self._limits.auth_max_chars:
            raise Problem(TOO_BIG)
        try:
            return read_said(text)
        except CwError as error:
            raise Complaint(MALFORMED) from error

    def _converse(self, talk: Talk, said: ClientMessage | bytes) -> Rest | None:
        if isinstance(said, bytes):
            is_shown = said[:1] == bytes([SHOW])
            if len(said) > (MAX_SHOW_BYTES if is_shown else MAX_BINARY_BYTES):
                raise Problem(TOO_BIG)
            rest = talk.show(said) if is_shown else talk.relay(said)
        elif isinstance(said, Signal):
            rest = talk.signal(said)
        elif isinstance(said, Beat):
            return partial(self._heard.beaten, talk)
        elif isinstance(said, Renew):
            return partial(self._heard.renew, talk, said)
        else:
            return self._heard.leave
        return talk.beat if rest is None and talk.beat_is_due() else rest

    async def _act(self, rest: Rest) -> None:
        try:
            await rest()
            talk = self._heard.talk
            if talk is not None and self._heard.state == "joined" and talk.beat_is_due():
                await talk.beat()
        except Complaint as complaint:
            await self._judge(complaint)
        except Problem as problem:
            self._heard.fail(problem)
        except StoreDown as error:
            self._heard.fail(Problem(BACKEND_DOWN, error.retry_after_s))
        except Exception as error:
            self._worker.log.broken("socket.broken", error)
            self._heard.fail(Problem(INTERNAL, 1))

    async def _judge(self, complaint: Complaint) -> None:
        kind = complaint.kind
        self._worker.metrics.dropped.labels(kind.code).inc()
        if self._heard.state != "joined":
            self._heard.fail(Problem(kind))
            return
        verdict = self._manners.judge(kind, self._worker.steady_s())
        if verdict == "out":
            await self._throw_out()
        elif verdict == "say":
            self._heard.say(kind, complaint.retry_after_s)

    async def _throw_out(self) -> None:
        penalty_s, session = self._limits.penalty_s, self._heard.session
        if session is not None:
            with contextlib.suppress(StoreDown):
                penalty_s = await self._worker.quotas.punish(session.claims.sub)
        self._heard.fail(Problem(RATE_LIMITED, penalty_s))


async def _fail(error: Exception) -> None:
    raise error
