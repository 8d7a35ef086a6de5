"""The conversation: the newest messages, earlier ones as one scrolls up, and what came in meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from widget.model import ChatMessage, ChatState, EmoteData
from widget.ui.chat_message import Look, chat_message
from widget.ui.icons import icon
from widget.ui.parts import button, hush
from widget.ui.stage import Stage
from widget.ui.strings import say, say_count
from widget.ui.view import Handler, Node, UiEvent, h, line, text
from widget.ui.when import DAY_MIN, When

PAGE = 80
STEP = 20  # the window moves by so many, so that most messages are only appended
NEAR_PX = 48
EARLIER_PX = 240
GROUP_MIN = 5


@dataclass(frozen=True)
class Row:
    """A drawn message, kept while nothing about it changes."""

    message: ChatMessage
    minute: int
    first: bool
    looks: int
    node: Node


class MessageList:
    """Draws a window of the messages. `again` sends a failed message once more, `invite` copies the invite."""

    def __init__(self, stage: Stage, again: Callable[[ChatMessage], None], invite: Handler) -> None:
        self._stage: Stage = stage
        self._invite: Handler = invite
        self._again: Callable[[ChatMessage], None] = again
        self._when: When = When(stage.options.offset_min, stage.options.twelve_hour)
        self._shown: int = PAGE
        self._at_end: bool = True
        self._seen: int = 0
        self._jumps: int = 0
        self._rows: dict[str, Row] = {}
        self._looks: int = 0
        self._emotes: list[EmoteData] = []
        self._by_id: dict[str, EmoteData] = {}
        self._names: list[str] = []

    def entered(self) -> None:
        """Another room: start at its end."""
        self._shown = PAGE
        self._at_end = True
        self._seen = 0
        self._jumps += 1
        self._rows = {}

    def arrived(self, state: ChatState) -> None:
        """Messages came in; those on screen count as seen, and the reader's place is kept otherwise."""
        if self._at_end:
            self._seen = len(state.messages)
        elif len(state.messages) > self._seen and state.messages[-1].mine:
            self._to_end()

    def view(self, state: ChatState) -> Node:
        self._learn(state)
        total = len(state.messages)
        end = total if self._at_end else min(total, self._seen)
        start = max(0, end - self._shown) // STEP * STEP
        rows = self._window(state.messages, start)
        attrs = {
            "class": "cw-log", "role": "log", "tabindex": "0", "aria-label": say("Messages"),
            "aria-live": "polite" if self._at_end else "off", "data-anchor": "end", "data-jump": str(self._jumps),
        }  # fmt: skip
        if total == 0:
            rows = [self._empty(state)]
        elif start > 0:
            earlier = button("quiet", say("Show earlier messages"), self.on_earlier)
            rows = [h("div", {"class": "cw-earlier"}, [earlier], None, "earlier"), *rows]
        log = h("div", attrs, rows, {"scroll": self.on_scroll}, "log")
        return h("div", {"class": "cw-talk"}, [log] if self._at_end else [log, self._down(total - self._seen)])

    def _learn(self, state: ChatState) -> None:
        """Emotes and names are looked up once; when they change, every message is drawn again."""
        names = [person.user_name for person in state.participants if person.user_name != ""]
        if names != self._names or state.emotes is not self._emotes:
            self._names = names
            self._emotes = state.emotes
            self._by_id = {emote.id: emote for emote in state.emotes}
            self._looks += 1

    def _window(self, messages: list[ChatMessage], start: int) -> list[Node]:
        rows: dict[str, Row] = {}
        nodes: list[Node] = []
        before: Row | None = None
        for index in range(start, len(messages)):
            row = self._row(messages[index], before)
            if before is None or before.minute // DAY_MIN != row.minute // DAY_MIN:
                nodes.append(self._day(row.message))
            rows[row.message.id] = row
            nodes.append(row.node)
            before = row
        self._rows = rows
        return nodes

    def _row(self, message: ChatMessage, before: Row | None) -> Row:
        """The message drawn, or what was drawn of it last time."""
        old = self._rows.get(message.id)
        same = old is not None and old.message is message
        minute = old.minute if old is not None and same else self._when.minute(message.timestamp)
        first = before is None or breaks(before, message, minute)
        if old is not None and same and old.first == first and old.looks == self._looks:
            return old

        def again(event: UiEvent) -> None:
            self._again(message)

        look = Look(self._when.time(message.timestamp), first, self._by_id, self._names)
        return Row(message, minute, first, self._looks, chat_message(message, look, again))

    def _day(self, message: ChatMessage) -> Node:
        name = self._when.day(message.timestamp, self._stage.clock.now_ms())
        return h("div", {"class": "cw-day"}, [line("span", "day-name", name)], None, f"day-{message.id}")

    def _empty(self, state: ChatState) -> Node:
        alone = len([person for person in state.participants if person.is_online]) < 2
        if alone:
            copy = button("plain", say("Copy invite"), self._invite)
            nothing_yet = hush(
                say("You are the first one here"), say("Send the invite to the people you want to talk with."), [copy]
            )
        else:
            lead = say("You are connected. What you write is encrypted for the people in this room.")
            nothing_yet = hush(say("Say hello"), lead, [])
        return h("div", {"class": "cw-fill"}, [nothing_yet], None, "empty")

    def _down(self, new: int) -> Node:
        label = say_count("1 new message", "{} new messages", new) if new > 0 else say("Go to the newest message")
        attrs = {"class": "cw-down cw-down-new" if new > 0 else "cw-down", "type": "button", "aria-label": label}
        words = [icon("down"), text(label)] if new > 0 else [icon("down")]
        return h("button", attrs, words, {"click": self.on_down}, "down")

    def on_scroll(self, event: UiEvent) -> None:
        state = self._stage.chat.get_state()
        at_end = event.below_px <= NEAR_PX
        if at_end and not self._at_end:
            self._shown = PAGE
        if at_end:
            self._seen = len(state.messages)
        if event.above_px < EARLIER_PX and not at_end and self._shown < len(state.messages):
            self._shown += PAGE
            self._stage.changed()
        if at_end != self._at_end:
            self._at_end = at_end
            self._stage.changed()

    def on_earlier(self, event: UiEvent) -> None:
        self._shown += PAGE
        self._at_end = False
        self._stage.changed()

    def on_down(self, event: UiEvent) -> None:
        self._to_end()
        self._stage.changed()

    def _to_end(self) -> None:
        """Jump to the newest; the DOM scrolls when the count of jumps changes."""
        self._at_end = True
        self._shown = PAGE
        self._seen = len(self._stage.chat.get_state().messages)
        self._jumps += 1


def breaks(before: Row, message: ChatMessage, minute: int) -> bool:
    """Another author, another day, or five minutes of silence begin a new group."""
    if before.message.type != "message" or before.message.sender_id != message.sender_id:
        return True
    return minute - before.minute >= GROUP_MIN or minute // DAY_MIN != before.minute // DAY_MIN
