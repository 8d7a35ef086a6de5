"""The conversation: the newest messages, earlier ones as one scrolls up, and what came in meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from widget.model import ChatMessage, ChatState, EmoteData
from widget.ui.chat_message import chat_message
from widget.ui.connection_badge import WORDS, is_kept_waiting
from widget.ui.icons import icon
from widget.ui.parts import button, hush
from widget.ui.stage import Stage
from widget.ui.strings import say, say_count
from widget.ui.view import Handler, Node, UiEvent, click, h, listen
from widget.ui.when import DAY_MIN, clock_time, day_name

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
    node: Node


class MessageList:
    """Draws a window of the messages. `invite` copies the invite."""

    def __init__(self, stage: Stage, invite: Handler) -> None:
        self._stage: Stage = stage
        self._invite: Handler = invite
        self._twelve_hour: bool = stage.page.twelve_hour()
        self._shown: int = PAGE
        self._at_end: bool = True
        self._seen: int = 0
        self._jumps: int = 0
        self._rows: dict[str, Row] = {}
        self._emotes: list[EmoteData] = []
        self._by_id: dict[str, EmoteData] = {}
        self._names: list[str] = []

    def to_end(self) -> None:
        """Jump to the newest; the DOM scrolls when the count of jumps changes."""
        self._at_end = True
        self._shown = PAGE
        self._seen = len(self._stage.chat.get_state().messages)
        self._jumps += 1

    def arrived(self, state: ChatState) -> None:
        """Messages came in; those on screen count as seen, and the reader's place is kept otherwise."""
        if self._at_end:
            self._seen = len(state.messages)
        elif len(state.messages) > self._seen and state.messages[-1].mine:
            self.to_end()

    def view(self, state: ChatState) -> Node:
        self._learn(state)
        total = len(state.messages)
        end = total if self._at_end else min(total, self._seen)
        start = max(0, end - self._shown) // STEP * STEP
        rows = self._window(state.messages, start)
        if total == 0:
            rows = [self._empty(state)]
        elif start > 0:
            earlier = button("quiet", say("Show earlier messages"), self.on_earlier)
            rows = [h("div", {"class": "cw-earlier", "key": "earlier"}, [earlier]), *rows]
        else:
            rows = [self._policy(state), *rows]
        attrs = {
            "role": "log",
            "tabindex": "0",
            "aria-label": say("Messages"),
            "aria-live": "polite" if self._at_end else "off",
            "data-jump": str(self._jumps),
        }
        log = h("div", {"class": "cw-log", **attrs, "key": "log"}, rows, listen("scroll", self.on_scroll))
        return h("div", {"class": "cw-talk"}, [log] if self._at_end else [log, self._down(total - self._seen)])

    def _learn(self, state: ChatState) -> None:
        """Emotes and names are looked up once; when they change, every message is drawn again."""
        names = [person.user_name for person in state.participants if person.user_name != ""]
        if "\n".join(names) != "\n".join(self._names) or state.emotes is not self._emotes:
            self._names = names
            self._emotes = state.emotes
            self._by_id = {emote.id: emote for emote in state.emotes}
            self._rows = {}

    def _window(self, messages: list[ChatMessage], start: int) -> list[Node]:
        rows: dict[str, Row] = {}
        nodes: list[Node] = []
        before: Row | None = None
        for message in messages[start:]:
            row = self._row(message, before)
            if before is None or before.minute // DAY_MIN != row.minute // DAY_MIN:
                nodes.append(self._day(row))
            rows[message.id] = row
            nodes.append(row.node)
            before = row
        self._rows = rows
        return nodes

    def _row(self, message: ChatMessage, before: Row | None) -> Row:
        """The message drawn, or what was drawn of it last time."""
        old = self._rows.get(message.id)
        if old is not None and old.message is not message:
            old = None
        minute = self._stage.page.wall_minute(message.timestamp) if old is None else old.minute
        first = before is None or breaks(before, message, minute)
        if old is not None and old.first == first:
            return old

        def again(event: UiEvent) -> None:
            self._stage.spawn(self._stage.chat.retry(message.id))

        time = clock_time(minute, self._twelve_hour) if first else ""
        return Row(message, minute, first, chat_message(message, time, self._by_id, self._names, again))

    def _day(self, row: Row) -> Node:
        day, month = self._stage.page.wall_date(row.message.timestamp)
        name = day_name(row.minute, self._stage.page.wall_minute(self._stage.clock.now_ms()), day, month)
        return h("div", {"class": "cw-day", "key": f"day-{row.message.id}"}, [name])

    def _policy(self, state: ChatState) -> Node:
        """What who comes later will read of this."""
        words = say("Who comes later does not see what was said before.")
        if state.room is not None and state.room.history == "session":
            words = say("Who comes later sees what was said in the last day.")
        return h("div", {"class": "cw-system", "key": "policy"}, [words])

    def _empty(self, state: ChatState) -> Node:
        if is_kept_waiting(state):
            title = say(WORDS["waiting"]) if state.error is None else state.error
            calm = hush(title, say("A host or moderator lets each person in."), [])
        elif len([person for person in state.participants if person.is_online and person.standing == "in"]) > 1:
            lead = say("You are connected. What you write is encrypted for the people in this room.")
            calm = hush(say("Say hello"), lead, [])
        else:
            copy = button("plain", say("Copy invite"), self._invite)
            lead = say("Send the invite to the people you want to talk with.")
            calm = hush(say("You are the first one here"), lead, [copy])
        return h("div", {"class": "cw-fill", "key": "empty"}, [calm])

    def _down(self, new: int) -> Node:
        label = say_count("1 new message", "{} new messages", new) if new > 0 else say("Go to the newest message")
        words: list[Node | str] = [icon("down"), label] if new > 0 else [icon("down")]
        classes = "cw-down cw-down-new" if new > 0 else "cw-down"
        return h("button", {"class": classes, "type": "button", "aria-label": label}, words, click(self.on_down))

    def on_scroll(self, event: UiEvent) -> None:
        if event.below_px <= NEAR_PX:
            if not self._at_end:
                self.on_down(event)
            return
        total = len(self._stage.chat.get_state().messages)
        if event.above_px < EARLIER_PX and self._shown < total:
            self.on_earlier(event)
        elif self._at_end:
            self._at_end = False
            self._stage.changed()

    def on_earlier(self, event: UiEvent) -> None:
        self._shown += PAGE
        self._at_end = False
        self._stage.changed()

    def on_down(self, event: UiEvent) -> None:
        self.to_end()
        self._stage.changed()


def breaks(before: Row, message: ChatMessage, minute: int) -> bool:
    """Another author, another day, or five minutes of silence begin a new group."""
    if before.message.type != "message" or before.message.sender_id != message.sender_id:
        return True
    return minute - before.minute >= GROUP_MIN or minute // DAY_MIN != before.minute // DAY_MIN
