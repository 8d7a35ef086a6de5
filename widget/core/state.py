"""The chat's state: one immutable value that is replaced, and those who want to know."""

from __future__ import annotations

from collections.abc import Callable

from widget.core.events import Events
from widget.model import ChatMessage, ChatState, EmoteData, Participant, RoomMetadata, Status
from widget.ports import Clock


class State:
    """Builds the current ChatState. Its lists are never changed in place: the same list means nothing new.

    What the page also hears as an event of its own goes to `events` after the subscribers.
    """

    def __init__(self, clock: Clock, events: Events) -> None:
        self._events: Events = events
        self._changes: Events = Events(clock)
        self._status: Status = "disconnected"
        self._user_id: str = ""
        self._user_name: str = ""
        self._via: str = ""
        self._room: RoomMetadata | None = None
        self._messages: list[ChatMessage] = []
        self._participants: list[Participant] = []
        self._emotes: list[EmoteData] = []
        self._error: str | None = None
        self.now: ChatState = ChatState()

    def subscribe(self, callback: Callable[[ChatState], None]) -> Callable[[], None]:
        return self._changes.on("", callback)

    def clear_subscribers(self) -> None:
        self._changes.clear()

    def user(self, user_id: str, user_name: str, via: str) -> None:
        """Who is signed in; nobody when all are empty."""
        self._user_id = user_id
        self._user_name = user_name
        self._via = via
        self._put()

    def status(self, status: Status, error: str | None) -> None:
        before = self._status
        if before != status or self._error != error:
            self._status = status
            self._error = error
            self._put()
        if before != status:
            self._events.emit("connection:change", status)

    def room(self, room: RoomMetadata | None) -> None:
        self._room = room
        self._put()
        self._events.emit("room:change", room)

    def left(self) -> None:
        """No room any more, and nothing of what was said in it."""
        self._messages = []
        self._participants = []
        self.room(None)

    def participants(self, participants: list[Participant]) -> None:
        if self._participants != participants:
            self._participants = participants
            self._put()

    def emotes(self, emotes: list[EmoteData]) -> None:
        self._emotes = emotes
        self._put()

    def show(self, messages: list[ChatMessage]) -> None:
        """All that is to be read now."""
        self._messages = messages
        self._put()

    def _put(self) -> None:
        self.now = ChatState(
            status=self._status,
            authenticated=self._user_id != "",
            user_id=self._user_id,
            user_name=self._user_name,
            room=self._room,
            messages=self._messages,
            participants=self._participants,
            emotes=self._emotes,
            error=self._error,
            via=self._via,
        )
        self._changes.emit("", self.now)
