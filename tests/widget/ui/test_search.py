"""What is found of emotes and emoji, and in which order."""

from __future__ import annotations

import pytest

from tests.fakes.core import emote
from widget.ui.palette import of_emote
from widget.ui.search import INSIDE, Entry, matches, shortcode

HEART = Entry("❤️", "red heart", "\nred heart\n:heart:\n:love_heart:\nlove\nvalentine\n")
SUIT = Entry("♥️", "heart suit", "\nheart suit\n:hearts:\ncard\n")
EYES = Entry("😍", "smiling face with heart-eyes", "\nsmiling face with heart-eyes\n:heart_eyes:\nlove\nheart\n")


def emotes(*names: str) -> list[Entry]:
    return [of_emote(emote(name)) for name in names]


def found(entries: list[Entry], query: str, recent: tuple[str, ...] = (), furthest: int = INSIDE) -> list[str]:
    return [entry.word for entry in matches(entries, query, recent, furthest)]


@pytest.mark.parametrize(("names", "query", "order"), [
    (("BCWarrior", "WAYTOODANK"), "wa", ["WAYTOODANK", "BCWarrior"]),
    (("OMEGALULiguess", "OMEGALUL"), "om", ["OMEGALUL", "OMEGALULiguess"]),
    (("daphPray", "Prayge"), "pray", ["Prayge", "daphPray"]),
    (("unwave", "harbourWave", "waves", "wave"), "wave", ["wave", "waves", "harbourWave", "unwave"]),
    (("kekw", "KEKW"), "KEKW", ["KEKW", "kekw"]),
    (("KEKW", "kekw"), "kek", ["KEKW", "kekw"]),
    (("peepo_clap", "unclap"), "clap", ["peepo_clap", "unclap"]),
    ((":tf:",), "tf", [":tf:"]),
    (("constructor", "__proto__", "<3", "a&b", "Кек", "😀"), "<3", ["<3"]),
    (("constructor", "__proto__"), "__pro", ["__proto__"]),
    (("Кек",), "кек", ["Кек"]),
    (("😀",), "😀", ["😀"]),
])  # fmt: skip
def test_what_begins_so_and_is_short_comes_first(names: tuple[str, ...], query: str, order: list[str]) -> None:
    assert found(emotes(*names), query) == order


def test_a_shortcode_is_a_name_and_other_words_come_after() -> None:
    assert found([EYES, SUIT, HEART], "heart") == ["❤️", "😍", "♥️"]
    assert found([EYES, HEART], "love") == ["❤️", "😍"]
    assert found([HEART], "valen") == ["❤️"]
    assert found([HEART], ":heart") == found([HEART], "HEART") == ["❤️"]
    assert shortcode(HEART) == ":heart:"


def test_what_was_used_last_comes_before_what_begins_so() -> None:
    entries = emotes("wave", "waves", "unwave")
    assert found(entries, "wa", ("waves",)) == ["waves", "wave", "unwave"]
    assert found(entries, "wa", ("unwave",)) == ["wave", "waves", "unwave"]


def test_emotes_come_before_emoji() -> None:
    assert found([HEART, *emotes("heartful")], "hear") == ["heartful", "❤️"]
    assert found([SUIT, *emotes("heartful")], "hear") == ["heartful", "♥️"]


def test_what_has_it_inside_is_left_out_where_it_is_asked() -> None:
    assert found(emotes("daphpray", "Prayge"), "pray", (), INSIDE - 1) == ["Prayge"]


def test_nothing_is_found_for_nothing() -> None:
    assert found(emotes("wave"), "") == found(emotes("wave"), ":") == []
