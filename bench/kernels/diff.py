"""The view diff: a conversation that grows, loses its head, moves people and changes words, patched into a page."""

from __future__ import annotations

from widget.browser.document import create
from widget.browser.dom import Dom
from widget.ui.view import Node, UiEvent, click, h, listen

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
        dom.show(self._view, lambda: [])
        for _ in range(times):
            self._number += 1
            dom.draw()
        return f"{self._number} {root.textContent}"

    def _view(self) -> Node:
        number = self._number
        start = number // 10 * 10
        rows = {place: self._row(place) for place in range(start, number + ROWS)}
        self._rows = rows
        attrs = {"role": "log", "aria-live": "polite" if number % 2 == 0 else "off"}
        log = h("div", {"class": "cw-log", **attrs, "key": "log"}, list(rows.values()), listen("scroll", _on_event))
        people = [_person(place) for place in _turned(number // 5)]
        status = h("p", {"class": "cw-status"}, [f"{number} messages"])
        button = h("button", {"class": "cw-button", "type": "button"}, ["Send"], click(_on_event))
        foot = h("div", {"class": "cw-foot"}, [button])
        return h("div", {"class": "cw-chat", "key": "chat"}, [status, h("ul", {}, people), log, foot])

    def _row(self, place: int) -> Node:
        """Drawn once; only the newest row changes afterwards."""
        known = self._rows.get(place)
        if known is not None and place < self._number + ROWS - 2:
            return known
        newest = place == self._number + ROWS - 1
        head = h("p", {"class": "cw-head"}, [h("bdi", {}, [f"Person {place % 5}"])])
        mark = h("span", {"class": "cw-mark", "title": "on its way" if newest else "sent"})
        bubble = h("p", {"class": "cw-bubble", "dir": "auto"}, [h("span", {}, [f"message {place}"]), mark])
        side = "cw-message cw-last" if newest else "cw-message"
        return h("article", {"class": side, "key": f"message-{place}"}, [head, bubble])


def _person(place: int) -> Node:
    return h("li", {"class": "cw-person", "key": f"person-{place}"}, [f"Person {place}"])


def _turned(by: int) -> list[int]:
    """0 to 9, rotated; every third is away."""
    return [(place + by) % 10 for place in range(10) if (place + by) % 3 != by % 3]


def _on_event(_event: UiEvent) -> None:
    return None
