"""The grid of the picker by keyboard and pointer: one mark, of many rows those in sight."""

from __future__ import annotations

import pytest

from tests.fakes.core import emote
from tests.fakes.screen import act, by_class, event, walk
from tests.widget.ui.emoji_data import ENGLISH
from tests.widget.ui.picking import FIND, OPEN, cell, cells, focused, grid_key, in_room, marked, opened
from widget.ui.view import attributes


@pytest.mark.parametrize(("keys", "name"), [
    (["ArrowRight"], "grinning face with smiling eyes"),
    (["ArrowRight", "ArrowLeft", "ArrowLeft"], "grinning face"),
    (["ArrowDown"], "waving hand"),
    (["End"], "red heart"),
    (["End", "ArrowRight"], "waving hand"),
    (["End", "ArrowDown"], "people holding hands"),
    (["End", "ArrowDown", "ArrowDown", "ArrowUp"], "waving hand"),
    (["End", "Home"], "grinning face"),
    (["PageDown"], "jack-o-lantern"),
    (["PageDown", "PageDown"], "flag: Switzerland"),
    (["PageDown", "PageUp"], "grinning face"),
    (["ArrowRight", "PageUp"], "grinning face with smiling eyes"),
    (["^End"], "flag: Switzerland"),
    (["^End", "ArrowDown", "ArrowRight"], "flag: Switzerland"),
    (["^End", "^Home"], "grinning face"),
])  # fmt: skip
def test_keys_move_the_mark_as_in_a_grid(keys: list[str], name: str) -> None:
    someone = opened()
    for key in keys:
        assert grid_key(someone, key.strip("^"), control=key[0] == "^").prevented
    assert marked(someone) == name


def test_from_right_to_left_the_arrows_swap() -> None:
    someone = opened()
    grid_key(someone, "ArrowLeft", rtl=True)
    assert marked(someone) == "grinning face with smiling eyes"
    grid_key(someone, "ArrowRight", rtl=True)
    assert marked(someone) == "grinning face"


def test_up_from_the_first_row_leads_to_the_search_and_down_back() -> None:
    someone = opened()
    focused(someone)
    grid_key(someone, "ArrowUp")
    assert focused(someone) == ["cw-find"]
    down = event("keydown", key="ArrowDown")
    act(by_class(someone.screen, "cw-find")[0], down)
    assert down.prevented
    assert focused(someone) == ["cw-cells"]


def test_a_letter_in_the_grid_is_nothing_and_tab_leaves_it() -> None:
    someone = opened()
    for key in ("a", "Tab", "Escape"):
        assert not grid_key(someone, key).prevented


def test_the_mark_stays_when_names_come_and_not_when_others_do() -> None:
    someone = in_room()
    del someone.page.data["en-GB"]
    someone.click(OPEN)
    grid_key(someone, "ArrowRight")
    before = marked(someone)
    palette = someone.app.client.input._palette
    palette.words = ENGLISH
    palette._read()
    assert marked(someone) not in (before, cells(someone)[0])
    someone.chat.become(emotes=[emote("owl")])
    assert marked(someone) == cells(someone)[0] == "owl"
    grid_key(someone, "ArrowRight")
    someone.escape()
    someone.click(OPEN)
    assert marked(someone) == cells(someone)[0]


def test_rows_tell_their_number() -> None:
    grid = by_class(opened().screen, "cw-cells")[0]
    assert attributes(grid)["aria-rowcount"] == "18"
    assert [attributes(row)["aria-rowindex"] for row in walk(grid) if attributes(row).get("role") == "row"][:3] == [
        "1", "2", "3",
    ]  # fmt: skip


def test_of_many_emotes_few_are_drawn() -> None:
    someone = opened([emote(f"owl{number}") for number in range(5000)])
    assert len(list(walk(someone.screen))) < 600
    assert attributes(by_class(someone.screen, "cw-cells")[0])["aria-rowcount"] == str(1 + 625 + 18)
    grid_key(someone, "End", control=True)
    assert cells(someone)[-1] == "flag: Switzerland"
    assert marked(someone) == "flag: Switzerland"


def test_what_is_marked_is_brought_into_sight_and_what_is_drawn_is_not_jumped_to() -> None:
    someone = opened()
    someone.app.stage.effects()
    place = attributes(by_class(someone.screen, "cw-cells")[0])["data-rows"]
    grid_key(someone, "ArrowRight")
    assert [(each.kind, each.id) for each in someone.app.stage.effects()] == [("show", "cw-cell-1")]
    assert attributes(by_class(someone.screen, "cw-cells")[0])["data-rows"] == place


def test_up_leaves_the_first_row_and_page_up_stays_in_it() -> None:
    someone = opened([emote(f"owl{number}") for number in range(20)])
    someone.type(FIND, "owl")
    focused(someone)
    for key, name in (("ArrowDown", "owl8"), ("ArrowUp", "owl0"), ("PageUp", "owl0")):
        grid_key(someone, key)
        assert marked(someone) == name
        assert focused(someone) == []
    grid_key(someone, "ArrowUp")
    assert focused(someone) == ["cw-find"]


def test_home_leads_to_the_beginning_of_the_row() -> None:
    someone = opened()
    for key in ("End", "ArrowDown"):
        grid_key(someone, key)
    assert marked(someone) == "people holding hands"
    grid_key(someone, "Home")
    assert marked(someone) == "waving hand"


def test_keys_that_take_something_do_nothing_else() -> None:
    someone = opened()
    assert grid_key(someone, "Enter", shift=True).prevented
    assert grid_key(someone, " ", shift=True).prevented
    someone.type(FIND, "ape")
    pressed = event("keydown", key="Enter")
    act(by_class(someone.screen, "cw-find")[0], pressed)
    assert pressed.prevented


def test_pointing_at_a_cell_and_turning_the_skin_are_drawn() -> None:
    someone = opened()
    before = someone.drawings
    act(cell(someone, "grapes"), event("pointermove"))
    assert someone.drawings > before
    before = someone.drawings
    someone.click("Skin tone")
    assert someone.drawings > before
