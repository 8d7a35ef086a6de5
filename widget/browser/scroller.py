"""Keeps scrolled lists where their readers left them, whatever is drawn into them."""

from __future__ import annotations

from widget.browser import js
from widget.browser.drawn import Drawn
from widget.browser.reading import read_scroll
from widget.ui.row_list import NEAR_PX
from widget.ui.view import Node, UiEvent

SPACE = "before"  # the key of the space that stands for what is not drawn above


class Scroller:
    """One list with `data-rows`.

    What moved the row at the top edge is taken off the space above it, or added. The scroll position is written only
    where there is no such space: that would end a glide, and Safari loses what is written meanwhile. So the space may
    be higher than the list thinks, by `_slack_px`; it is told positions without that. `overflow-anchor` would do
    some of this, but not in Safari before 27.
    """

    def __init__(self, drawn: Drawn) -> None:
        self.drawn: Drawn = drawn
        self._kind: str = ""
        self._wanted: str = ""
        self._at_end: bool = False
        self._anchor: js.Value = None
        self._below_px: float = 0.0
        self._above_px: float = 0.0  # how high that space is
        self._slack_px: float = 0.0

    def become(self, mode: str) -> None:
        """The value of `data-rows`: another number in it shows what it names."""
        kind, _space, to = mode.partition(" ")
        if kind != self._kind:
            self._kind = kind
            self._wanted = to
            self._at_end = to == "end"

    def scrolled(self, event: UiEvent) -> None:
        self._at_end = self._kind.startswith("end") and event.below_px <= NEAR_PX
        if event.above_px > 0:  # at the very top is the first row, whatever the list thinks of the space
            event.above_px -= self._slack_px
        self.remember()

    def remember(self) -> None:
        """The row at the top edge, and how far below that it begins: before a drawing, and where one has scrolled to.

        None for who went to the very top: they want the first row, however high the rows turn out that were not drawn.
        """
        self._anchor = None
        if not (self._at_end or (self._above_px > 0 and self.drawn.element.scrollTop <= 0)):
            top: float = self.drawn.element.getBoundingClientRect().top
            for row in self._rows():
                box = row.element.getBoundingClientRect()
                if box.bottom > top:
                    self._anchor = row.element
                    self._below_px = box.top - top
                    return

    def restore(self) -> None:
        """After it."""
        if self._wanted != "":
            self._go(self._wanted)
            self._wanted = ""
        element = self.drawn.element
        space = self.drawn.children[-1]
        for child in self.drawn.children:
            if child.mark() == SPACE:
                space = child
        node = space.node
        given = None if isinstance(node, str) else node.attributes.get("px100")
        drawn_px: float = 0.0 if given is None else js.window.Number(given) / 100
        wanted_px: js.Value = drawn_px
        if drawn_px > 0 and not self._at_end:
            kept_px = space.element.offsetHeight - self._moved_px()
            if kept_px >= 0:
                wanted_px = kept_px
        space.element.style.height = f"{wanted_px}px"
        self._above_px = wanted_px
        self._slack_px = wanted_px - drawn_px
        if self._at_end:
            element.scrollTop = element.scrollHeight
        else:
            rest_px = self._moved_px()
            if rest_px != 0:
                element.scrollTop += rest_px

    def measure(self) -> bool:
        """Tell the list how high its rows are; whether it wants to be drawn again."""
        node = self.drawn.node
        if isinstance(node, str) or node.listener is None:
            return False
        event = UiEvent("rows")
        read_scroll(self.drawn.element, event)
        event.sizes_px = {row.mark(): row.element.getBoundingClientRect().height for row in self._rows()}
        node.listener.act(event)
        return event.again

    def _go(self, to: str) -> None:
        """To the top, or that row at the top edge. Chromium's glides go on from what is written, but not after one
        that a script began."""
        element = self.drawn.element
        element.scrollTo(js.options({"behavior": "smooth"}))
        self._anchor = None
        if to == "top":
            element.scrollTop = 0
        for row in self._rows():
            if row.mark() == to:
                self._anchor = row.element
                self._below_px = 0.0

    def _rows(self) -> list[Drawn]:
        return [child for child in self.drawn.children if is_row(child.node)]

    def _top_px(self, row: js.Value) -> float:
        top: float = row.getBoundingClientRect().top - self.drawn.element.getBoundingClientRect().top
        return top

    def _moved_px(self) -> float:
        """How far the row of before has moved; 0 for less than what is seen."""
        if self._anchor is None or not bool(self._anchor.isConnected):
            return 0.0
        moved = self._top_px(self._anchor) - self._below_px
        return moved if abs(moved) >= 0.5 else 0.0


def is_row(node: Node | str) -> bool:
    return not isinstance(node, str) and "data-row" in node.attributes
