"""A long list of which only what is in sight is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from widget.ui.rows import Rows
from widget.ui.view import Attributes, Handler, Node, UiEvent, h, listen

NEAR_PX = 48
FIRST_VIEW_PX = 600.0  # until the page has told


class RowList:
    """Rows by key in one scrolled element, which `keeps_end` in sight while its reader is there, or begins at its top.

    The reader's place is a row, never a length: what comes in above moves nothing. `changed` asks for a drawing,
    `press` hears keys.
    """

    def __init__(self, changed: Callable[[], None], guess_px: float, keeps_end: bool) -> None:
        self._changed: Callable[[], None] = changed
        self._rows: Rows = Rows(guess_px)
        self._keeps_end: bool = keeps_end
        self._jumps: int = 0
        self._is_jumping: bool = False  # what is scrolled until the next drawing is the old place
        self._to: str = "end" if keeps_end else "top"
        self._view_px: float = FIRST_VIEW_PX
        self._anchor: str = ""
        self._below_px: float = 0.0
        self._drawn: tuple[int, int] = (0, 0)
        self.at_end: bool = keeps_end
        self.press: Handler = self._jump

    def view(
        self, attributes: Attributes, lead: Sequence[Node], keys: list[str], row: Callable[[int], Node]
    ) -> Node:
        """`row` draws the row at a place, with its key and `data-row`. `lead` stands above the first."""
        rows = self._rows
        rows.sync(keys)
        self._is_jumping = False
        start, end = rows.around(self._above_px(), self._view_px)
        self._drawn = (start, end)
        nodes = [] if start > 0 else [*lead]
        nodes.append(space("before", rows.top_px(start)))
        for place in range(start, end):
            nodes.append(row(place))
        nodes.append(space("after", rows.top_px(len(keys)) - rows.top_px(end)))
        mode = f"{'end' if self._keeps_end else 'top'}{self._jumps} {self._to}"
        return h("div", {**attributes, "data-rows": mode}, nodes, listen("scroll keydown rows", self.on_event))

    def to_end(self) -> None:
        self._go("end")
        self.at_end = True

    def to_top(self) -> None:
        self._go("top")
        if len(self._rows.keys) > 0:
            self._anchor = self._rows.keys[0]

    def to_row(self, key: str) -> None:
        self._go(key)
        self._anchor = key

    def is_drawn(self, place: int) -> bool:
        return self._drawn[0] <= place < self._drawn[1]

    def _go(self, to: str) -> None:
        self.at_end = False
        self._below_px = 0.0
        self._to = to
        self._jumps += 1
        self._is_jumping = True

    def on_event(self, event: UiEvent) -> None:
        if event.kind == "keydown":
            self.press(event)
            return
        self._view_px = event.view_px
        if event.kind == "rows":
            self._rows.measure(event.sizes_px)
            event.again = self._is_short(self._above_px())
        elif not self._is_jumping:
            self._look(event)

    def _jump(self, event: UiEvent) -> None:
        """The browser would glide there through all that is not drawn."""
        if event.key == "End" and self._keeps_end:
            event.prevent()
            self.to_end()
            self._changed()
        elif event.key == "Home":
            event.prevent()
            self.to_top()
            self._changed()

    def _look(self, event: UiEvent) -> None:
        """The reader is somewhere else now. No drawing while what is drawn reaches a quarter of the view further."""
        rows = self._rows
        was_at_end = self.at_end
        self.at_end = self._keeps_end and event.below_px <= NEAR_PX
        if len(rows.keys) > 0:
            top = rows.at_px(event.above_px)
            self._anchor = rows.keys[top]
            self._below_px = event.above_px - rows.top_px(top)
        self._to = "end" if self.at_end else self._anchor
        if self._is_short(event.above_px) or self.at_end != was_at_end:
            self._changed()

    def _is_short(self, above_px: float) -> bool:
        """What is drawn does not reach a quarter of the view further."""
        rows = self._rows
        start, end = self._drawn
        near_px = self._view_px / 4
        if start > 0 and rows.top_px(start) > above_px - near_px:
            return True
        return end < len(rows.keys) and rows.top_px(end) < above_px + self._view_px + near_px

    def _above_px(self) -> float:
        rows = self._rows
        if self.at_end:
            return rows.top_px(len(rows.keys)) - self._view_px
        place = rows.place_of(self._anchor)
        return 0.0 if place is None else rows.top_px(place) + self._below_px


def list_item(classes: str, key: str, place: int, total: int, parts: Sequence[Node]) -> Node:
    """A row of a list whose number and length are told, for most of it may not be drawn."""
    attrs = {
        "class": classes,
        "role": "listitem",
        "aria-posinset": str(place + 1),
        "aria-setsize": str(total),
        "data-row": "",
        "key": key,
    }
    return h("div", attrs, parts)


def space(key: str, px: float) -> Node:
    """What is not drawn has its height."""
    return h("div", {"key": key, "px100": str(int(px * 100))})
