"""A long log on a real page: opened, drawn for the first time, and added to."""

from __future__ import annotations

from bench.kernels.long_log import Authors, Copy, Kept, kept, read_kept
from bench.kernels.room import FullChat, StillPage
from bench.kernels.still_clock import StillClock
from widget.browser.document import by_id
from widget.browser.dom import Dom
from widget.room.entry import Entry
from widget.ui.message_list import MessageList
from widget.ui.stage import Stage
from widget.ui.view import Node, UiEvent

NOBODY = -1
LATE_PEOPLE = 2  # authors of news: one in order, one who was behind


class LongRoom:
    """What opening a room comes to, step by step: `read`, `fold`, `draw`. Then `say` and `say_late` add one event each.

    `read` is the one place to put a disk: here the events lie in memory as they may lie there.
    """

    def __init__(self, count: int) -> None:
        self._kept: list[Kept] = kept(count)
        self._entries: list[Entry] = []
        self._copy: Copy = Copy(NOBODY)
        self._number: int = count
        self._middle: int = count // 2
        self._news: Authors = Authors(LATE_PEOPLE, 100)
        self._list: MessageList | None = None
        self._dom: Dom | None = None

    async def read(self) -> None:
        self._entries = read_kept(self._kept)

    def fold(self) -> None:
        self._copy.open(self._entries, 0)

    def draw(self) -> None:
        stage = Stage(FullChat(self._copy.state), StillClock(), StillPage())
        self._list = MessageList(stage, _on_event)
        self._list.arrived(self._copy.state.now)
        self._dom = Dom(by_id("chat-widget"), "cw-1")
        self._dom.show(self._view)

    def shown(self) -> int:
        return len(self._copy.state.now.messages)

    def say(self) -> None:
        """One more event at the end."""
        self._number += 1
        self._copy.hear([self._news.say(self._number, 0, self._number)], 0)

    def say_late(self) -> None:
        """One more that belongs into the middle."""
        self._middle += 1
        self._copy.hear([self._news.say(self._number, 1, self._middle)], 0)

    def _view(self) -> Node:
        rows = [] if self._list is None else [self._list.view(self._copy.state.now)]
        return Node("div", "cw-chat", [Node("div", "cw-middle", rows)])


def _on_event(_event: UiEvent) -> None:
    return None
