"""What every `Rtc` does: two peers in one place, joined by what crosses signaling."""

from __future__ import annotations

from collections.abc import Callable

from tests.contracts.report import Inbox, Report, pause
from widget.errors import UnreachableError
from widget.model import IceServer
from widget.ports import Clock, PeerConnection, Rtc

PAUSE_MS = 50
MEGABYTE = 1_048_576


class Side:
    """One peer: what it hears, and where its candidates go."""

    def __init__(self, rtc: Rtc, clock: Clock, ice_servers: list[IceServer]) -> None:
        self.inbox: Inbox = Inbox(clock)
        self._clock: Clock = clock
        self._other: Side | None = None
        self._early: list[str] = []
        self.low: int = 0
        self.peer: PeerConnection = rtc.connect(ice_servers, len(ice_servers) > 0, self)

    def face(self, other: Side) -> None:
        """From now on candidates reach the other side; those from before too."""
        self._other = other
        early = self._early
        self._early = []
        for candidate in early:
            self.candidate(candidate)

    def candidate(self, candidate: str) -> None:
        if self._other is None:
            self._early.append(candidate)
        else:
            self._clock.spawn(self._other.peer.add_candidate(candidate))

    def opened(self) -> None:
        self.inbox.put("opened")

    def message(self, data: bytes) -> None:
        self.inbox.put(data[0:8].hex() + f" {len(data)}")

    def writable(self) -> None:
        self.low = self.low + 1

    def unsteady(self) -> None:
        return

    def closed(self) -> None:
        self.inbox.put("closed")


async def contract(
    rtc: Rtc,
    clock: Clock,
    report: Report,
    through: list[IceServer] | None = None,
    say: Callable[[PeerConnection], None] | None = None,
) -> None:
    """Where there is something to go `through`, both sides talk through these servers alone. `say` sends a text, which
    no peer of ours does."""
    servers: list[IceServer] = [] if through is None else through
    rtc.warm()
    one = Side(rtc, clock, servers)
    two = Side(rtc, clock, servers)
    report.that("sending too early is UnreachableError", _refuses(one))
    await _join(one, two, report)
    await _talk(one, two, report)
    if say is not None:
        say(one.peer)
        report.that("a text arrives as nothing", await two.inbox.next() == " 0")
    await _part(one, two, clock, report)
    await _nonsense(rtc, clock, report)


async def _join(one: Side, two: Side, report: Report) -> None:
    offer = await one.peer.offer()
    report.that("an offer names one sha-256 fingerprint", len(offer.split("a=fingerprint:sha-256 ")) == 2)
    answer = await two.peer.answer(offer)
    report.that("an answer names one sha-256 fingerprint", len(answer.split("a=fingerprint:sha-256 ")) == 2)
    await one.peer.accept(answer)
    one.face(two)
    two.face(one)
    report.that("the one opens", await one.inbox.next() == "opened")
    report.that("the other opens", await two.inbox.next() == "opened")


async def _talk(one: Side, two: Side, report: Report) -> None:
    buffered = one.peer.send(b"\xc1hello")
    report.that("send says what is buffered", buffered >= 0)
    report.that("a message arrives", await two.inbox.next() == "c168656c6c6f 6")
    two.peer.send(bytes(16_384))
    report.that("the other way too, 16 KiB at once", await one.inbox.next() == "0000000000000000 16384")
    for number in range(50):
        one.peer.send(number.to_bytes(2, "big"))
    seen = await two.inbox.take(50)
    report.that("order is kept", seen == [number.to_bytes(2, "big").hex() + " 2" for number in range(50)])
    block = bytes(16_384)
    sent = 0
    while sent < MEGABYTE:
        one.peer.send(block)
        sent = sent + len(block)
    await two.inbox.take(sent // len(block))
    report.that("a megabyte drains, and the low mark is told", one.low > 0)


async def _part(one: Side, two: Side, clock: Clock, report: Report) -> None:
    one.peer.close()
    report.that("the other side hears the end", await two.inbox.next() == "closed")
    await pause(clock, PAUSE_MS)
    report.that("the end is told once", len(two.inbox.all()) == 0)
    report.that("our own close is not told", len(one.inbox.all()) == 0)
    report.that("sending after the end is UnreachableError", _refuses(one) and _refuses(two))
    one.peer.close()
    two.peer.close()
    report.that("a peer may be closed twice", True)


async def _nonsense(rtc: Rtc, clock: Clock, report: Report) -> None:
    side = Side(rtc, clock, [])
    refused = False
    try:
        await side.peer.answer("nonsense")
    except UnreachableError:
        refused = True
    report.that("a description that is none is UnreachableError", refused)
    side.peer.close()


def _refuses(side: Side) -> bool:
    try:
        side.peer.send(b"x")
    except UnreachableError:
        return True
    return False
