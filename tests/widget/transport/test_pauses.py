"""A direct connection that was no good is tried again: later each time, by one side, and once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.fakes.clock import HandClock
from widget.errors import UnreachableError
from widget.transport.addresses import is_local
from widget.transport.direct import CHANNEL_QUEUE, Direct
from widget.transport.happened import Happened
from widget.transport.limits import CHANNEL_HIGH_BYTES, DIRECT_AGAIN_LAST_MS, DIRECT_AGAIN_MS, DIRECT_GOOD_MS

FIRST, LAST = "01" * 16, "02" * 16


class Tried(Direct):
    """Notes when it would begin anew."""

    def __init__(self, clock: HandClock, me: str, other: str) -> None:
        seat: Any = SimpleNamespace(clock=clock, sid=me, uses_direct=True)
        self.happened: list[Happened] = []
        self.at_ms: list[int] = []
        super().__init__(seat, other, self.happened.append)

    def start(self) -> None:
        self.at_ms.append(self._clock.steady_ms())


class Channel:
    """Takes what is sent; `fill` is what it then holds."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.fill = 0
        self.is_broken = False

    def send(self, packet: bytes) -> int:
        if self.is_broken:
            raise UnreachableError("unreachable", "Broken.")
        self.sent.append(packet)
        return self.fill

    def close(self) -> None:
        self.is_broken = True


async def pauses(clock: HandClock, direct: Tried, times: int) -> list[int]:
    """How long after each failure the next try is."""
    found = []
    for _ in range(times):
        failed_ms = clock.steady_ms()
        direct.give_up()
        await clock.advance(DIRECT_AGAIN_LAST_MS)
        found.append(direct.at_ms[-1] - failed_ms)
    return found


async def test_each_pause_is_twice_the_one_before_up_to_a_minute() -> None:
    clock = HandClock()
    direct = Tried(clock, FIRST, LAST)
    expected = [min(DIRECT_AGAIN_MS * 2**number, DIRECT_AGAIN_LAST_MS) for number in range(8)]
    assert await pauses(clock, direct, 8) == expected
    assert len(direct.at_ms) == 8


async def test_who_does_not_lead_waits_for_the_other() -> None:
    clock = HandClock()
    direct = Tried(clock, LAST, FIRST)
    direct.give_up()
    await clock.advance(DIRECT_AGAIN_LAST_MS)
    assert direct.at_ms == []


async def test_what_is_closed_is_not_tried_again() -> None:
    clock = HandClock()
    direct = Tried(clock, FIRST, LAST)
    direct.close()
    direct.give_up()
    await clock.advance(DIRECT_AGAIN_LAST_MS)
    assert direct.at_ms == []


async def test_two_failures_in_one_pause_make_one_try() -> None:
    clock = HandClock()
    direct = Tried(clock, FIRST, LAST)
    direct.give_up()
    direct.give_up()
    await clock.advance(DIRECT_AGAIN_LAST_MS)
    assert len(direct.at_ms) == 1


@pytest.mark.parametrize(
    ("open_ms", "pause_ms"), [(DIRECT_GOOD_MS, 4 * DIRECT_AGAIN_MS), (DIRECT_GOOD_MS + 1, DIRECT_AGAIN_MS)]
)
async def test_only_a_channel_that_was_good_for_long_makes_the_pause_short(open_ms: int, pause_ms: int) -> None:
    clock = HandClock()
    direct = Tried(clock, FIRST, LAST)
    await pauses(clock, direct, 2)
    link: Any = SimpleNamespace(is_greeting=True, close=lambda: None)
    direct.link, direct._opened_ms = link, clock.steady_ms() - open_ms
    assert await pauses(clock, direct, 1) == [pause_ms]


async def test_a_full_channel_gets_no_more_until_it_has_room() -> None:
    clock, channel = HandClock(), Channel()
    direct = Tried(clock, FIRST, LAST)
    direct.send(b"nowhere")
    there: Any = channel
    direct._connection = there
    channel.fill = CHANNEL_HIGH_BYTES
    direct.send(b"1")
    channel.fill += 1
    direct.send(b"2")
    for number in range(CHANNEL_QUEUE + 1):
        direct.send(bytes([number % 256]))
    assert channel.sent == [b"1", b"2"]
    assert len(direct._queue) == CHANNEL_QUEUE


async def test_a_channel_that_takes_nothing_is_given_up() -> None:
    clock, channel = HandClock(), Channel()
    direct = Tried(clock, FIRST, LAST)
    there: Any = channel
    direct._connection, channel.is_broken = there, True
    direct.send(b"1")
    await clock.advance(DIRECT_AGAIN_MS)
    assert (direct._connection, len(direct.at_ms)) == (None, 1)


@pytest.mark.parametrize(("host", "local"), [
    ("localhost", True), ("localhost:8443", True), ("127.0.0.1", True), ("127.0.0.1:80", True), ("[::1]:80", True),
    ("[::2]", False), ("chat.example.org", False), ("localhost.example.org", False), ("example.org:localhost", False),
])
def test_what_is_on_this_machine(host: str, local: bool) -> None:
    assert is_local(host) is local
