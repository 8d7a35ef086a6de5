"""A list of actions that a button opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from widget.ui.icons import icon
from widget.ui.layers import Layer
from widget.ui.stage import Stage
from widget.ui.strings import Words
from widget.ui.view import Effect, Node, UiEvent, h, listen


@dataclass(frozen=True)
class Item:
    """One action. `danger` marks what cannot be undone."""

    label: str
    icon: str
    act: Callable[[], None]
    danger: bool = False


class Menu:
    """Arrows, Home and End move among the items, as in every menu; choosing one closes it first."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage

    def open(self, name: str, label: Words, anchor: str, items: Callable[[], Sequence[Item]]) -> None:
        """`anchor` is the id of the button."""

        def view() -> list[Node]:
            now = items()
            return [self._item(name, place, now) for place in range(len(now))]

        self._stage.layers.open(Layer(name, "menu", label, anchor, view, lambda: None))
        self._stage.do(Effect("focus", item_id(0)))

    def _item(self, name: str, place: int, items: Sequence[Item]) -> Node:
        item = items[place]

        def hear(event: UiEvent) -> None:
            if event.kind == "click":
                self._stage.layers.close(name)
                item.act()
                return
            steps = {"ArrowDown": place + 1, "ArrowUp": place - 1, "Home": 0, "End": len(items) - 1}
            to = steps.get(event.key)
            if to is not None:
                event.prevent()
                self._stage.do(Effect("focus", item_id(to % len(items))))

        attrs = {
            "class": "cw-item cw-item-danger" if item.danger else "cw-item",
            "id": item_id(place),
            "type": "button",
            "role": "menuitem",
            "tabindex": "-1",
        }
        return h("button", attrs, [icon(item.icon), item.label], listen("click keydown", hear))


def item_id(place: int) -> str:
    return f"cw-item-{place}"
