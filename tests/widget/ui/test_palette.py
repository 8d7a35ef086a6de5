"""Emotes and emoji together: fetched when asked for, left out where the font lacks them, kept skin and last ones."""

from __future__ import annotations

import pytest

from tests.fakes.core import FakePage, emote
from tests.fakes.screen import Person
from tests.widget.ui.emoji_data import EMOJI, ENGLISH
from widget.model import ChatState, EmoteData
from widget.ui.palette import MOST_RECENT, TONES, Palette, toned


def person(emotes: list[EmoteData] | None = None) -> Person:
    someone = Person(ChatState(authenticated=True, status="connected", emotes=emotes or []))
    someone.page.data = {"": EMOJI, "en-GB": ENGLISH}
    return someone


def palette(someone: Person) -> Palette:
    made = Palette(someone.app.stage)
    made.ask()
    someone.clock.settle()
    return made


def words(made: Palette) -> list[str]:
    return [entry.word for group in made.groups for entry in group]


def test_nothing_is_fetched_before_it_is_asked_for_and_nothing_twice() -> None:
    someone = person()
    made = Palette(someone.app.stage)
    assert someone.page.asked == []
    for _ in range(2):
        made.ask()
        someone.clock.settle()
    assert someone.page.asked == ["", "en-GB"]


def test_emoji_have_groups_names_and_words() -> None:
    made = palette(person())
    assert [len(group) for group in made.groups] == [5, 3, 1, 1, 1, 1, 1, 1, 1]
    globe = made.groups[4][0]
    assert (globe.word, globe.name) == ("🌍", "globe: Africa")
    assert globe.names == "\nglobe: africa\n:earth_africa:\nworld\n"
    assert made.codes["red_heart"].word == made.codes["heart"].word == "❤️"


def test_without_names_there_are_emoji_and_one_line_for_the_console() -> None:
    someone = person()
    del someone.page.data["en-GB"]
    made = palette(someone)
    assert made.groups[0][0].name == "😀"
    assert len(someone.page.complaints) == 1


def test_without_the_list_there_are_none_and_one_line_for_the_console() -> None:
    someone = person([emote("owl")])
    someone.page.data = {}
    made = palette(someone)
    made.ask()
    someone.clock.settle()
    assert (made.groups, made.failed, [entry.word for entry in made.all()]) == ([], True, ["owl"])
    assert len(someone.page.complaints) == 1


def test_another_language_brings_its_names() -> None:
    someone = person()
    made = palette(someone)
    someone.page.data["de"] = ["Gruppe", *ENGLISH[1:14], "grinsendes Gesicht|froh", *ENGLISH[15:]]
    someone.app.stage.language.locale = "de"
    made.ask()
    someone.clock.settle()
    assert made.groups[0][0].name == "grinsendes Gesicht"
    assert someone.page.asked == ["", "en-GB", "de"]


@pytest.mark.parametrize(("undrawn", "gone"), [
    (["🫪"], ["🫪"]), (["🫠"], ["🫠"]), (["👩‍🚀"], ["👩‍🚀"]), (["🇨🇭"], ["🇨🇭"]), (["😀", "❤️"], []),
])  # fmt: skip
def test_what_the_font_does_not_have_is_left_out(undrawn: list[str], gone: list[str]) -> None:
    someone = person()
    all_of_them = words(palette(someone))
    someone.page.undrawn = undrawn
    made = palette(someone)
    assert words(made) == [word for word in all_of_them if word not in gone]
    assert made.groups[3][0].name == "grapes"  # the others keep their names
    if gone == ["🫪"]:
        assert "distorted_face" not in made.codes


def test_the_font_is_asked_once_for_each_version() -> None:
    class Counting(FakePage):
        def draws(self, emoji: str) -> bool:
            asked.append(emoji)
            return True

    asked: list[str] = []
    someone = person()
    page = Counting()
    page.data = {"": [EMOJI[0] + " 🫣e", *EMOJI[1:9], EMOJI[9].replace("heart,red_heart", "heart,red_heart peeking")],
                 "en-GB": [*ENGLISH[:19], "peeking", *ENGLISH[19:]]}  # fmt: skip
    someone.app.stage.page = page
    palette(someone)
    assert asked == ["🦉", "🫠", "🫪", "👩‍🚀", "🧑‍🤝‍🧑", "🇨🇭"]


def test_without_a_font_of_emoji_each_is_asked_for() -> None:
    someone = person()
    all_of_them = words(palette(someone))
    someone.page.undrawn = ["🦉", "😀", "❤️"]
    assert words(palette(someone)) == [word for word in all_of_them if word not in someone.page.undrawn]


@pytest.mark.parametrize(("plain", "medium"), [
    ("👋", "👋🏽"), ("☝️", "☝🏽"), ("👩‍🚀", "👩🏽‍🚀"), ("🧑‍🤝‍🧑", "🧑🏽‍🤝‍🧑🏽"), ("👩‍❤️‍👨", "👩🏽‍❤️‍👨🏽"), ("🕵️‍♂️", "🕵🏽‍♂️"),
])  # fmt: skip
def test_a_skin_is_that_of_every_adult(plain: str, medium: str) -> None:
    assert toned(plain, TONES[3]) == medium
    assert toned(plain, TONES[0]) == plain


def test_the_skin_is_kept() -> None:
    someone = person()
    made = palette(someone)
    for _ in range(3):
        made.turn_tone()
    assert palette(someone).text(made.codes["wave"]) == "👋🏽"
    assert made.text(made.codes["smile"]) == "😄"
    for _ in range(3):
        made.turn_tone()
    assert made.text(made.codes["wave"]) == "👋"


def test_those_used_last_are_kept_bounded_and_forgotten() -> None:
    someone = person([emote(f"owl{number}") for number in range(40)])
    made = palette(someone)
    for entry in [*made.all()[:30], made.all()[7]]:
        made.use(entry)
    recent = palette(someone).recent()
    assert len(recent) == MOST_RECENT
    assert recent[:3] == ["owl7", "owl29", "owl28"]
    assert len(set(recent)) == MOST_RECENT
    made.forget()
    assert palette(someone).recent() == []
