"""When what the chat tells is drawn: a moment later, many changes at once.

A drawing takes as long as several packets, and they come and go together. What somebody does on the screen is drawn
with the next frame.
"""

from __future__ import annotations

from widget.ui.stage import Stage

SHOW_AFTER_MS = 64
FLOOD_MS = 200  # while change follows change


class Pace:
    """`told` whenever something changed."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self._is_due: bool = False
        self._shown_ms: int = -FLOOD_MS

    def told(self) -> None:
        if not self._is_due:
            self._is_due = True
            is_flood = self._stage.clock.steady_ms() - self._shown_ms < FLOOD_MS
            self._stage.clock.after(FLOOD_MS if is_flood else SHOW_AFTER_MS, self._show)

    def _show(self) -> None:
        self._is_due = False
        self._shown_ms = self._stage.clock.steady_ms()
        self._stage.changed()
