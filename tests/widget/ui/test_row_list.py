"""A long list: which rows it draws, which keys it hears, where its reader is."""

from __future__ import annotations

import pytest

from tests.fakes.screen import act, event
from widget.ui.row_list import NEAR_PX, RowList
from widget.ui.view import Node, UiEvent, attributes, h

ROW_PX = 40.0
VIEW_PX = 400.0
KEYS = [str(number) for number in range(1000)]
ALL_PX = ROW_PX * len(KEYS)


class Reader:
    """Somebody in front of a list whose rows are as high as guessed."""

    def __init__(self, keeps_end: bool = False) -> None:
        self.drawings = 0
        self.list = RowList(self._count, ROW_PX, keeps_end)
        self.keys = KEYS
        self.scroll(ALL_PX - VIEW_PX if keeps_end else 0.0)
        self.drawings = 0

    def _count(self) -> None:
        self.drawings += 1

    @property
    def view(self) -> Node:
        lead = h("p", {"class": "lead"})
        return self.list.view(
            {"class": "list"}, [lead], self.keys, lambda place: h("div", {"data-row": "", "key": self.keys[place]})
        )

    @property
    def drawn(self) -> tuple[int, int]:
        """The first and the last row that is there."""
        rows = [int(node.mark) for node in self.view.children if isinstance(node, Node) and node.mark in KEYS]
        return rows[0], rows[-1]

    @property
    def has_lead(self) -> bool:
        return any(isinstance(node, Node) and node.tag == "p" for node in self.view.children)

    def scroll(self, above_px: float, view_px: float = VIEW_PX) -> None:
        moved = event("scroll")
        moved.above_px, moved.view_px, moved.below_px = above_px, view_px, ALL_PX - above_px - view_px
        act(self.view, moved)

    def press(self, key: str) -> UiEvent:
        pressed = event("keydown", key=key)
        act(self.view, pressed)
        return pressed


def test_what_is_in_sight_and_half_as_much_around_it_is_drawn() -> None:
    reader = Reader()
    assert reader.drawn == (0, 15)
    reader.scroll(4_000)
    assert reader.drawn == (95, 115)
    reader.scroll(4_000, view_px=800)
    assert reader.drawn == (90, 130)


def test_a_reader_in_the_middle_of_a_row_stays_there() -> None:
    reader = Reader()
    reader.scroll(4_030, view_px=460)  # 230 above that is in row 95, above the row's own top in 94
    assert reader.drawn == (95, 118)
    reader.list.to_row("100")  # at its top edge
    assert reader.drawn == (94, 117)


def test_what_stands_above_the_first_row_is_there_with_it() -> None:
    reader = Reader()
    assert reader.has_lead
    reader.scroll(4_000)
    assert not reader.has_lead


@pytest.mark.parametrize("keeps_end", [True, False])
def test_home_leads_to_the_first_row(keeps_end: bool) -> None:
    reader = Reader(keeps_end)
    reader.scroll(4_000)
    before = reader.drawings
    assert reader.press("Home").prevented
    assert reader.drawings == before + 1
    assert reader.drawn == (0, 15)
    assert not reader.list.at_end
    reader.keys = [*[str(number) for number in range(1000, 1100)], *KEYS[:-100]]
    # What comes in above moves nothing.
    assert "0" in [node.mark for node in reader.view.children if isinstance(node, Node)]


def test_end_leads_to_the_last_row_where_the_end_is_kept() -> None:
    reader = Reader(keeps_end=True)
    reader.scroll(4_000)
    before = reader.drawings
    assert reader.press("End").prevented
    assert reader.drawings == before + 1
    assert reader.list.at_end
    assert reader.drawn[1] == 999


def test_end_is_the_browsers_own_elsewhere() -> None:
    reader = Reader()
    assert not reader.press("End").prevented
    assert not reader.press("a").prevented
    assert reader.drawings == 0
    assert reader.drawn[0] == 0


def test_the_end_is_where_less_than_a_row_is_hidden() -> None:
    reader = Reader(keeps_end=True)
    for below_px, at_end in ((NEAR_PX + 1, False), (NEAR_PX, True)):
        reader.scroll(ALL_PX - VIEW_PX - below_px)
        assert reader.list.at_end == at_end
    other = Reader()
    other.scroll(ALL_PX - VIEW_PX)
    assert not other.list.at_end


def test_a_jump_leaves_the_end() -> None:
    reader = Reader(keeps_end=True)
    assert reader.list.at_end
    reader.list.to_row("500")
    assert not reader.list.at_end
    assert reader.drawn == (495, 515)


def test_nothing_is_drawn_anew_while_a_quarter_of_the_view_is_left() -> None:
    reader = Reader()
    reader.scroll(4_000)
    first, last = reader.drawn
    reader.drawings = 0
    for above_px, drawings in (
        (first * ROW_PX + VIEW_PX / 4, 0),
        (first * ROW_PX + VIEW_PX / 4 - 1, 1),
        ((last + 1) * ROW_PX - VIEW_PX * 5 / 4, 0),
        ((last + 1) * ROW_PX - VIEW_PX * 5 / 4 + 1, 1),
    ):
        reader.scroll(4_000)
        assert reader.drawn == (first, last)
        reader.drawings = 0
        moved = event("scroll")
        moved.above_px, moved.view_px, moved.below_px = above_px, VIEW_PX, ALL_PX - above_px - VIEW_PX
        reader.list.on_event(moved)
        assert reader.drawings == drawings, above_px


def test_to_leave_the_end_is_drawn() -> None:
    reader = Reader(keeps_end=True)
    for below_px in (NEAR_PX + 1, 0):
        reader.drawings = 0
        reader.scroll(ALL_PX - VIEW_PX - below_px)
        assert reader.drawings == 1


def test_an_element_that_comes_back_is_told_the_row_that_was_left() -> None:
    reader = Reader(keeps_end=True)
    for above_px, to in ((4_010, "100"), (ALL_PX - VIEW_PX, "end")):
        reader.scroll(above_px)
        assert attributes(reader.view)["data-rows"] == f"end0 {to}"
    reader.list.to_row("7")
    assert attributes(reader.view)["data-rows"] == "end1 7"
    assert attributes(Reader().view)["data-rows"] == "top0 0"


def test_a_jump_stands_though_the_reader_was_still_scrolling() -> None:
    """What the browser tells of before the next drawing is the place that is being left."""
    reader = Reader(keeps_end=True)
    view = reader.view
    act(view, event("keydown", key="Home"))
    moved = event("scroll")
    moved.above_px, moved.view_px, moved.below_px = ALL_PX - VIEW_PX, VIEW_PX, 0.0
    act(view, moved)
    assert attributes(reader.view)["data-rows"].endswith(" top")
    assert reader.drawn[0] == 0
    reader.scroll(ALL_PX / 2)
    assert reader.drawn[0] > 400
