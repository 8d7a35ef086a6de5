"""A room: its header, the conversation, and where one writes."""

from __future__ import annotations

from widget.model import ChatState, RoomMetadata
from widget.ui.chat_input import ChatInput
from widget.ui.connection_badge import connection_badge
from widget.ui.icons import icon
from widget.ui.message_list import MessageList
from widget.ui.participants import participants
from widget.ui.parts import bar, icon_button, room_name
from widget.ui.stage import Stage
from widget.ui.strings import say, say_count
from widget.ui.view import Node, UiEvent


class ChatClient:
    """Everything one sees inside a room."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self._people: bool = False
        self.input: ChatInput = ChatInput(stage)
        self.messages: MessageList = MessageList(stage, self.on_invite)

    def view(self, state: ChatState, room: RoomMetadata) -> Node:
        middle = [self.messages.view(state)]
        if self._people:
            middle.append(participants(state.participants, self.on_people))
        parts = [self._header(state, room), Node("div", "cw-middle", middle), self.input.view(state)]
        return Node("div", "cw-chat", parts, [], "chat", "keydown", self.on_key)

    def entered(self) -> None:
        """A new room begins at its end; the draft is kept."""
        self._people = False
        self.messages.to_end()

    def _header(self, state: ChatState, room: RoomMetadata) -> Node:
        here = len([person for person in state.participants if person.is_online])
        title = [Node("bdi", "", [room_name(room)])]
        if not room.is_public:
            title = [icon("lock"), Node("span", "cw-hidden", [say("Private")]), *title]
        ways = [
            icon_button(
                "people", say_count("1 person", "{} people", here), self.on_people,
                "true" if self._people else "false", str(here),
            ),
            icon_button("link", say("Copy invite"), self.on_invite),
            icon_button("leave", say("Leave room"), self.on_leave),
        ]  # fmt: skip
        return bar([Node("h2", "cw-title", title), connection_badge(state)], ways)

    def on_people(self, event: UiEvent) -> None:
        self._people = not self._people
        self._stage.changed()

    def on_invite(self, event: UiEvent) -> None:
        self._stage.spawn(self._copy_invite())

    def on_leave(self, event: UiEvent) -> None:
        self._stage.spawn(self._stage.chat.leave_room())

    def on_key(self, event: UiEvent) -> None:
        """Escape closes what is open."""
        if event.key == "Escape":
            self._people = self.input.picker.is_open = False
            self._stage.changed()

    async def _copy_invite(self) -> None:
        invite = self._stage.chat.get_invite()
        copied = await self._stage.page.copy(invite)
        self._stage.tell(say("Invite copied.") if copied else say("The invite could not be copied. It is {}", invite))
