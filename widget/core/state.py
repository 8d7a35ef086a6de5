"""The chat's state: one immutable value that is replaced, and those who want to know."""

from __future__ import annotations

from collections.abc import Callable

from widget.core.events import tell
from widget.core.limits import MESSAGES_KEPT
from widget.model import ChatMessage, ChatState, Delivery, EmoteData, Participant, RoomMetadata, Status
from widget.ports import Clock


class State:
    """Holds the current ChatState. Its lists are never changed in place: the same list means nothing new."""

    def __init__(self, clock: Clock) -> None:
        self._clock: Clock = clock
        self._now: ChatState = ChatState()
        self._subscribers: list[Callable[[ChatState], None]] = []

    @property
    def now(self) -> ChatState:
        return self._now

    def subscribe(self, callback: Callable[[ChatState], None]) -> Callable[[], None]:
        self._subscribers.append(callback)
        return lambda: self._unsubscribe(callback)

    def clear_subscribers(self) -> None:
        self._subscribers = []

    def signed_in(self, user_id: str, user_name: str) -> None:
        self._put(_identified(self._now, True, user_id, user_name))

    def signed_out(self) -> None:
        self._put(_identified(self._now, False, "", ""))

    def status(self, status: Status, error: str | None) -> None:
        old = self._now
        if old.status != status or old.error != error:
            self._put(_with_status(old, status, error))

    def room(self, room: RoomMetadata | None) -> None:
        self._put(_with_room(self._now, room, self._now.messages, self._now.participants))

    def left(self) -> None:
        """No room any more, and nothing of what was said in it."""
        self._put(_with_room(self._now, None, [], []))

    def participants(self, participants: list[Participant]) -> None:
        if self._now.participants != participants:
            self._put(_with_room(self._now, self._now.room, self._now.messages, participants))

    def emotes(self, emotes: list[EmoteData]) -> None:
        self._put(_with_emotes(self._now, emotes))

    def add_message(self, message: ChatMessage) -> None:
        messages = [*self._now.messages, message]
        if len(messages) > MESSAGES_KEPT:
            messages = messages[len(messages) - MESSAGES_KEPT :]
        self._put(_with_room(self._now, self._now.room, messages, self._now.participants))

    def only_messages_of(self, room_id: str) -> None:
        """Forget what was said elsewhere."""
        messages = [message for message in self._now.messages if message.room_id == room_id]
        self._put(_with_room(self._now, self._now.room, messages, self._now.participants))

    def mark(self, message_id: str, delivery: Delivery) -> None:
        """Change how far one of my messages got."""
        old = self._now.messages
        for index in range(len(old) - 1, -1, -1):
            message = old[index]
            if message.id == message_id and message.mine:
                if message.delivery != delivery:
                    messages = list(old)
                    messages[index] = _delivered(message, delivery)
                    self._put(_with_room(self._now, self._now.room, messages, self._now.participants))
                return

    def _put(self, state: ChatState) -> None:
        self._now = state
        for callback in list(self._subscribers):
            tell(self._clock, callback, state)

    def _unsubscribe(self, callback: Callable[[ChatState], None]) -> None:
        self._subscribers = [other for other in self._subscribers if other != callback]


def _identified(old: ChatState, authenticated: bool, user_id: str, user_name: str) -> ChatState:
    return ChatState(
        status=old.status,
        authenticated=authenticated,
        user_id=user_id,
        user_name=user_name,
        room=old.room,
        messages=old.messages,
        participants=old.participants,
        emotes=old.emotes,
        error=old.error,
    )


def _with_status(old: ChatState, status: Status, error: str | None) -> ChatState:
    return ChatState(
        status=status,
        authenticated=old.authenticated,
        user_id=old.user_id,
        user_name=old.user_name,
        room=old.room,
        messages=old.messages,
        participants=old.participants,
        emotes=old.emotes,
        error=error,
    )


def _with_room(
    old: ChatState, room: RoomMetadata | None, messages: list[ChatMessage], participants: list[Participant]
) -> ChatState:
    return ChatState(
        status=old.status,
        authenticated=old.authenticated,
        user_id=old.user_id,
        user_name=old.user_name,
        room=room,
        messages=messages,
        participants=participants,
        emotes=old.emotes,
        error=old.error,
    )


def _with_emotes(old: ChatState, emotes: list[EmoteData]) -> ChatState:
    return ChatState(
        status=old.status,
        authenticated=old.authenticated,
        user_id=old.user_id,
        user_name=old.user_name,
        room=old.room,
        messages=old.messages,
        participants=old.participants,
        emotes=emotes,
        error=old.error,
    )


def _delivered(message: ChatMessage, delivery: Delivery) -> ChatMessage:
    return ChatMessage(
        id=message.id,
        room_id=message.room_id,
        sender_id=message.sender_id,
        sender_name=message.sender_name,
        timestamp=message.timestamp,
        content=message.content,
        encrypted=message.encrypted,
        emote_ids=message.emote_ids,
        custom_emoji_ids=message.custom_emoji_ids,
        type=message.type,
        delivery=delivery,
        mine=True,
        flags=message.flags,
    )
