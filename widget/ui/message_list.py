"""The conversation: what is in sight of it, and what came in meanwhile."""

from __future__ import annotations

from widget.core.namesakes import namesakes
from widget.model import ChatMessage, ChatState, EmoteData
from widget.ui.announcer import Announcer
from widget.ui.chat_message import Ways, emote_id, more_id
from widget.ui.emote_card import EmoteCard
from widget.ui.empty_room import calm, policy
from widget.ui.icons import icon
from widget.ui.menu import Item, Menu
from widget.ui.message_line import Known, Row, message_line
from widget.ui.row_list import RowList
from widget.ui.stage import Stage
from widget.ui.strings import Language, say, say_count
from widget.ui.view import Effect, Handler, Node, UiEvent, click, h
from widget.ui.when import DAY_MIN

GUESS_PX = 44.0  # a message of one line


class MessageList:
    """`invite` copies the invite."""

    def __init__(self, stage: Stage, invite: Handler) -> None:
        self._stage: Stage = stage
        self._invite: Handler = invite
        self._language: Language = stage.language
        self._list: RowList = RowList(stage.redraw, GUESS_PX, True)
        self._menu: Menu = Menu(stage)
        self._card: EmoteCard = EmoteCard(stage)
        self._announcer: Announcer = Announcer(stage)
        self._messages: list[ChatMessage] = []
        self._seen: int = 0
        self._unread: str = ""  # the first message that came while nobody looked
        self._unfolded: list[str] = []
        self._rows: dict[str, Row] = {}
        self._drawn: dict[str, Row] = {}
        self._emotes: list[EmoteData] = []
        self._known: Known = Known({}, [], {}, "never")
        self._people: str = ""
        self._today: int = 0

    def entered(self, state: ChatState) -> None:
        """Another room, at its end."""
        self._unread = ""
        self._unfolded = []
        self._messages = state.messages
        self._announcer.entered(len(state.messages))
        self.to_end()

    def to_end(self) -> None:
        """Jump to the newest."""
        self._list.to_end()
        self._seen = len(self._stage.chat.get_state().messages)

    def arrived(self, state: ChatState) -> None:
        """Messages came in; those on screen count as seen, and the reader's place is kept otherwise."""
        total = len(state.messages)
        looks = self._list.at_end and self._stage.is_seen()
        if total > self._seen:
            if state.messages[-1].mine and total > len(self._messages):
                self._unread = ""
                self.to_end()
            elif looks:
                self._seen = total
            elif self._unread == "":
                self._unread = state.messages[self._seen].id
        self._messages = state.messages
        self._announcer.arrived(state.messages)

    def unread(self) -> int:
        """How many came while nobody looked, or looked at older ones."""
        total = len(self._messages)
        return 0 if self._list.at_end and self._stage.is_seen() else max(0, total - self._seen)

    def view(self, state: ChatState) -> Node:
        self._learn(state)
        self._messages = state.messages
        total = len(state.messages)
        if self._list.at_end and self._stage.is_seen():
            self._seen = total
        attrs = {
            "class": "cw-log",
            "part": "log",
            "id": "cw-log",
            "role": "log",
            "tabindex": "0",
            "aria-label": say("Messages"),
            "aria-live": "off",
            "key": "log",
        }
        lead = [calm(state, self._invite) if total == 0 else policy(state)]
        self._drawn = {}
        log = self._list.view(attrs, lead, [message.id for message in state.messages], self._row)
        self._rows = self._drawn
        is_back = not self._list.at_end
        parts = [log, self._down(total - self._seen)] if is_back else [log]
        look = {"class": "cw-talk cw-back" if is_back else "cw-talk", "key": "talk"}
        return h("div", look, [*parts, self._announcer.view()])

    def _learn(self, state: ChatState) -> None:
        """Emotes and names are looked up once; when they, whether emotes move, or the day change, every message is
        drawn again."""
        named = [person for person in state.participants if person.user_name != ""]
        people = "\n".join([f"{person.user_id} {person.user_name}" for person in named])
        today = self._stage.page.wall_minute(self._stage.clock.now_ms()) // DAY_MIN
        language = self._stage.language
        is_known = people == self._people and language is self._language and today == self._today
        plays = self._stage.plays
        if not is_known or state.emotes is not self._emotes or plays != self._known.plays:
            self._people = people
            self._today = today
            self._language = language
            if state.emotes is not self._emotes:
                self._card.close()  # what it stands beside may be a name now
            self._emotes = state.emotes
            by_id: dict[str, list[EmoteData]] = {}
            for emote in state.emotes:
                by_id[emote.id] = [*by_id.get(emote.id, []), emote]
            self._known = Known(by_id, [person.user_name for person in named], namesakes(named), plays)
            self._rows = {}

    def _row(self, place: int) -> Node:
        """The message drawn, or what was drawn of it last time."""
        message = self._messages[place]
        before = self._messages[place - 1] if place > 0 else None
        notes = "new " if message.id == self._unread else ""
        if place == len(self._messages) - 1:
            notes += "last "
        if message.id in self._unfolded:
            notes += "unfolded"
        row = self._rows.get(message.id)
        if row is None or row.message is not message or row.before is not before or row.notes != notes:

            def draw() -> Node:
                return message_line(self._stage, message, before, notes, self._known, self._ways(message))

            empty = {"data-row": "", "key": message.id}
            node = self._stage.part("message", draw, empty)
            row = Row(message, before, notes, node)
        self._drawn[message.id] = row
        return row.node

    def _ways(self, message: ChatMessage) -> Ways:
        def unfold(event: UiEvent) -> None:
            self._unfolded.append(message.id)
            self._stage.changed()

        def more(event: UiEvent) -> None:
            if event.kind == "click":
                self._menu.open(
                    "message",
                    lambda: say("Message of {}", message.sender_name),
                    more_id(message),
                    lambda: self.items(message),
                )
            elif event.key == "ArrowUp" or event.key == "ArrowDown":
                event.prevent()
                self._step(message, 1 if event.key == "ArrowDown" else -1)
            else:
                self._to_emote(message, event, -1)

        def about(event: UiEvent, place: int, emotes: list[EmoteData]) -> None:
            if event.kind == "keydown":
                self._to_emote(message, event, place)
            else:
                self._card.heard(event, emote_id(message, place), emotes)

        return Ways(lambda event: self._retry(message), unfold, more, about)

    def _to_emote(self, message: ChatMessage, event: UiEvent, place: int) -> None:
        """Arrows lead from the menu's button along the emotes, and back."""
        if event.key == "ArrowRight" or event.key == "ArrowLeft":
            event.prevent()
            to = place + 1 if event.key == "ArrowRight" else place - 1
            self._stage.do(Effect("focus", more_id(message) if to < 0 else emote_id(message, to)))

    def _step(self, message: ChatMessage, step: int) -> None:
        """To the menu of the message after or before that one."""
        place = [each.id for each in self._messages].index(message.id) + step
        while 0 <= place < len(self._messages):
            if self._messages[place].type == "message":
                self._stage.do(Effect("focus", more_id(self._messages[place])))
                return
            place += step

    def items(self, message: ChatMessage) -> list[Item]:
        """What can be done with a message."""
        stage = self._stage
        found = [Item(say("Copy text"), "copy", lambda: stage.spawn(self._copy(message.content)))]
        if message.delivery == "failed":
            found.append(Item(say("Send again"), "send", lambda: self._retry(message)))
        return found

    def _retry(self, message: ChatMessage) -> None:
        self._stage.spawn(self._stage.chat.retry(message.id))

    async def _copy(self, content: str) -> None:
        copied = await self._stage.page.copy(content)
        self._stage.tell(lambda: say("Copied.") if copied else say("The browser did not let the text be copied."))

    def _down(self, new: int) -> Node:
        label = say_count("1 new message", "{} new messages", new) if new > 0 else say("Go to the newest message")
        words: list[Node | str] = [icon("down"), label] if new > 0 else [icon("down")]
        classes = "cw-down cw-down-new" if new > 0 else "cw-down"
        return h("button", {"class": classes, "type": "button", "aria-label": label}, words, click(self.on_down))

    def on_down(self, event: UiEvent) -> None:
        """To what came meanwhile, or the end. The button goes: who reads on stays in the conversation."""
        if self._unread == "":
            self.to_end()
        else:
            self._list.to_row(self._unread)
        self._stage.do(Effect("focus", "cw-log"))
