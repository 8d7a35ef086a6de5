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
from widget.ui.strings import say, say_count, say_with
from widget.ui.view import Node, UiEvent, box, h, text


class ChatClient:
    """Everything one sees inside a room."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self._people: bool = False
        self.input: ChatInput = ChatInput(stage)
        self.messages: MessageList = MessageList(stage, self.send_again)

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
        name = room.custom_name if room.custom_name != "" else say("chat.unnamed")
        here = len([person for person in state.participants if person.is_online])
        count = say_count("people.one", "people.many", here)
        title = [h("h2", {"class": "cw-title"}, [h("bdi", {}, [text(name)])])]
        facts = [h("span", {"class": "cw-head-count"}, [text(count)]), connection_badge(state)]
        if not room.is_public:
            facts.append(h("span", {"class": "cw-badge"}, [icon("lock"), text(say("chat.private"))]))
        ways = [
            icon_button("people", say("chat.people"), self.on_people, "true" if self._people else "false"),
            icon_button("link", say("chat.invite"), self.on_invite),
            icon_button("leave", say("chat.leave"), self.on_leave),
        ]
        words = box("bar-title", [*title, h("p", {"class": "cw-sub cw-facts"}, facts)])
        return h("header", {"class": "cw-bar"}, [words, box("bar-ways", ways)])

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
        self._stage.clock.spawn(self.input.send(message.content))

    async def _copy_invite(self) -> None:
        room = self._stage.chat.get_state().room
        if room is None:
            return
        invite = room.invite if room.invite != "" else room.room_id
        copied = await self._stage.page.copy(invite)
        self._stage.tell(say("chat.copied") if copied else say_with("chat.not_copied", invite))

    async def _leave(self) -> None:
        try:
            await self._stage.chat.leave_room()
        except Exception as error:
            self._stage.tell(words_of(error))
