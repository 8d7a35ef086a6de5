"""WebSockets of a page."""

from __future__ import annotations

from widget.browser import js
from widget.browser.clock import Later
from widget.errors import UnreachableError
from widget.ports import Socket, SocketEvents

OPEN_TIMEOUT_MS = 10_000
OPEN = 1  # WebSocket.OPEN
NORMAL = 1000
FIRST_OWN_CODE = 3000


class BrowserSocket:
    """One WebSocket from its opening to its end."""

    def __init__(self, url: str, protocol: str, events: SocketEvents) -> None:
        self._events: SocketEvents = events
        self._opening: Later = Later()
        self._is_open: bool = False
        self._socket: js.Value = js.new(js.window.WebSocket, url, protocol)
        self._socket.binaryType = "arraybuffer"
        self._socket.onopen = js.listener(self._opened)
        self._socket.onmessage = js.listener(self._message)
        self._socket.onclose = js.listener(self._closed)
        js.window.setTimeout(js.listener(self._too_late), OPEN_TIMEOUT_MS)

    async def opened(self) -> None:
        """Raises UnreachableError."""
        await self._opening.wait()

    def send_text(self, text: str) -> None:
        if self._socket.readyState == OPEN:
            self._socket.send(text)

    def send_bytes(self, data: bytes) -> None:
        if self._socket.readyState == OPEN:
            self._socket.send(js.from_bytes(data))

    def close(self, code: int) -> None:
        # A page may close only with 1000 or a code of its own (WHATWG WebSockets, close()).
        self._socket.close(code if code >= FIRST_OWN_CODE else NORMAL)

    def _opened(self, _event: js.Value) -> None:
        self._is_open = True
        self._opening.settle(None)

    def _message(self, event: js.Value) -> None:
        if js.type_of(event.data) == "string":
            self._events.text(event.data)
        else:
            self._events.binary(js.to_bytes(event.data))

    def _closed(self, event: js.Value) -> None:
        if self._is_open:
            self._events.closed(event.code)
        else:
            self._opening.fail(unreachable())

    def _too_late(self) -> None:
        if not self._is_open:
            self._socket.close()  # which is told as closed


def unreachable() -> UnreachableError:
    return UnreachableError("socket.unreachable", "The chat server does not answer. Try again in a moment.")


class BrowserSockets:
    """Opens WebSockets."""

    async def open(self, url: str, protocol: str, events: SocketEvents) -> Socket:
        try:
            socket = BrowserSocket(url, protocol, events)
        except Exception as error:  # an address that is none
            raise unreachable() from error
        await socket.opened()
        return socket
