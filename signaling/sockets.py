"""uvicorn's WebSocket protocol, made to let go of members who do not read."""

from __future__ import annotations

import random
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

CLOSE_PATIENCE_S = 2.0


class FirmSocketProtocol(WebSocketsSansIOProtocol):
    """A close goes out even when the buffer is full, and the connection is cut if the other side does not answer it.

    As it comes, uvicorn waits for the buffer to drain before it closes, and `transport.close()` waits again. When the
    service stops it closes all at once, and all come back at once: here each goes at some moment within `drain_s`.
    """

    drain_s: float = 0.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.close_timeout = CLOSE_PATIENCE_S

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
