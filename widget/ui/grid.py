"""Emotes and emoji in rows of cells, of which only those in sight are drawn. A keyboard moves a mark among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from widget.ui.row_list import RowList
from widget.ui.search import Entry
from widget.ui.stage import Stage
from widget.ui.view import Effect, Node, UiEvent, h, listen

COLUMNS = 8
PAGE_ROWS = 5
ROW_PX = 40.0
ID = "cw-cells"


@dataclass(frozen=True)
class Section:
    """Entries under a heading, which may be "". Its `icon` is that of the first entry where it is ""."""

    title: str
    entries: Sequence[Entry]
    icon: str = ""


@dataclass(frozen=True)
class GridRow:
    """A heading, or the cells from `start` up to `end`."""

    title: str
    start: int
    end: int


class Grid:
    """`picture` draws an entry, `take` hears which one was chosen, and whether with Shift; `leave` that one goes up
    from the first row. The focus is on the grid, so that no row must stay for its sake; `aria-activedescendant` tells
    which cell is marked."""

    def __init__(
        self,
        stage: Stage,
        picture: Callable[[Entry], Node | str],
        take: Callable[[Entry, bool], None],
        leave: Callable[[], None],
    ) -> None:
        self._stage: Stage = stage
        self._picture: Callable[[Entry], Node | str] = picture
        self._take: Callable[[Entry, bool], None] = take
        self._leave: Callable[[], None] = leave
        self._list: RowList = RowList(stage.redraw, ROW_PX, False)
        self._list.press = self.on_key
        self._rows: list[GridRow] = []
        self._keys: list[str] = []
        self._cells: list[Entry] = []
        self._row_of: list[int] = []  # by cell
        self._heads: list[int] = []  # the row that each section begins with
        self._mark: int = 0
        self._attrs: dict[str, str] = {}

    def show(self, sections: Sequence[Section], is_same: bool) -> None:
        """Others, from their beginning; or the same, of which more is known, where the mark stays."""
        marked = self.marked()
        self._rows = []
        self._cells = []
        self._row_of = []
        self._heads = []
        for section in sections:
            self._heads.append(len(self._rows))
            if section.title != "":
                self._rows.append(GridRow(section.title, 0, 0))
            start = len(self._cells)
            self._cells += section.entries
            while start < len(self._cells):
                end = min(start + COLUMNS, len(self._cells))
                self._row_of += [len(self._rows) for _ in range(start, end)]
                self._rows.append(GridRow("", start, end))
                start = end
        self._keys = [f"row{place}" for place in range(len(self._rows))]
        now = self._cells[self._mark : self._mark + 1]
        if not (is_same and marked is not None and len(now) > 0 and now[0].word == marked.word):
            self._mark = 0
            self._list.to_top()

    def marked(self) -> Entry | None:
        return self._cells[self._mark] if len(self._cells) > 0 else None

    def jump(self, section: int) -> None:
        """To the beginning of a section."""
        head = self._heads[section]
        self._list.to_row(self._keys[head])
        self._mark = self._rows[head + 1].start
        self._stage.changed()

    def view(self, label: str) -> Node:
        attrs = {
            "class": "cw-cells",
            "id": ID,
            "role": "grid",
            "tabindex": "0",
            "aria-label": label,
            "aria-rowcount": str(len(self._rows)),
            "key": ID,
        }
        self._attrs = attrs
        return self._list.view(attrs, [], self._keys, self._row)

    def _row(self, place: int) -> Node:
        row = self._rows[place]
        attrs = {"role": "row", "aria-rowindex": str(place + 1), "data-row": "", "key": self._keys[place]}
        if row.end == 0:
            return h("div", {"class": "cw-cells-title", **attrs}, [h("div", {"role": "gridcell"}, [row.title])])
        return h("div", {"class": "cw-cells-row", **attrs}, [self._cell(each) for each in range(row.start, row.end)])

    def _cell(self, place: int) -> Node:
        entry = self._cells[place]
        if place == self._mark:
            self._attrs["aria-activedescendant"] = cell_id(place)  # while it is drawn

        def hear(event: UiEvent) -> None:
            if event.kind == "click":
                self._take(entry, event.shift)
            elif self._mark != place:
                self._mark = place
                self._stage.changed()

        attrs = {
            "class": "cw-cell cw-cell-marked" if place == self._mark else "cw-cell",
            "id": cell_id(place),
            "role": "gridcell",
            "aria-label": entry.name,
            "key": f"{place} {entry.word}",  # another entry's picture would stay until its own has come
        }
        return h("div", attrs, [self._picture(entry)], listen("click pointermove", hear))

    def on_key(self, event: UiEvent) -> None:
        to = self._moved(event)
        entry = self.marked()
        if event.key in ("Enter", " ") and entry is not None:
            event.prevent()
            self._take(entry, event.shift)
        elif to is not None:
            event.prevent()
            if to < 0:
                self._leave()
            else:
                self._go(to)

    def _go(self, to: int) -> None:
        self._mark = to
        row = self._row_of[to]
        if not self._list.is_drawn(row):
            self._list.to_row(self._keys[row])
        self._stage.do(Effect("show", cell_id(to)))

    def _moved(self, event: UiEvent) -> int | None:
        """Where the key leads to: -1 out of the grid, None nowhere."""
        last = len(self._cells) - 1
        row = self._rows[self._row_of[self._mark]]
        steps = {"ArrowRight": -1, "ArrowLeft": 1} if event.rtl else {"ArrowRight": 1, "ArrowLeft": -1}
        if event.key in steps:
            return max(0, min(last, self._mark + steps[event.key]))
        if event.key == "Home":
            return 0 if event.control else row.start
        if event.key == "End":
            return last if event.control else row.end - 1
        rows = {"ArrowDown": 1, "ArrowUp": -1, "PageDown": PAGE_ROWS, "PageUp": -PAGE_ROWS}
        count = rows.get(event.key)
        return None if count is None else self._down(count)

    def _down(self, count: int) -> int:
        """The cell below or above, that many rows of cells away."""
        step = 1 if count > 0 else -1
        row = found = self._row_of[self._mark]
        while count != 0 and 0 <= row + step < len(self._rows):
            row += step
            if self._rows[row].end > 0:
                found = row
                count -= step
        if found == self._row_of[self._mark]:
            return -1 if count == -1 else self._mark
        column = self._mark - self._rows[self._row_of[self._mark]].start
        return min(self._rows[found].start + column, self._rows[found].end - 1)


def cell_id(place: int) -> str:
    return f"cw-cell-{place}"
