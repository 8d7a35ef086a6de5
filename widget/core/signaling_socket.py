"""One signaling socket from opening to close: frames in, messages out, bad ones counted."""

from __future__ import annotations

from collections.abc import Callable

from widget.core.api import refused
from widget.core.config import socket_url
from widget.core.waiting import within
from widget.errors import ChatError, CwError, UnreachableError
from widget.ports import Clock, Deferred, Socket, Sockets
from widget.wire.socket import (
    CLOSE_AUTH,
    CLOSE_FULL,
    CLOSE_MALFORMED,
    CLOSE_NO_ROOM,
    CLOSE_REPLACED,
    CLOSE_REVOKED,
    CLOSE_VERSION,
    SUBPROTOCOL,
    Hello,
    Joined,
    Problem,
    ServerMessage,
    read_relay,
    read_server,
)

WHO: str = "The signaling service"
CLOSE_CODES: dict[int, str] = {
    CLOSE_AUTH: "token.invalid",
    CLOSE_REVOKED: "session.revoked",
    CLOSE_NO_ROOM: "room.unknown",
    CLOSE_FULL: "room.full",
    CLOSE_REPLACED: "session.replaced",
    CLOSE_VERSION: "version.old",
}


class SignalingSocket:
    """Listens as a `SocketEvents`; everything heard after `listen` goes on at once and in order."""

    def __init__(self, clock: Clock) -> None:
        self._clock: Clock = clock
        self._socket: Socket | None = None
        self._hello: Deferred = clock.deferred()
        self._joined: Deferred = clock.deferred()
        self._problem: ChatError | None = None
        self._is_closed: bool = False
        self._hear: Callable[[ServerMessage], None] | None = None
        self._hear_relayed: Callable[[str, bytes], None] | None = None
        self._hear_closed: Callable[[SignalingSocket, ChatError], None] | None = None
        self.nonce: str = ""
        self.heard_ms: int = clock.now_ms()

    @property
    def is_closed(self) -> bool:
        return self._is_closed

    async def open(self, sockets: Sockets, url: str) -> None:
        """Open and wait for the service's nonce."""
        socket = await sockets.open(url, SUBPROTOCOL, self)
        self._socket = socket
        if self._is_closed:
            socket.close(1000)
        await self._hello.wait()

    def listen(
        self,
        hear: Callable[[ServerMessage], None],
        hear_relayed: Callable[[str, bytes], None],
        hear_closed: Callable[[SignalingSocket, ChatError], None],
    ) -> None:
        self._hear = hear
        self._hear_relayed = hear_relayed
        self._hear_closed = hear_closed

    async def joined(self) -> Joined:
        """The service's welcome, or why there is none."""
        value = await self._joined.wait()
        if not isinstance(value, Joined):
            raise UnreachableError("unreachable", f"{WHO} gave a strange answer.")
        return value

    def send_text(self, text: str) -> None:
        if self._socket is not None and not self._is_closed:
            self._socket.send_text(text)

    def send_bytes(self, data: bytes) -> None:
        if self._socket is not None and not self._is_closed:
            self._socket.send_bytes(data)

    def close(self, code: int) -> None:
        """Close without telling the listener."""
        self._hear_closed = None
        if self._socket is not None and not self._is_closed:
            self._socket.close(code)
        self._end(UnreachableError("unreachable", "The connection was closed."))

    def text(self, data: str) -> None:
        self.heard_ms = self._clock.now_ms()
        try:
            message = read_server(data)
        except CwError:
            return
        if isinstance(message, Hello):
            self.nonce = message.nonce
            self._hello.settle(None)
        elif isinstance(message, Problem):
            self._problem = refused(WHO, message.code, 0, message.retry_after_s)
            self._joined.fail(self._problem)
        if self._hear is not None and not self._is_closed:
            self._hear(message)
        if isinstance(message, Joined):
            self._joined.settle(message)

    def binary(self, data: bytes) -> None:
        self.heard_ms = self._clock.now_ms()
        try:
            sid, blob = read_relay(data)
        except CwError:
            return
        if self._hear_relayed is not None and not self._is_closed:
            self._hear_relayed(sid, blob)

    def closed(self, code: int) -> None:
        error = self._close_error(code)
        hear_closed = self._hear_closed
        self._end(error)
        if hear_closed is not None:
            hear_closed(self, error)

    def _close_error(self, code: int) -> ChatError:
        """The close code in words, or the problem that the service named just before it closed."""
        name = CLOSE_CODES.get(code)
        if name is not None:
            return refused(WHO, name, code, 0)
        if self._problem is not None and code >= CLOSE_MALFORMED:
            return self._problem
        return UnreachableError("unreachable", f"{WHO} closed the connection.")

    def _end(self, error: ChatError) -> None:
        self._is_closed = True
        self._hello.fail(error)
        self._joined.fail(error)


async def open_socket(clock: Clock, sockets: Sockets, signaling_url: str) -> SignalingSocket:
    """A socket that has said hello; it may be opened before it is known which room it is for."""
    socket = SignalingSocket(clock)
    await within(clock, WHO, lambda: socket.open(sockets, socket_url(signaling_url)))
    return socket
