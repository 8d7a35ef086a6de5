"""What is said in the room: my words on their way out, others' words in, and who came and went."""

from __future__ import annotations

from widget.core.events import Events
from widget.core.limits import MESSAGE_CHARS, MESSAGE_EMOTES
from widget.core.outbox import Outbox
from widget.core.state import State
from widget.core.times import iso_time
from widget.crypto.opened import OpenedFrame
from widget.crypto.session import PeerSession
from widget.errors import ChatError
from widget.model import ChatMessage, MessageType, Participant
from widget.ports import Clock, Digest
from widget.wire.body import TextBody, is_id, read_text, write_text
from widget.wire.frame import MAX_BODY_BYTES

RECENT: int = 200


class Messages:
    """The messages of one stay in the room that people call `room_id`."""

    def __init__(
        self,
        clock: Clock,
        digest: Digest,
        state: State,
        events: Events,
        outbox: Outbox,
        me: PeerSession,
        room_id: str,
    ) -> None:
        self._clock: Clock = clock
        self._digest: Digest = digest
        self._state: State = state
        self._events: Events = events
        self._outbox: Outbox = outbox
        self._me: PeerSession = me
        self._room_id: str = room_id
        self._present: dict[str, str] = {}

    def begin(self, present: list[str]) -> None:
        """We are in. `present` (subs) were members before us: their arrival is no news."""
        self._state.only_messages_of(self._room_id)
        for sub in present:
            self._present[sub] = ""

    async def send(self, content: str, emote_ids: list[str], custom_emoji_ids: list[str]) -> None:
        """Show my message and hand it to the outbox."""
        body = _checked_body(content, emote_ids, custom_emoji_ids)
        msg_id = self._digest.random(16).hex()
        self._state.add_message(
            ChatMessage(
                id=msg_id,
                room_id=self._room_id,
                sender_id=self._me.sub,
                sender_name=self._me.name,
                timestamp=iso_time(self._clock, self._clock.now_ms()),
                content=content,
                encrypted=True,
                emote_ids=emote_ids,
                custom_emoji_ids=custom_emoji_ids,
                type="message",
                delivery="sending",
                mine=True,
            )
        )
        self._outbox.add(msg_id, body)

    async def retry(self, message_id: str) -> None:
        """Hand a failed message of mine to the outbox once more: the same id, so nobody sees it twice."""
        for message in self._state.now.messages:
            is_mine = message.id == message_id and message.mine and message.room_id == self._room_id
            if is_mine and message.delivery == "failed":
                body = _checked_body(message.content, message.emote_ids, message.custom_emoji_ids)
                self._state.mark(message_id, "sending")
                self._outbox.add(message_id, body)
                return
        raise ChatError("message.retry", "This message cannot be sent again. Write it anew.")

    def received(self, opened: OpenedFrame) -> None:
        """An authenticated text of the right shape; each comes here once, however often it was sent."""
        if any(known.id == opened.msg_id for known in self._state.now.messages[-RECENT:]):
            return  # two sessions of mine hear it while one takes over from the other
        body = read_text(opened.body)
        message = ChatMessage(
            id=opened.msg_id,
            room_id=self._room_id,
            sender_id=opened.sub,
            sender_name=opened.name,
            timestamp=iso_time(self._clock, opened.ts_ms),
            content=body.text,
            encrypted=True,
            emote_ids=body.emotes,
            custom_emoji_ids=body.emoji,
            type="message",
            delivery="received",
            mine=opened.sub == self._me.sub,
            flags=opened.flags,
        )
        self._state.add_message(message)
        self._events.emit("message:received", message)

    def people(self, participants: list[Participant]) -> None:
        """Tell who has come and who has gone since the last time."""
        online: dict[str, str] = {}
        for person in participants:
            if person.is_online and not person.is_me:
                online[person.user_id] = person.user_name
                if person.user_id not in self._present:
                    self._system("join", person.user_id, person.user_name, f"{person.user_name} joined.")
        known = [person.user_id for person in participants]
        for sub, name in self._present.items():
            if sub in known:
                if sub not in online:
                    online[sub] = name
            elif name != "":
                self._system("leave", sub, name, f"{name} left.")
        self._present = online

    def _system(self, kind: MessageType, sub: str, name: str, content: str) -> None:
        self._state.add_message(
            ChatMessage(
                id=self._digest.random(16).hex(),
                room_id=self._room_id,
                sender_id=sub,
                sender_name=name,
                timestamp=iso_time(self._clock, self._clock.now_ms()),
                content=content,
                encrypted=True,
                type=kind,
            )
        )


def _checked_body(content: str, emote_ids: list[str], custom_emoji_ids: list[str]) -> bytes:
    """The body of a message, or a ChatError that says what is wrong with it."""
    if content.strip() == "":
        raise ChatError("message.empty", "There is nothing to send. Write something first.")
    text = f"A message can have at most {MESSAGE_CHARS} characters, fewer with emoji. Shorten it."
    too_long = ChatError("message.long", text)
    if len(content) > MESSAGE_CHARS:
        raise too_long
    for ids in (emote_ids, custom_emoji_ids):
        if len(ids) > MESSAGE_EMOTES or not all(is_id(emote_id) for emote_id in ids):
            raise ChatError(
                "message.emotes", f"A message can have at most {MESSAGE_EMOTES} emotes, each with a valid id."
            )
    try:
        body = write_text(TextBody(content, emote_ids, custom_emoji_ids))
    except ValueError as error:  # half of a surrogate pair
        raise ChatError("message.text", "This message holds characters that cannot be sent.") from error
    if len(body) > MAX_BODY_BYTES:
        raise too_long
    return body
