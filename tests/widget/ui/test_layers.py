"""What opens over the screen: the last one is topmost, and what was opened from one closes with it."""

from __future__ import annotations

import pytest

from tests.fakes.screen import act, by_class, event
from widget.ui.layers import Layer, Layers
from widget.ui.view import Node, attributes, h


class Table:
    """Layers, and what they told: who was closed, and how often a drawing was asked for."""

    def __init__(self) -> None:
        self.layers = Layers()
        self.layers.changed = self._count
        self.drawings = 0
        self.closed: list[str] = []

    def _count(self) -> None:
        self.drawings += 1

    def open(self, name: str, kind: str = "dialog") -> None:
        words = h("p", {}, [name])
        self.layers.open(
            Layer(name, kind, lambda: name.upper(), "opener", lambda: [words], lambda: self.closed.append(name))  # type: ignore[arg-type]
        )

    @property
    def screen(self) -> Node:
        return h("div", {}, self.layers.view())

    @property
    def shown(self) -> list[Node]:
        return by_class(self.screen, "cw-layer")

    @property
    def names(self) -> list[str]:
        return [node.mark for node in self.shown]


def test_what_is_opened_last_is_topmost_and_draws() -> None:
    table = Table()
    assert (table.layers.top(), table.names) == ("", [])
    table.open("a")
    table.open("b")
    assert table.drawings == 2
    assert (table.layers.top(), table.names) == ("b", ["a", "b"])
    assert table.layers.is_open("a")
    assert not table.layers.is_open("c")


def test_what_is_opened_again_is_there_once_and_anew() -> None:
    table = Table()
    table.open("a")
    table.open("a")
    assert (table.names, table.closed) == (["a"], ["a"])


def test_with_one_close_those_that_were_opened_from_it() -> None:
    table = Table()
    for name in ("a", "b", "c"):
        table.open(name)
    table.layers.close("b")
    assert (table.names, table.closed, table.drawings) == (["a"], ["b", "c"], 4)
    table.layers.close("b")
    assert (table.closed, table.drawings) == (["b", "c"], 4), "it is not open"


def test_all_close_at_once() -> None:
    table = Table()
    table.layers.close_all()
    assert table.drawings == 0
    table.open("a")
    table.open("b")
    table.layers.close_all()
    assert (table.names, table.closed, table.drawings) == ([], ["a", "b"], 3)


@pytest.mark.parametrize(("kind", "role", "modal"), [
    ("menu", "menu", None), ("popover", "dialog", "true"), ("dialog", "dialog", "true"),
])  # fmt: skip
def test_a_layer_says_what_it_is(kind: str, role: str, modal: str | None) -> None:
    table = Table()
    table.open("a", kind)
    (layer,) = table.shown
    given = attributes(layer)
    assert (given["role"], given.get("aria-modal"), given["aria-label"]) == (role, modal, "A")
    assert (given["class"], given["data-layer"]) == (f"cw-layer cw-{kind}", "opener")
    assert (given["autofocus"], given["tabindex"]) == ("", "-1")
    (below,) = by_class(table.screen, "cw-backdrop")
    assert attributes(below)["class"] == f"cw-backdrop cw-under-{kind}"


def test_only_the_topmost_can_be_reached() -> None:
    table = Table()
    table.open("a")
    table.open("b")
    assert ["inert" in attributes(each) for each in table.shown] == [True, False]


@pytest.mark.parametrize(("kind", "key", "closes"), [
    ("outside", "", True), ("keydown", "Escape", True), ("keydown", "a", False),
])  # fmt: skip
def test_escape_and_a_press_outside_close_it(kind: str, key: str, closes: bool) -> None:
    table = Table()
    table.open("a")
    happened = event(kind, key=key)
    act(table.shown[0], happened)
    assert (table.names == [], happened.prevented) == (closes, closes)


def test_a_press_on_what_lies_below_closes_it() -> None:
    table = Table()
    table.open("a")
    act(by_class(table.screen, "cw-backdrop")[0], event("click"))
    assert table.names == []
