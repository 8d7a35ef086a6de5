"""The search of the picker: what it finds, what Enter takes, what it begins anew."""

from __future__ import annotations

from tests.fakes.core import emote
from tests.fakes.screen import act, by_class, event, labelled, walk
from tests.widget.ui.emoji_data import ENGLISH
from tests.widget.ui.picking import FIND, OPEN, cells, draft, grid_key, in_room, marked, opened, titles
from widget.native.language import English
from widget.ui.view import attributes


def test_search_looks_in_everything() -> None:
    someone = opened([emote("ape")])
    someone.type(FIND, "ape")
    assert cells(someone) == ["ape", "monkey face", "grapes"]
    assert by_class(someone.screen, "cw-jump") == []
    someone.type(FIND, "monkey ")
    assert cells(someone) == ["monkey face"]
    assert attributes(labelled(someone.screen, FIND))["value"] == "monkey "  # another word may follow
    someone.type(FIND, "xyz")
    assert "Nothing is called that." in someone.sees()
    assert [node for node in walk(someone.screen) if attributes(node).get("role") == "grid"] == []


def test_enter_in_the_search_takes_the_first_and_one_of_an_input_method_does_not() -> None:
    someone = opened()
    for key, taken in (("Enter", False), ("", False)):
        pressed = event("keydown", key=key)
        act(by_class(someone.screen, "cw-find")[0], pressed)
        assert pressed.prevented == taken
    someone.type(FIND, "ape")
    act(by_class(someone.screen, "cw-find")[0], event("keydown", key="Enter"))
    someone.settle()
    assert draft(someone) == "🐵"


def test_enter_takes_what_is_called_as_the_field_says_though_it_is_not_drawn_yet() -> None:
    someone = opened()
    screen = someone.screen
    act(labelled(screen, FIND), event("input", "ape"))
    act(by_class(screen, "cw-find")[0], event("keydown", key="Enter"))
    someone.settle()
    assert draft(someone) == "🐵"


def test_what_is_still_on_its_way_is_not_said_to_be_nothing() -> None:
    someone = in_room()
    act(labelled(someone.screen, OPEN), event("click"))
    act(labelled(someone.screen, FIND), event("input", "ape"))
    find = by_class(someone.screen, "cw-find")[0]
    act(find, event("keydown", key="Enter"))
    assert "One moment" in someone.sees()
    assert "Nothing is called that." not in someone.sees()
    someone.settle()
    assert cells(someone) == ["monkey face", "grapes"]


def test_another_language_of_the_page_renews_an_open_picker() -> None:
    class German(English):
        locale = "de"

    someone = opened()
    someone.page.data["de"] = ["Gruppe", *ENGLISH[1:14], "grinsendes Gesicht|froh", *ENGLISH[15:]]
    someone.app.speak(German())
    assert cells(someone)[0] == "grinning face", "until its words are here"
    someone.settle()
    assert (titles(someone)[0], cells(someone)[0]) == ("Gruppe", "grinsendes Gesicht")
    someone.type(FIND, "froh")
    assert cells(someone) == ["grinsendes Gesicht"]


def test_a_search_and_its_end_begin_the_grid_anew() -> None:
    someone = opened([emote(f"owl{number}") for number in range(5000)])
    grid_key(someone, "End", control=True)
    someone.type(FIND, "ape")
    assert marked(someone) == "monkey face"
    assert titles(someone) == []
    grid_key(someone, "End", control=True)
    before = someone.drawings
    someone.type(FIND, "")
    assert someone.drawings > before
    assert marked(someone) == "owl0"
    grid_key(someone, "ArrowDown")
    assert marked(someone) == "owl8"
    before = someone.drawings
    act(by_class(someone.screen, "cw-jump")[3], event("click"))
    assert someone.drawings > before
    assert marked(someone) == "monkey face"
    assert ENGLISH[2] in titles(someone), "it is in sight"


def test_what_was_sought_is_forgotten_when_it_closes() -> None:
    someone = opened()
    someone.type(FIND, "ape")
    someone.escape()
    someone.click(OPEN)
    assert attributes(labelled(someone.screen, FIND))["value"] == ""
    assert titles(someone) == ENGLISH[:9]
