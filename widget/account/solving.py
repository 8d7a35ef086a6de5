"""Working on a puzzle in slices, so that the page goes on meanwhile and whoever waits can stop it."""

from __future__ import annotations

from collections.abc import Callable

from widget.errors import StoppedError
from widget.ports import Platform
from widget.transport.waiting import pause
from widget.wire.sign_in import ANSWER_BITS, ANSWERS

SLICE_MS: int = 40  # a browser waits 4 ms between two, and calls 50 ms long
TRIES: int = 256  # between two looks at the clock


def always() -> bool:
    """Nobody stops it."""
    return True


async def solve(platform: Platform, puzzle: bytes, bits: int, goes_on: Callable[[], bool]) -> list[int]:
    """The answers. `goes_on` is asked before each slice; StoppedError when it says no."""
    clock, start = platform.clock, 0
    answers: list[int] = []
    while goes_on():
        end_ms = clock.steady_ms() + SLICE_MS
        while clock.steady_ms() < end_ms:
            answer = platform.search(puzzle, start, TRIES, max(0, bits - ANSWER_BITS))
            start += TRIES
            if answer >= 0:
                answers.append(answer)
                start = answer + 1
            if len(answers) == ANSWERS:
                return answers
        await pause(clock, 0)
    raise StoppedError("order.stopped", "Stopped.")
