"""The picker as one works it: opened, chosen from, closed, and what comes into the draft."""

from __future__ import annotations

from tests.fakes.core import emote
from tests.fakes.screen import act, by_class, event, labelled, walk, words
from tests.widget.ui.picking import OPEN, cell, cells, choose, draft, focused, grid_key, in_room, is_open, opened
from widget.ui.view import attributes


def test_the_button_is_there_without_emotes_and_nothing_is_fetched_before_it_is_pressed() -> None:
    someone = in_room()
    assert attributes(labelled(someone.screen, OPEN))["aria-expanded"] == "false"
    assert someone.page.asked == []
    someone.click(OPEN)
    assert someone.page.asked == ["", "en-GB"]


def test_pressed_it_leaves_the_focus_in_the_field() -> None:
    someone = in_room()
    pressed = event("mousedown")
    act(labelled(someone.screen, OPEN), pressed)
    assert pressed.prevented
    assert not is_open(someone)


def test_an_emoji_goes_in_at_the_caret_and_an_emote_as_a_word() -> None:
    someone = opened([emote("owl")])
    choose(someone, "grapes")
    assert not is_open(someone)
    someone.click(OPEN)
    choose(someone, "owl")
    assert draft(someone) == "🍇 owl "


def test_with_shift_it_stays_open() -> None:
    someone = opened()
    choose(someone, "grapes", shift=True)
    assert is_open(someone)
    grid_key(someone, "Enter", shift=True)
    assert is_open(someone)
    grid_key(someone, " ")
    assert not is_open(someone)
    assert draft(someone) == "🍇😀😀"


def test_escape_gives_the_focus_back_but_on_a_phone_no_keyboard() -> None:
    for touch, to in ((False, ["cw-message"]), (True, [])):
        someone = in_room()
        someone.page.touch = touch
        someone.click(OPEN)
        assert focused(someone) == ([] if touch else ["cw-find"])
        someone.escape()
        assert focused(someone) == to
        assert not is_open(someone)


def test_the_skin_is_turned_and_shown_everywhere() -> None:
    someone = opened()
    someone.click("Skin tone")
    assert words(cell(someone, "waving hand")) == "👋🏻"
    choose(someone, "waving hand")
    assert draft(someone) == "👋🏻"
    someone.click(OPEN)
    assert words(cell(someone, "waving hand")) == "👋🏻"
    someone.click("Skin tone: light skin tone")


def test_where_the_system_has_no_picture_of_a_hand_no_skin_is_offered() -> None:
    someone = in_room()
    someone.page.undrawn = ["🦉", "👋"]
    someone.click(OPEN)
    assert [node for node in walk(someone.screen) if attributes(node).get("aria-label") == "Skin tone"] == []


def test_what_one_points_at_is_shown_large_with_its_name_and_code() -> None:
    someone = opened()
    act(cell(someone, "grapes"), event("pointermove"))
    assert words(by_class(someone.screen, "cw-preview")[0]) == "🍇 grapes :grapes:"
    before = someone.drawings
    act(cell(someone, "grapes"), event("pointermove"))
    assert someone.drawings == before


def test_without_emoji_there_are_emotes_and_without_both_a_sentence() -> None:
    someone = in_room([emote("owl")], data=False)
    someone.click(OPEN)
    assert cells(someone) == ["owl"]
    assert by_class(someone.screen, "cw-find")[0].children[1:] == []
    someone = in_room(data=False)
    someone.click(OPEN)
    assert "The emoji could not be loaded." in someone.sees()
    assert len(someone.page.complaints) == 1


def test_whether_emotes_move_can_be_set_where_there_are_any() -> None:
    assert by_class(opened().screen, "cw-plays") == []
    assert len(by_class(opened([emote("owl")]).screen, "cw-plays")) == 1
