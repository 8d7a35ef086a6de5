"""A proxy that leads nowhere and remembers who asked for a way out of this machine."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager

from tests.fakes.serving import in_a_thread


class WayOut(socketserver.ThreadingTCPServer):
    """`asked` are the first lines of all requests ("CONNECT example.org:443 HTTP/1.1")."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Refuse)
        self.asked: list[str] = []

    @property
    def settings(self) -> dict[str, str]:
        """Environment variables that lead a program here, but for this machine's own addresses."""
        address = f"http://127.0.0.1:{self.server_address[1]}"
        return {"HTTPS_PROXY": address, "HTTP_PROXY": address, "NO_PROXY": "127.0.0.1,localhost"}


class _Refuse(socketserver.StreamRequestHandler):
    timeout = 5

    def handle(self) -> None:
        assert isinstance(self.server, WayOut)
        self.server.asked.append(self.rfile.readline(1000).decode("latin-1").strip())
        self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@contextmanager
def way_out() -> Iterator[WayOut]:
    with WayOut() as server, in_a_thread(server):
        yield server
