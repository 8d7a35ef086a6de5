"""uvicorn's WebSocket protocol, made to let go of members who do not read."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import State

from signaling.moved import Moved

CLOSE_PATIENCE_S = 2.0
MOST_WAITING = 4  # messages that were read and not heard yet
# Extensions of the ASGI scope: to hear and to write in the same turn of the loop; to hand the connection to another
# process; what came so.
LISTEN, WRITE = "signaling.listen", "signaling.write"
MOVE, ADOPTED = "signaling.move", "signaling.adopted"


class FirmSocketProtocol(WebSocketsSansIOProtocol):
    """A close goes out even when the buffer is full, and the connection is cut if the other side does not answer it.

    As it comes, uvicorn waits for the buffer to drain before it closes, and `transport.close()` waits again. When the
    service stops it closes all at once, and all come back at once: here each goes at some moment within `drain_s`.
    """

    drain_s: float = 0.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.close_timeout = CLOSE_PATIENCE_S
        self.adopted: Moved | None = None
        self._hear: Callable[[str | bytes], bool] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if self.adopted is not None:
            self.data_received(self.adopted.head)

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):  # else the request was none for a WebSocket
            extensions: Any = self.scope["extensions"]
            extensions.update({LISTEN: self.listen, WRITE: self.write, MOVE: self.move, ADOPTED: self.adopted})

    def listen(self, hear: Callable[[str | bytes], bool]) -> None:
        """Tell `hear` each message as it comes, while none waits to be received; False when it is to wait there."""
        self._hear = hear

    def write(self, data: str | bytes) -> bool:
        """A message at once, without a turn of the loop; False when it has to wait or nothing can be said any more."""
        if not self.writable.is_set() or self.conn.state is not State.OPEN or self.transport.is_closing():
            return False
        if isinstance(data, str):
            self.conn.send_text(data.encode())
        else:
            self.conn.send_binary(data)
        self.transport.write(b"".join(self.conn.data_to_send()))
        return True

    def move(self, give: Callable[[bytes, int], bool]) -> bool:
        """Let another process go on here: `give` takes the request's head and the descriptor. False when it stays."""
        if not self._is_quiet() or not give(self._head(), self.transport.get_extra_info("socket").fileno()):
            return False
        self.transport.abort()  # closes this process's descriptor, not the connection
        return True

    def _is_quiet(self) -> bool:
        """Nothing of it is on its way through this process, where it would be lost."""
        unread = len(self.conn.reader.buffer) + len(self.frames) + self.queue.qsize()
        unsent = self.transport.get_write_buffer_size()
        return unread + unsent == 0 and self.conn.state is State.OPEN and not self.transport.is_closing()

    def _head(self) -> bytes:
        lines = [b"GET %b HTTP/1.1" % self.scope["raw_path"]]
        lines += [b"%b: %b" % (name, value) for name, value in self.scope["headers"]]
        return b"\r\n".join([*lines, b"", b""])

    def send_receive_event_to_app(self) -> None:
        """uvicorn stops reading after each message, two system calls that who keeps up can do without."""
        if self._is_heard():
            self.frames = []
            return
        if self.read_paused:
            super().send_receive_event_to_app()
            return
        self.read_paused = True
        super().send_receive_event_to_app()
        self.read_paused = self.queue.qsize() >= MOST_WAITING
        if self.read_paused:
            self.transport.pause_reading()

    def _is_heard(self) -> bool:
        if self._hear is None or self.close_sent or not self.queue.empty():
            return False
        data = self.frames[0] if len(self.frames) == 1 else b"".join(self.frames)
        if self.curr_msg_data_type == "bytes":
            return self._hear(bytes(data))
        try:
            return self._hear(data.decode())
        except UnicodeDecodeError:
            return False  # uvicorn closes for it

    async def send(self, message: Any) -> None:
        if message["type"] == "websocket.accept" and self.adopted is not None:
            self._go_on()
            return
        if message["type"] != "websocket.close":
            await super().send(message)
            return
        self.writable.set()
        await super().send(message)
        if self.close_timer is not None:
            self.close_timer.cancel()
            self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)

    def _go_on(self) -> None:
        """It was accepted by the process that it comes from."""
        self.conn.send_response(self.response)
        self.conn.data_to_send()
        self.handshake_complete = True
        self.start_keepalive()

    def shutdown(self) -> None:
        self.loop.call_later(random.uniform(0, self.drain_s), self._go)  # noqa: S311 - nobody gains by guessing it

    def _go(self) -> None:
        if not self.disconnected:
            super().shutdown()


def adopted(http_factory: Callable[[], Any], moved: Moved) -> FirmSocketProtocol:
    """The protocol for a connection that comes from another process."""
    http = http_factory()
    protocol: FirmSocketProtocol = http.ws_protocol_class(http.config, http.server_state, http.app_state)
    protocol.adopted = moved
    return protocol
