"""The groups of the picker: which there are, in which order, what was used last, and the way to each."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes.core import emote, room
from tests.fakes.screen import act, by_class, by_tag, event
from tests.widget.ui.emoji_data import ENGLISH
from tests.widget.ui.picking import FIND, OPEN, cell, cells, choose, focused, marked, opened, titles
from widget.ui.view import attributes


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


def test_what_was_used_moves_nothing_though_more_comes_while_it_is_open() -> None:
    """The names of the emoji, or an emote: who goes on with the arrows would come to what they took before."""
    someone = opened([emote("owl")])
    choose(someone, "owl", shift=True)
    someone.chat.become(emotes=[emote("owl"), emote("hoot")])
    someone.settle()
    assert cells(someone)[:3] == ["owl", "hoot", "grinning face"]
    someone.type(FIND, "o")
    someone.type(FIND, "")
    assert titles(someone)[0] == "Used recently"


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


def test_tab_comes_to_the_group_that_was_jumped_to_until_others_are_shown() -> None:
    someone = opened()

    def stops() -> list[str]:
        return [attributes(jump)["tabindex"] for jump in by_class(someone.screen, "cw-jump")]

    act(by_class(someone.screen, "cw-jump")[2], event("click"))
    assert stops().index("0") == 2
    someone.type(FIND, "ape")
    someone.type(FIND, "")
    assert stops().index("0") == 0


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
