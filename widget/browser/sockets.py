"""WebSockets of a page."""

from __future__ import annotations

from widget.browser import js
from widget.browser.clock import outcome
from widget.errors import UnreachableError
from widget.ports import Socket, SocketEvents

OPEN_TIMEOUT_MS = 10_000
OPEN = 1  # WebSocket.OPEN
NORMAL = 1000


class BrowserSocket:
    """One WebSocket that is open, or was."""

    def __init__(self, socket: js.Value) -> None:
        self._socket: js.Value = socket

    def send_text(self, text: str) -> None:
        self._send(text)

    def send_bytes(self, data: bytes) -> None:
        self._send(js.from_bytes(data))

    def close(self) -> None:
        self._socket.close(NORMAL)

    def _send(self, data: js.Value) -> None:
        if self._socket.readyState == OPEN:
            self._socket.send(data)


class BrowserSockets:
    """Opens WebSockets."""

    async def open(self, url: str, protocol: str, events: SocketEvents) -> Socket:
        def message(event: js.Value) -> None:
            if js.type_of(event.data) == "string":
                events.text(event.data)
            else:
                events.binary(js.to_bytes(event.data))

        socket: js.Value = None
        try:
            socket = js.new(js.window.WebSocket, url, protocol)
            socket.binaryType = "arraybuffer"
            socket.onmessage = js.listener(message)
            await outcome(socket, "onopen", "onclose", OPEN_TIMEOUT_MS).wait()
        except Exception as error:
            if socket is not None:  # it is when the address is none
                socket.close()
            raise UnreachableError("socket.unreachable") from error
        socket.onclose = js.listener(lambda event: events.closed(event.code))
        return BrowserSocket(socket)
