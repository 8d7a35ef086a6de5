"""One signaling socket from opening to close: frames in, messages out, bad ones dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from widget.errors import ChatError, CwError, UnreachableError
from widget.ports import Clock, Deferred, Socket, Sockets
from widget.transport.happened import Dropped
from widget.transport.limits import BEAT_ANSWER_MS, BEAT_MS, BUSY_MS, HURRY_MS, LATE_MS
from widget.transport.refusals import refused
from widget.wire.client_text import write_beat
from widget.wire.relayed import read_relay
from widget.wire.server_text import read_server
from widget.wire.socket import (
    CLOSE_AUTH,
    CLOSE_FULL,
    CLOSE_MALFORMED,
    CLOSE_NO_ROOM,
    CLOSE_REMOVED,
    CLOSE_REPLACED,
    CLOSE_REVOKED,
    CLOSE_VERSION,
    SUBPROTOCOL,
    Beat,
    Hello,
    Joined,
    Problem,
    ServerMessage,
)

CLOSE_CODES: dict[int, str] = {
    CLOSE_AUTH: "token.invalid",
    CLOSE_REVOKED: "session.revoked",
    CLOSE_NO_ROOM: "room.unknown",
    CLOSE_FULL: "room.full",
    CLOSE_REPLACED: "session.replaced",
    CLOSE_REMOVED: "room.removed",
    CLOSE_VERSION: "version.old",
}


@dataclass(frozen=True)
class Relayed:
    """A packet of the member `sid` that came through the service."""

    sid: str
    packet: bytes


class SocketOwner(Protocol):
    """Whom a socket tells, at once and in order."""

    def heard(self, socket: SignalingSocket, message: ServerMessage | Relayed | Dropped) -> None: ...
    def closed(self, socket: SignalingSocket, error: ChatError) -> None: ...


class SignalingSocket:
    """Listens as a `SocketEvents`."""

    def __init__(self, clock: Clock, owner: SocketOwner) -> None:
        self._clock: Clock = clock
        self._owner: SocketOwner = owner
        self._socket: Socket | None = None
        self._problem: ChatError | None = None
        self.answer: Deferred = clock.deferred()  # first its hello, then its welcome, or why there is none
        self.is_closed: bool = False
        self.nonce: str = ""
        self.heard_ms: int = clock.steady_ms()
        self._asked_ms: int = self.heard_ms
        self._took_ms: int = 0  # its last answer

    async def open(self, sockets: Sockets, url: str) -> None:
        """Open and wait for the service's nonce."""
        hello = self.answer
        socket = await sockets.open(url, SUBPROTOCOL, self)
        self._socket = socket
        if self.is_closed:
            socket.close()
        await hello.wait()

    def send_text(self, text: str) -> None:
        if self._socket is not None:
            self._socket.send_text(text)

    def send_bytes(self, data: bytes) -> None:
        if self._socket is not None:
            self._socket.send_bytes(data)

    def keep(self) -> None:
        """Speak from time to time, and see that the service still answers."""
        if not self.is_closed:
            self.doubt(BEAT_ANSWER_MS)
            self._clock.after(BEAT_MS, self.keep)

    def doubt(self, limit_ms: int) -> None:
        """The service has to answer within that time.

        A page that was busy looks a moment later than it should: the answer may lie behind the timer.
        """
        self._asked_ms = asked_ms = self._clock.steady_ms()
        self.send_text(write_beat())

        def look() -> None:
            if not self.is_closed and self.heard_ms < asked_ms:
                self.closed(0)

        def wait() -> None:
            self._clock.after(BUSY_MS, look)

        self._clock.after(limit_ms, wait)

    def late_ms(self) -> int:
        """When an answer is late while we talk."""
        return min(HURRY_MS, max(LATE_MS, 4 * self._took_ms))

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._end(UnreachableError("unreachable"))

    def text(self, data: str) -> None:
        self.heard_ms = self._clock.steady_ms()
        try:
            message = read_server(data)
        except CwError as error:
            self._owner.heard(self, Dropped(error.code))
            return
        if isinstance(message, Hello | Beat | Joined):
            self._took_ms = self.heard_ms - self._asked_ms
        if isinstance(message, Hello) and self.nonce == "":
            self._asked_ms = self.heard_ms
            self.nonce = message.nonce
            self.answer.settle(None)
            self.answer = self._clock.deferred()
        elif isinstance(message, Problem):
            self._problem = refused(message.code, message.retry_after_s, message.detail)
            self.answer.fail(self._problem)
        self._owner.heard(self, message)
        if isinstance(message, Joined):
            self.answer.settle(message)

    def binary(self, data: bytes) -> None:
        self.heard_ms = self._clock.steady_ms()
        try:
            sid, packet = read_relay(data)
        except CwError as error:
            self._owner.heard(self, Dropped(error.code))
            return
        self._owner.heard(self, Relayed(sid, packet))

    def closed(self, code: int) -> None:
        error = self._close_error(code)
        self._end(error)
        self._owner.closed(self, error)

    def _close_error(self, code: int) -> ChatError:
        """The close code in words, or the problem that the service named just before it closed."""
        name = CLOSE_CODES.get(code)
        if name is not None:
            return refused(name, 0)
        if self._problem is not None and code >= CLOSE_MALFORMED:
            return self._problem
        return UnreachableError("unreachable")

    def _end(self, error: ChatError) -> None:
        self.is_closed = True
        self.answer.fail(error)
