"""Calls for which the service may want work done first."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from widget.account.solving import solve
from widget.errors import RefusedError
from widget.ports import Platform
from widget.wire.base16 import from_hex

PUZZLES: int = 3  # so many are solved for one call: the next may be harder, for the load grows


async def working(
    platform: Platform,
    goes_on: Callable[[], bool],
    ask: Callable[[dict[str, Any]], Coroutine[Any, Any, dict[str, Any]]],
) -> dict[str, Any]:
    """The reply to `ask`, which is given what was solved for it; StoppedError when `goes_on` says no."""
    solved: dict[str, Any] = {}
    left = PUZZLES
    while True:
        try:
            return await ask(solved)
        except RefusedError as error:
            if error.bits == 0 or left == 0:
                raise
            answers = await solve(platform, from_hex(error.puzzle), error.bits, goes_on)
            solved = {"puzzle": error.puzzle, "answers": answers}
            left -= 1
