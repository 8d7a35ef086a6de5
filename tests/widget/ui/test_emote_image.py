"""An emote's picture: a box of fixed size, files for every screen, and none that moves where nothing may."""

from __future__ import annotations

import pytest

from tests.fakes.core import FakePage, emote
from tests.fakes.screen import act, by_tag, event, words
from widget.ui.emote_image import emote_image
from widget.ui.play import Plays, play_setting, plays
from widget.ui.view import attributes

AT = "https://cdn.7tv.app/emote/owl/"


@pytest.mark.parametrize(("width", "height", "shown"), [
    (32, 32, 28), (96, 32, 84), (32, 76, 11), (1, 32, 1), (1024, 1, 84), (128, 128, 28),
])  # fmt: skip
def test_the_box_is_as_wide_as_the_picture_will_be_within_bounds(width: int, height: int, shown: int) -> None:
    given = attributes(emote_image(emote("owl", width=width, height=height), 28, "always"))
    assert (given["width"], given["height"], given["sizes"]) == (str(shown), "28", f"{shown}px")


def test_the_screen_chooses_among_the_files_that_there_are() -> None:
    assert attributes(emote_image(emote("owl", width=40), 28, "always"))["data-still"] == ", ".join(
        f"{AT}{n}x.webp {40 * n}w" for n in (1, 2, 3, 4)
    )
    assert attributes(emote_image(emote("owl", sizes=[1]), 28, "always"))["data-still"] == f"{AT}1x.webp 32w"
    own = attributes(emote_image(emote("owl", provider="custom"), 28, "always"))["data-still"]
    assert [one.split(" ")[1] for one in own.split(", ")] == ["32w", "64w", "128w"]


@pytest.mark.parametrize(("way", "moves", "waits"), [
    ("always", True, False), ("hover", True, True), ("never", False, False),
])  # fmt: skip
def test_one_that_moves_names_its_moving_files_only_where_it_may(way: Plays, moves: bool, waits: bool) -> None:
    given = attributes(emote_image(emote("owl", animated=True), 28, way))
    assert given["data-still"].startswith(f"{AT}1x_static.webp 32w, ")
    assert (given.get("data-moving", "").startswith(f"{AT}1x.webp 32w, "), "data-waits" in given) == (moves, waits)
    assert "data-moving" not in attributes(emote_image(emote("owl"), 28, way))


def test_nothing_is_fetched_before_it_is_in_view() -> None:
    assert {"src", "srcset"} & set(attributes(emote_image(emote("owl"), 28, "always"))) == set()


@pytest.mark.parametrize(("said", "calm", "way"), [
    ("", False, "always"), ("", True, "never"), ("always", True, "always"), ("hover", False, "hover"),
    ("never", False, "never"), ("nonsense", False, "always"), ("nonsense", True, "never"),
])  # fmt: skip
def test_the_reader_says_else_the_system(said: str, calm: bool, way: Plays) -> None:
    page = FakePage()
    page.calm = calm
    page.keep("plays", said)
    assert plays(page) == way


def test_the_setting_is_kept_on_the_device() -> None:
    page = FakePage()
    told: list[str] = []
    node = play_setting(page, lambda: told.append(plays(page)))
    chosen = [words(option) for option in by_tag(node, "option") if "selected" in attributes(option)]
    assert chosen == ["Always"]
    act(by_tag(node, "select")[0], event("input", "never"))
    assert told == ["never"]
    assert page.device == {"plays": "never"}
