"""Whose emote that is: on hover, focus and a long press."""

from __future__ import annotations

from datetime import UTC

import pytest

from tests.fakes.core import FakeChat, FakePage, HandClock, emote
from tests.fakes.screen import act, by_class, by_tag, event, words
from widget.native.language import English
from widget.ui.emote_card import CLOSE_MS, OPEN_MS, EmoteCard
from widget.ui.layers import Layer
from widget.ui.stage import Stage, nothing
from widget.ui.view import attributes, h

OWL = emote("owl", author="Mira <b>", source="room")


class Hand:
    """A pointer, a finger or the keyboard at the box "a"."""

    def __init__(self, touch: bool = False) -> None:
        self.clock = HandClock()
        page = FakePage()
        page.touch = touch
        self.stage = Stage(FakeChat(), self.clock, page, English(UTC))
        self.card = EmoteCard(self.stage)

    def does(self, kind: str, anchor: str = "a") -> None:
        self.card.heard(event(kind), anchor, [OWL])

    @property
    def shown(self) -> str:
        return " | ".join(words(node) for node in self.stage.layers.view())


def test_it_tells_name_set_and_author_of_each() -> None:
    hand = Hand()
    hand.card.heard(event("focus"), "a", [OWL, emote("Rain"), emote("ours", provider="custom", source="custom")])
    assert hand.shown == "owl 7TV emote of this room by  Mira <b>  Rain 7TV emote ours Emote of this site"


def test_it_shows_each_large_and_still_where_nothing_may_move() -> None:
    hand = Hand()
    hand.card.heard(event("focus"), "a", [OWL, emote("Rain", animated=True, width=64)])
    pictures = [attributes(image) for layer in hand.stage.layers.view() for image in by_tag(layer, "img")]
    assert [(each["width"], each["height"], each["alt"]) for each in pictures] == [("48", "48", ""), ("96", "48", "")]
    assert "Rain" in pictures[1]["data-moving"]
    hand.stage.plays = "hover"
    (picture,) = [image for layer in hand.stage.layers.view() for image in by_tag(layer, "img")][1:]
    assert "data-waits" not in attributes(picture)
    hand.stage.plays = "never"
    (picture,) = [image for layer in hand.stage.layers.view() for image in by_tag(layer, "img")][1:]
    assert "data-moving" not in attributes(picture)


def test_it_opens_after_a_while_of_pointing_and_closes_a_little_after_it() -> None:
    hand = Hand()
    hand.does("pointerenter")
    hand.clock.advance(OPEN_MS - 1)
    assert hand.shown == ""
    hand.clock.advance(1)
    assert "owl" in hand.shown
    hand.does("pointerleave")
    hand.clock.advance(CLOSE_MS - 1)
    assert "owl" in hand.shown
    hand.clock.advance(1)
    assert hand.shown == ""


def test_passing_over_opens_nothing() -> None:
    hand = Hand()
    hand.does("pointerenter")
    hand.does("pointerleave")
    hand.clock.advance(OPEN_MS)
    assert hand.shown == ""


def test_the_card_itself_can_be_pointed_at() -> None:
    hand = Hand()
    hand.does("focus")
    (card,) = hand.stage.layers.view()
    hand.does("pointerleave")
    act(card, event("pointerenter"))
    hand.clock.advance(CLOSE_MS)
    assert "owl" in hand.shown
    act(card, event("pointerleave"))
    hand.clock.advance(CLOSE_MS)
    assert hand.shown == ""


def test_after_a_long_press_it_stays_until_a_press_elsewhere() -> None:
    hand = Hand(touch=True)
    hand.does("pointerenter")
    hand.clock.advance(OPEN_MS)
    hand.does("pointerleave")
    hand.clock.advance(CLOSE_MS)
    assert "owl" in hand.shown
    act(hand.stage.layers.view()[0], event("outside"))
    assert hand.shown == ""
    hand.does("pointerenter")  # it may be pressed again
    hand.clock.advance(OPEN_MS)
    assert "owl" in hand.shown


def test_a_short_press_of_a_finger_opens_nothing_by_itself() -> None:
    hand = Hand(touch=True)
    hand.does("pointerenter")
    hand.does("pointerleave")
    hand.clock.advance(OPEN_MS)
    assert hand.shown == ""


def test_it_goes_with_the_focus() -> None:
    hand = Hand()
    hand.does("focus")
    assert "owl" in hand.shown
    hand.does("blur")
    assert hand.shown == ""


def test_it_covers_nothing_and_takes_no_focus() -> None:
    hand = Hand()
    hand.does("focus")
    (card,) = hand.stage.layers.view()
    assert not hand.stage.layers.covers()
    assert (attributes(card)["role"], attributes(card)["id"]) == ("tooltip", "card")
    assert {"autofocus", "tabindex", "aria-modal"} & set(attributes(card)) == set()
    assert by_class(h("div", {}, [card]), "cw-backdrop") == []


def test_what_opens_closes_it_and_it_does_not_open_over_that() -> None:
    hand = Hand()
    hand.does("focus")
    hand.stage.layers.open(Layer("menu", "menu", lambda: "Menu", "b", lambda: [h("p", {}, ["item"])], nothing))
    assert hand.stage.layers.covers()
    assert "owl" not in hand.shown
    hand.does("focus")
    assert "owl" not in hand.shown
    hand.does("blur")
    assert "item" in hand.shown


@pytest.mark.parametrize("kind", ["pointerenter", "focus"])
def test_from_one_emote_to_the_next_it_follows(kind: str) -> None:
    hand = Hand()
    hand.does("focus")
    hand.card.heard(event(kind), "b", [emote("lark")])
    hand.clock.advance(OPEN_MS)
    assert "lark" in hand.shown
    assert "owl" not in hand.shown
