"""The picker as one works it: search, groups, a grid for the keyboard, those used last, what comes into the draft."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.core import emote, room
from tests.fakes.screen import Person, act, by_class, by_tag, event, labelled, walk, words
from tests.widget.ui.emoji_data import EMOJI, ENGLISH
from widget.model import ChatState, EmoteData
from widget.ui.view import Node, UiEvent, attributes

FIND = "Find emoji and emotes"
OPEN = "Emoji and emotes"


def in_room(emotes: list[EmoteData] | None = None, data: bool = True) -> Person:
    someone = Person(ChatState(
        authenticated=True, status="connected", room=room("r1", "Owls", 2), emotes=emotes or [],
    ))  # fmt: skip
    if data:
        someone.page.data = {"": EMOJI, "en-GB": ENGLISH}
    return someone


def opened(emotes: list[EmoteData] | None = None) -> Person:
    someone = in_room(emotes)
    someone.click(OPEN)
    return someone


def cells(someone: Person) -> list[str]:
    return [attributes(node)["aria-label"] for node in by_class(someone.screen, "cw-cell")]


def titles(someone: Person) -> list[str]:
    return [words(node) for node in by_class(someone.screen, "cw-cells-title")]


def marked(someone: Person) -> str:
    found = by_class(someone.screen, "cw-cell-marked")
    assert len(found) == 1
    grid = by_class(someone.screen, "cw-cells")[0]
    assert attributes(grid)["aria-activedescendant"] == attributes(found[0])["id"]
    return attributes(found[0])["aria-label"]


def grid_key(someone: Person, key: str, control: bool = False, rtl: bool = False, shift: bool = False) -> UiEvent:
    pressed = event("keydown", key=key, shift=shift)
    pressed.control, pressed.rtl = control, rtl
    act(by_class(someone.screen, "cw-cells")[0], pressed)
    someone.settle()
    return pressed


def cell(someone: Person, name: str) -> Node:
    return next(node for node in by_class(someone.screen, "cw-cell") if attributes(node)["aria-label"] == name)


def choose(someone: Person, name: str, shift: bool = False) -> None:
    act(cell(someone, name), event("click", shift=shift))
    someone.settle()


def draft(someone: Person) -> str:
    return attributes(by_tag(someone.screen, "textarea")[0])["value"]


def is_open(someone: Person) -> bool:
    return len(by_class(someone.screen, "cw-picker")) > 0


def focused(someone: Person) -> list[str]:
    return [effect.id for effect in someone.app.stage.effects() if effect.kind == "focus"]


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


def test_emotes_of_the_site_come_first_then_those_of_7tv_then_emoji() -> None:
    own = replace(emote("hoot"), provider="custom")
    assert titles(opened([emote("owl"), own])) == ["Emotes of this site", "7TV", *ENGLISH[:9]]


def test_what_was_used_comes_first_the_next_time() -> None:
    someone = opened([emote("owl")])
    choose(someone, "owl")
    someone.click(OPEN)
    choose(someone, "grapes", shift=True)
    assert cells(someone)[:2] == ["owl", "owl"]  # nothing moves while it is open
    someone.escape()
    someone.click(OPEN)
    assert titles(someone)[0] == "Used recently"
    assert cells(someone)[:2] == ["grapes", "owl"]
    someone.chat.become(authenticated=False, room=None)
    someone.chat.become(authenticated=True, room=room("r1", "Owls", 2))
    someone.click(OPEN)
    assert "Used recently" not in titles(someone)


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


def test_escape_gives_the_focus_back_but_on_a_phone_no_keyboard() -> None:
    for touch, to in ((False, ["cw-message"]), (True, [])):
        someone = in_room()
        someone.page.touch = touch
        someone.click(OPEN)
        assert focused(someone) == ([] if touch else ["cw-find"])
        someone.escape()
        assert focused(someone) == to
        assert not is_open(someone)


def test_a_group_can_be_jumped_to_and_arrows_lead_along_the_groups() -> None:
    someone = opened()
    jumps = by_class(someone.screen, "cw-jump")
    assert [attributes(jump)["aria-label"] for jump in jumps] == ENGLISH[:9]
    assert [attributes(jump)["tabindex"] for jump in jumps] == ["0", *["-1"] * 8]
    act(jumps[2], event("click"))
    assert marked(someone) == "monkey face"
    focused(someone)
    right, left = ("ArrowRight", "ArrowLeft")
    for key, rtl, to in ((right, False, 1), (left, False, 8), (left, True, 1), (right, True, 8)):
        pressed = event("keydown", key=key)
        pressed.rtl = rtl
        act(by_class(someone.screen, "cw-jump")[0], pressed)
        assert focused(someone) == [f"cw-jump-{to}"]
        assert attributes(by_class(someone.screen, "cw-jump")[to])["tabindex"] == "0"


def test_the_skin_is_turned_and_shown_everywhere() -> None:
    someone = opened()
    someone.click("Skin tone")
    assert words(cell(someone, "waving hand")) == "👋🏻"
    choose(someone, "waving hand")
    assert draft(someone) == "👋🏻"
    someone.click(OPEN)
    assert words(cell(someone, "waving hand")) == "👋🏻"
    someone.click("Skin tone: light skin tone")


def test_what_one_points_at_is_shown_large_with_its_name_and_code() -> None:
    someone = opened()
    act(cell(someone, "grapes"), event("pointermove"))
    assert words(by_class(someone.screen, "cw-preview")[0]) == "🍇 grapes :grapes:"
    before = someone.drawings
    act(cell(someone, "grapes"), event("pointermove"))
    assert someone.drawings == before


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


def test_without_emoji_there_are_emotes_and_without_both_a_sentence() -> None:
    someone = in_room([emote("owl")], data=False)
    someone.click(OPEN)
    assert cells(someone) == ["owl"]
    assert by_class(someone.screen, "cw-find")[0].children[1:] == []
    someone = in_room(data=False)
    someone.click(OPEN)
    assert "The emoji could not be loaded." in someone.sees()
    assert len(someone.page.complaints) == 1


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


def test_tab_comes_to_the_group_that_was_jumped_to_until_others_are_shown() -> None:
    someone = opened()

    def stops() -> list[str]:
        return [attributes(jump)["tabindex"] for jump in by_class(someone.screen, "cw-jump")]

    act(by_class(someone.screen, "cw-jump")[2], event("click"))
    assert stops().index("0") == 2
    someone.type(FIND, "ape")
    someone.type(FIND, "")
    assert stops().index("0") == 0


def test_whether_emotes_move_can_be_set_where_there_are_any() -> None:
    assert by_class(opened().screen, "cw-plays") == []
    assert len(by_class(opened([emote("owl")]).screen, "cw-plays")) == 1


def test_of_what_was_used_only_what_is_there_is_shown() -> None:
    someone = opened([emote("owl")])
    choose(someone, "owl")
    someone.chat.become(emotes=[])
    someone.click(OPEN)
    assert "Used recently" not in titles(someone)


def test_emotes_of_the_site_stand_in_their_own_group_alone() -> None:
    someone = opened([emote("owl"), replace(emote("hoot"), provider="custom")])
    assert cells(someone)[:3] == ["hoot", "owl", "grinning face"]
    assert len(by_tag(cell(someone, "owl"), "img")) == 1


def test_where_there_is_one_group_more_the_others_are_jumped_to_as_before() -> None:
    someone = opened([emote(f"owl{number}") for number in range(20)])
    choose(someone, "owl9")
    someone.click(OPEN)
    act(by_class(someone.screen, "cw-jump")[1], event("click"))
    assert marked(someone) == "owl0"
