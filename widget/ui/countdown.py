"""Seconds until something may be done again, on the button that does it."""

from __future__ import annotations

from collections.abc import Callable

from widget.ui.stage import Stage, nothing
from widget.ui.strings import say


class Countdown:
    """Draws by the second while it runs."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self._end_ms: int = 0
        self._stop: Callable[[], None] = nothing

    def label(self, words: str) -> str:
        """What the button says."""
        left_s = self.left_s()
        return say("Send again in {}", f"{left_s // 60}:{left_s % 60:02d}") if left_s > 0 else words

    def left_s(self) -> int:
        return (self._end_ms - self._stage.clock.steady_ms() + 999) // 1000

    def start(self, seconds: int) -> None:
        self._end_ms = self._stage.clock.steady_ms() + seconds * 1000
        self._stop()
        self._tick()

    def end(self) -> None:
        self._stop()
        self._end_ms = 0

    def _tick(self) -> None:
        self._stage.changed()
        if self.left_s() > 0:
            self._stop = self._stage.clock.after(1000, self._tick)
