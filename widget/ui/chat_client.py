"""A room: its header, the conversation, and where one writes."""

from __future__ import annotations

from widget.model import ChatState, RoomMetadata
from widget.ui.chat_input import ChatInput
from widget.ui.connection_badge import connection_badge
from widget.ui.icons import icon
from widget.ui.invite import Invite
from widget.ui.layers import CARD
from widget.ui.message_list import MessageList
from widget.ui.participants import Participants
from widget.ui.parts import bar, icon_button, room_name
from widget.ui.powers import asking, is_in, my_role
from widget.ui.room_settings import RoomSettings, settings_title
from widget.ui.stage import Stage
from widget.ui.strings import number, say, say_count
from widget.ui.view import Node, UiEvent, h, listen


class ChatClient:
    """Everything one sees inside a room."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self.people: Participants = Participants(stage, self._ways)
        self.input: ChatInput = ChatInput(stage)
        self.invite: Invite = Invite(stage)
        self.settings: RoomSettings = RoomSettings(stage)
        self.messages: MessageList = MessageList(stage, self.on_copy)

    def view(self, state: ChatState, room: RoomMetadata) -> Node:
        part = self._stage.part
        talk = [
            part("messages", lambda: self.messages.view(state)),
            part("composer", lambda: self.input.view(state)),
        ]
        middle = [h("div", {"class": "cw-column"}, talk), *self.people.column()]
        parts = [part("header", lambda: self._header(state, room)), h("div", {"class": "cw-middle"}, middle)]
        return h("div", {"class": "cw-chat", "key": "chat"}, parts, listen("keydown", self.on_key))

    def entered(self, state: ChatState) -> None:
        """A new room begins at its end, with the draft that was left there."""
        self.people.entered()
        self.messages.entered(state)
        self.input.entered()

    def forget(self) -> None:
        """Somebody signed out: the next one finds nothing of theirs."""
        self.input.forget()

    def arrived(self, state: ChatState) -> None:
        """What is new: messages, or somebody who asks to come in."""
        if state.room is not None:
            self.messages.arrived(state)
            self.people.arrived(state.participants)

    def _header(self, state: ChatState, room: RoomMetadata) -> Node:
        here = len([person for person in state.participants if person.is_online and is_in(person)])
        label = say_count("1 person", "{} people", here)
        inside = [h("span", {"class": "cw-number"}, [number(here)])]
        waiting = len(asking(state.participants))
        if waiting > 0:
            label += ", " + say_count("1 person asks to come in", "{} people ask to come in", waiting)
            inside.append(h("span", {"class": "cw-dot"}))
        title = [h("bdi", {}, [room_name(room)])]
        if not room.is_public:
            title = [icon("lock"), h("span", {"class": "cw-hidden"}, [say("Private")]), *title]
        ways = [
            icon_button("people", label, self.people.on_toggle, "true" if self.people.is_open else "false", {}, inside),
            icon_button("link", say("Invite people"), lambda event: self.invite.show(state, room)),
            icon_button("leave", say("Leave room"), self.on_leave),
        ]
        told = [] if self._stage.is_told else [connection_badge(state)]
        return bar([h("h2", {"class": "cw-title"}, title), *told], ways)

    def _ways(self) -> list[Node]:
        """What leads on from the list of people."""
        state = self._stage.chat.get_state()
        room = state.room
        if room is None or my_role(state.participants) != "host":
            return []
        return [icon_button("settings", settings_title(), lambda event: self.settings.show(room))]

    def on_copy(self, event: UiEvent) -> None:
        self.invite.copy()

    def on_leave(self, event: UiEvent) -> None:
        self._stage.spawn(self._stage.chat.leave_room())

    def on_key(self, event: UiEvent) -> None:
        """Escape closes the column of people; what lies above closes first, on its own."""
        layers = self._stage.layers
        if event.key == "Escape" and layers.top() == CARD:
            event.prevent()
            layers.close(CARD)
        elif event.key == "Escape" and self.people.is_open:
            event.prevent()
            self.people.close()
