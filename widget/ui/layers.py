"""What opens over the screen: menus, popovers, dialogs, drawers. The last one opened is the topmost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from widget.ui.strings import Words
from widget.ui.view import Handler, Node, UiEvent, h, listen


@dataclass(frozen=True)
class Layer:
    """`view` draws what is in it. A menu, popover or picker stands beside the element with the id `anchor`; a dialog in
    the middle; a drawer at the edge where lines end. `closed` is told when it closes, by whatever way. A card stands
    beside the anchor too, but takes no focus, covers nothing and hears by `pointed` that one points at it."""

    name: str
    kind: Literal["menu", "popover", "dialog", "drawer", "card", "picker"]
    label: Words
    anchor: str
    view: Callable[[], Sequence[Node]]
    closed: Callable[[], None]
    pointed: Handler | None = None


CARD = "card"  # the only one of its kind


class Layers:
    """Escape, or a press outside, closes the topmost. What is below cannot be reached meanwhile: no Tab, no press."""

    def __init__(self) -> None:
        self.changed: Callable[[], None] = lambda: None
        self._open: list[Layer] = []

    def open(self, layer: Layer) -> None:
        self.close(CARD)
        self.close(layer.name)
        self._open.append(layer)
        self.changed()

    def close(self, name: str) -> None:
        """That one, and those that were opened from it."""
        names = [layer.name for layer in self._open]
        if name in names:
            gone = self._open[names.index(name) :]
            self._open = self._open[0 : names.index(name)]
            for layer in gone:
                layer.closed()
            self.changed()

    def close_all(self) -> None:
        if len(self._open) > 0:
            self.close(self._open[0].name)

    def top(self) -> str:
        """The name of the topmost, or ""."""
        return self._open[-1].name if len(self._open) > 0 else ""

    def covers(self) -> bool:
        """What is below cannot be reached."""
        return self.top() not in ("", CARD)

    def is_open(self, name: str) -> bool:
        return name in [layer.name for layer in self._open]

    def view(self) -> list[Node]:
        nodes: list[Node] = []
        for layer in self._open:
            nodes += [self._card(layer)] if layer.kind == "card" else [self._backdrop(layer), self._layer(layer)]
        return nodes

    def _backdrop(self, layer: Layer) -> Node:
        def press(event: UiEvent) -> None:
            event.prevent()  # what is pressed takes no focus: it goes back to where it came from
            if event.kind == "click":
                self.close(layer.name)

        attrs = {"class": f"cw-backdrop cw-under-{layer.kind}", "key": f"under-{layer.name}"}
        return h("div", attrs, [], listen("click mousedown", press))

    def _card(self, layer: Layer) -> Node:
        def hear(event: UiEvent) -> None:
            if event.kind == "outside":
                self.close(layer.name)
            elif layer.pointed is not None:
                layer.pointed(event)

        attrs = {
            "class": "cw-layer cw-card",
            "part": "layer",
            "id": CARD,
            "role": "tooltip",
            "data-layer": layer.anchor,
            "key": layer.name,
        }
        return h("div", attrs, layer.view(), listen("outside pointerenter pointerleave", hear))

    def _layer(self, layer: Layer) -> Node:
        attrs = {
            "class": f"cw-layer cw-{layer.kind}",
            "part": "layer",
            "role": "menu" if layer.kind == "menu" else "dialog",
            "aria-modal": None if layer.kind == "menu" else "true",
            "aria-label": layer.label(),
            "tabindex": "-1",
            "autofocus": "",
            "data-layer": layer.anchor,
            "inert": None if layer.name == self.top() else "",
            "key": layer.name,
        }
        return h("div", attrs, layer.view(), listen("keydown outside", self._heard(layer)))

    def _heard(self, layer: Layer) -> Callable[[UiEvent], None]:
        def hear(event: UiEvent) -> None:
            if event.kind == "outside" or event.key == "Escape":
                event.prevent()
                self.close(layer.name)

        return hear
