"""uvicorn's WebSocket protocol, made to let go of members who do not read."""

from __future__ import annotations

import random
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import State

CLOSE_PATIENCE_S = 2.0
MOST_WAITING = 4  # messages that were read and not heard yet
WRITE = "signaling.write"  # an extension of the ASGI scope


class FirmSocketProtocol(WebSocketsSansIOProtocol):
    """A close goes out even when the buffer is full, and the connection is cut if the other side does not answer it.

    As it comes, uvicorn waits for the buffer to drain before it closes, and `transport.close()` waits again. When the
    service stops it closes all at once, and all come back at once: here each goes at some moment within `drain_s`.
    """

    drain_s: float = 0.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.close_timeout = CLOSE_PATIENCE_S

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):  # else the request was none for a WebSocket
            extensions: Any = self.scope["extensions"]
            extensions[WRITE] = self.write

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

    def send_receive_event_to_app(self) -> None:
        """uvicorn stops reading after each message, two system calls that who keeps up can do without."""
        if self.read_paused:
            super().send_receive_event_to_app()
            return
        self.read_paused = True
        super().send_receive_event_to_app()
        self.read_paused = self.queue.qsize() >= MOST_WAITING
        if self.read_paused:
            self.transport.pause_reading()

    async def send(self, message: Any) -> None:
        if message["type"] != "websocket.close":
            await super().send(message)
            return
        self.writable.set()
        await super().send(message)
        if self.close_timer is not None:
            self.close_timer.cancel()
            self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)

    def shutdown(self) -> None:
        self.loop.call_later(random.uniform(0, self.drain_s), self._go)  # noqa: S311 - nobody gains by guessing it

    def _go(self) -> None:
        if not self.disconnected:
            super().shutdown()
