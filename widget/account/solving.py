"""Working on a puzzle in slices, so that the page goes on meanwhile and whoever waits can stop it."""

from __future__ import annotations

from collections.abc import Callable

from widget.errors import OrderError
from widget.ports import Platform
from widget.transport.waiting import pause

SLICE_MS: int = 10
TRIES: int = 256  # between two looks at the clock


def always() -> bool:
    """Nobody stops it."""
    return True


async def solve(platform: Platform, puzzle: bytes, bits: int, goes_on: Callable[[], bool]) -> int:
    """The answer. `goes_on` is asked before each slice; OrderError when it says no."""
    clock, start = platform.clock, 0
    while goes_on():
        end_ms = clock.steady_ms() + SLICE_MS
        while clock.steady_ms() < end_ms:
            answer = platform.search(puzzle, start, TRIES, bits)
            if answer >= 0:
                return answer
            start += TRIES
        await pause(clock, 0)
    raise OrderError("order.stopped", "Stopped.")
