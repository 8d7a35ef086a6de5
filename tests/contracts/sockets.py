"""What every `Sockets` does, against the echo server of tests/contracts/echo.py."""

from __future__ import annotations

from tests.contracts.report import Inbox, Report, pause
from widget.errors import UnreachableError
from widget.ports import Clock, Sockets

PAUSE_MS = 50


class Heard:
    """Writes down what the socket tells."""

    def __init__(self, clock: Clock) -> None:
        self.inbox: Inbox = Inbox(clock)

    def text(self, data: str) -> None:
        self.inbox.put(f"text {data}")

    def binary(self, data: bytes) -> None:
        self.inbox.put(f"binary {data.hex()}")

    def closed(self, code: int) -> None:
        self.inbox.put(f"closed {code}")


async def contract(sockets: Sockets, clock: Clock, base: str, nobody: str, report: Report) -> None:
    """`base` is the echo server's ws: URL, `nobody` one where nothing listens."""
    await _talk(sockets, clock, base, report)
    await _ends(sockets, clock, base, report)
    report.that("nobody there is UnreachableError", await _unreachable(sockets, clock, nobody))
    report.that("a refused handshake is UnreachableError", await _unreachable(sockets, clock, f"{base}/refused"))


async def _talk(sockets: Sockets, clock: Clock, base: str, report: Report) -> None:
    heard = Heard(clock)
    socket = await sockets.open(f"{base}/echo", "cw1", heard)
    report.that("the protocol is asked for", await heard.inbox.next() == "text cw1")
    socket.send_text("grüß dich 👋")
    report.that("a text comes back", await heard.inbox.next() == "text grüß dich 👋")
    socket.send_bytes(bytes(range(256)))
    report.that("bytes come back", await heard.inbox.next() == "binary " + bytes(range(256)).hex())
    for number in range(20):
        socket.send_text(f"{number}")
    seen = await heard.inbox.take(20)
    report.that("order is kept", seen == [f"text {number}" for number in range(20)])
    socket.close()
    report.that("our own close is told", (await heard.inbox.next()).startswith("closed "))
    await pause(clock, PAUSE_MS)
    report.that("a close is told once and last", len(heard.inbox.all()) == 0)
    socket.close()
    report.that("a socket may be closed twice", True)


async def _ends(sockets: Sockets, clock: Clock, base: str, report: Report) -> None:
    heard = Heard(clock)
    socket = await sockets.open(f"{base}/echo", "cw1", heard)
    await heard.inbox.next()
    socket.send_text("close 4429")
    report.that("the server's close code is told", await heard.inbox.next() == "closed 4429")
    socket.send_text("too late")
    await pause(clock, PAUSE_MS)
    report.that("sending after the end does nothing", len(heard.inbox.all()) == 0)


async def _unreachable(sockets: Sockets, clock: Clock, url: str) -> bool:
    try:
        await sockets.open(url, "cw1", Heard(clock))
    except UnreachableError:
        return True
    return False
