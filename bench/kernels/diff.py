"""The view diff: a conversation that grows, loses its head, moves people and changes words, patched into a page."""

from __future__ import annotations

from widget.browser.document import create
from widget.browser.dom import Dom
from widget.ui.view import Node, UiEvent

ROWS = 60


class Kernel:
    """One time is one new picture of about 200 elements."""

    def __init__(self) -> None:
        self._number: int = 0
        self._rows: dict[int, Node] = {}

    def run(self, times: int) -> str:
        self._number = 0
        self._rows = {}
        root = create("main")
        dom = Dom(root, "cw-1")
        dom.show(self._view)
        for _ in range(times):
            self._number += 1
            dom.draw()
        return f"{self._number} {root.textContent}"

    def _view(self) -> Node:
        number = self._number
        start = number // 10 * 10
        rows = {place: self._row(place) for place in range(start, number + ROWS)}
        self._rows = rows
        attrs = ["role", "log", "aria-live", "polite" if number % 2 == 0 else "off"]
        log = Node("div", "cw-log", list(rows.values()), attrs, "log", "scroll", _on_event)
        people = [Node("li", "cw-person", [f"Person {place}"], [], f"person-{place}") for place in _turned(number // 5)]
        status = Node("p", "cw-status", [f"{number} messages"])
        button = Node("button", "cw-button", ["Send"], ["type", "button"], "", "click", _on_event)
        foot = Node("div", "cw-foot", [button])
        return Node("div", "cw-chat", [status, Node("ul", "", people), log, foot], [], "chat")

    def _row(self, place: int) -> Node:
        """Drawn once; only the newest row changes afterwards."""
        known = self._rows.get(place)
        if known is not None and place < self._number + ROWS - 2:
            return known
        newest = place == self._number + ROWS - 1
        head = Node("p", "cw-head", [Node("bdi", "", [f"Person {place % 5}"])])
        mark = Node("span", "cw-mark", [], ["title", "on its way" if newest else "sent"])
        bubble = Node("p", "cw-bubble", [Node("span", "", [f"message {place}"]), mark], ["dir", "auto"])
        side = "cw-message cw-last" if newest else "cw-message"
        return Node("article", side, [head, bubble], [], f"message-{place}")


def _turned(by: int) -> list[int]:
    """0 to 9, rotated; every third is away."""
    return [(place + by) % 10 for place in range(10) if (place + by) % 3 != by % 3]


def _on_event(_event: UiEvent) -> None:
    return None
