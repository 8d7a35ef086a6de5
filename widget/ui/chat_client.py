"""A room: its header, the conversation, and where one writes."""

from __future__ import annotations

from widget.model import ChatMessage, ChatState, RoomMetadata
from widget.ui.chat_input import ChatInput
from widget.ui.connection_badge import connection_badge
from widget.ui.icons import icon
from widget.ui.message_list import MessageList
from widget.ui.participants import participants
from widget.ui.parts import icon_button
from widget.ui.stage import Stage, words_of
from widget.ui.strings import say, say_count
from widget.ui.view import Node, UiEvent, box, h, line, text


class ChatClient:
    """Everything one sees inside a room."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self._people: bool = False
        self.input: ChatInput = ChatInput(stage)
        self.messages: MessageList = MessageList(stage, self.send_again, self.on_invite)

    def view(self, state: ChatState, room: RoomMetadata) -> Node:
        middle = [self.messages.view(state)]
        if self._people:
            middle.append(participants(state.participants, self.on_people))
        parts = [self._header(state, room), box("middle", middle), self.input.view(state)]
        return h("div", {"class": "cw-chat"}, parts, {"keydown": self.on_key}, "chat")

    def entered(self) -> None:
        """A new room begins with a clean screen; the draft is kept."""
        self._people = False
        self.messages.entered()

    def _header(self, state: ChatState, room: RoomMetadata) -> Node:
        name = room.custom_name if room.custom_name != "" else say("Room without a name")
        here = len([person for person in state.participants if person.is_online])
        title = [h("bdi", {}, [text(name)])]
        if not room.is_public:
            title = [icon("lock"), line("span", "hidden", say("Private")), *title]
        ways = [
            self._people_button(here),
            icon_button("link", say("Copy invite"), self.on_invite),
            icon_button("leave", say("Leave room"), self.on_leave),
        ]
        words = box("bar-title", [h("h2", {"class": "cw-title"}, title), connection_badge(state)])
        return h("header", {"class": "cw-bar"}, [words, box("bar-ways", ways)])

    def _people_button(self, here: int) -> Node:
        """The door to the panel, with the number of people on it."""
        label = say_count("1 person", "{} people", here)
        attrs = {
            "class": "cw-button cw-quiet cw-count-button", "type": "button", "aria-label": label, "title": label,
            "aria-expanded": "true" if self._people else "false",
        }  # fmt: skip
        return h("button", attrs, [icon("people"), line("span", "number", str(here))], {"click": self.on_people})

    def on_people(self, event: UiEvent) -> None:
        self._people = not self._people
        self._stage.changed()

    def on_invite(self, event: UiEvent) -> None:
        self._stage.clock.spawn(self._copy_invite())

    def on_leave(self, event: UiEvent) -> None:
        self._stage.clock.spawn(self._leave())

    def on_key(self, event: UiEvent) -> None:
        """Escape closes what is open."""
        if event.key == "Escape" and (self.input.picker.close() or self._people):
            self._people = False
            self._stage.changed()

    def send_again(self, message: ChatMessage) -> None:
        self._stage.clock.spawn(self._retry(message.id))

    async def _copy_invite(self) -> None:
        room = self._stage.chat.get_state().room
        if room is None:
            return
        invite = room.invite if room.invite != "" else room.room_id
        copied = await self._stage.page.copy(invite)
        self._stage.tell(say("Invite copied.") if copied else say("The invite could not be copied. It is {}", invite))

    async def _retry(self, message_id: str) -> None:
        try:
            await self._stage.chat.retry(message_id)
        except Exception as error:
            self._stage.tell(words_of(error))

    async def _leave(self) -> None:
        try:
            await self._stage.chat.leave_room()
        except Exception as error:
            self._stage.tell(words_of(error))
