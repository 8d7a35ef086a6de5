"""How many of my texts go at once, and how fast from then on."""

from __future__ import annotations

import pytest

from tests.fakes.clock import HandClock
from widget.model import ChatMessage
from widget.room.limits import FRAME_EVENTS, SAID_BURST, SAID_EACH_MS
from widget.room.outbox import Outbox
from widget.room.own_text import Waiting
from widget.wire.event import EVENT_BYTES, LENGTH_BYTES
from widget.wire.frame import CONTENT_BYTES

LINE = ChatMessage("1" * 32, "room", "sub", "Ann", "", "hi", True, [], [], delivery="sending", mine=True)


class Speaking:
    """Says what it is given. `frames` is how many texts went together."""

    is_closed = False
    is_guest = False

    def __init__(self) -> None:
        self.frames: list[int] = []

    def is_ready(self) -> bool:
        return True

    async def say(self, _kind: int, bodies: list[bytes]) -> None:
        self.frames.append(len(bodies))

    def people(self) -> dict[str, str]:
        return {}

    def holders(self, _author: str, _seq: int) -> list[str]:
        return []

    def agrees(self) -> bool:
        return True


def outbox(clock: HandClock, speaker: Speaking) -> Outbox:
    made = Outbox(clock, lambda error: None)
    made.speaker = speaker
    return made


async def give(box: Outbox, clock: HandClock, *sizes: int) -> None:
    box.waiting.extend(Waiting(LINE, 0, bytes(size), "") for size in sizes)
    box.flush()
    await clock.settle()


async def test_so_many_go_at_once_and_the_next_so_long_after(clock: HandClock) -> None:
    speaker = Speaking()
    box = outbox(clock, speaker)
    for _ in range(SAID_BURST + 1):
        await give(box, clock, 9)
    await clock.advance(SAID_EACH_MS - 1)
    assert (len(speaker.frames), len(box.waiting)) == (SAID_BURST, 1)
    await clock.advance(1)
    assert (len(speaker.frames), len(box.waiting)) == (SAID_BURST + 1, 0)


@pytest.mark.parametrize(("count", "frames"), [
    (FRAME_EVENTS - 1, [FRAME_EVENTS - 1]),
    (FRAME_EVENTS, [FRAME_EVENTS]),
    (FRAME_EVENTS + 1, [FRAME_EVENTS, 1]),
])
async def test_so_many_go_in_one_frame(clock: HandClock, count: int, frames: list[int]) -> None:
    speaker = Speaking()
    await give(outbox(clock, speaker), clock, *[9] * count)
    assert speaker.frames == frames


@pytest.mark.parametrize(("more", "frames"), [(-1, [2]), (0, [2]), (1, [1, 1])])
async def test_so_many_bytes_go_in_one_frame(clock: HandClock, more: int, frames: list[int]) -> None:
    speaker = Speaking()
    room = CONTENT_BYTES - 1 - 2 * (EVENT_BYTES + LENGTH_BYTES)
    await give(outbox(clock, speaker), clock, 9_000, room - 9_000 + more)
    assert speaker.frames == frames
