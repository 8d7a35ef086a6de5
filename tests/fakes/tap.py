"""What a service sees: every byte that reaches an ASGI app, and every command that reaches its Redis."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from signaling.sockets import LISTEN, WRITE


class AppTap:
    """Wrap an app in tests; `seen` grows by addresses, headers, bodies and socket messages, in and out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.seen = bytearray()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._note_scope(scope)
        self._tap_extensions(scope)

        async def hear() -> Message:
            message = await receive()
            self._note(message)
            return message

        async def say(message: Message) -> None:
            self._note(message)
            await send(message)

        await self._app(scope, hear, say)

    def _tap_extensions(self, scope: Scope) -> None:
        """What a socket hears and says without a turn of the loop."""
        extensions = scope.get("extensions", {})
        listen, write = extensions.get(LISTEN), extensions.get(WRITE)
        if listen is None or write is None:
            return

        def say(data: str | bytes) -> bool:
            self._note_data(data)
            return bool(write(data))

        def listen_too(hear: Callable[[str | bytes], bool]) -> None:
            def heard(data: str | bytes) -> bool:
                is_heard = hear(data)
                if is_heard:  # else it is received, and noted then
                    self._note_data(data)
                return is_heard

            listen(heard)

        extensions.update({LISTEN: listen_too, WRITE: say})

    def _note_data(self, data: str | bytes) -> None:
        self._note({"text": data} if isinstance(data, str) else {"bytes": data})

    def _note_scope(self, scope: Scope) -> None:
        self.seen += str(scope.get("path", "")).encode() + bytes(scope.get("query_string", b"")) + b"\n"
        for name, value in scope.get("headers", []):
            self.seen += name + b": " + value + b"\n"

    def _note(self, message: MutableMapping[str, Any]) -> None:
        for part in ("body", "bytes", "text"):
            data = message.get(part)
            if data:
                self.seen += (data.encode() if isinstance(data, str) else data) + b"\n"
        for name, value in message.get("headers", []):
            self.seen += name + b": " + value + b"\n"


class RedisTap:
    """Redis' own MONITOR on a unix socket: all commands of all clients, also those inside scripts and PUBLISH."""

    def __init__(self, path: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(path)
        self._socket.sendall(b"MONITOR\r\n")
        self.seen = bytearray(self._socket.recv(16))
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def close(self) -> bytes:
        """Stop, and everything seen, with MONITOR's escapes undone."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()
        return bytes(self.seen).decode("unicode_escape").encode("latin-1")

    def _read(self) -> None:
        while data := self._socket.recv(65536):
            self.seen += data
