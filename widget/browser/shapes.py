"""Our values as the plain objects of the public API, in its spelling."""

from __future__ import annotations

from widget.browser import js
from widget.model import ChatMessage, ChatState, Device, EmoteData, Participant, RoomMetadata


def room_object(room: RoomMetadata | None) -> js.Value:
    """RoomMetadata, or null."""
    if room is None:
        return None
    made = js.record(
        {
            "roomId": room.room_id,
            "broadcasterId": room.broadcaster_id,
            "broadcasterName": room.broadcaster_name,
            "createdAt": room.created_at,
            "participantCount": room.participant_count,
            "isPublic": room.is_public,
            "capacity": room.capacity,
            "history": room.history,
            "approval": room.approval,
            "emoteSet": room.emote_set,
            "twitchChannel": room.twitch_channel,
            "preview": room.preview,
        }
    )
    if room.custom_name != "":
        js.put(made, "customName", room.custom_name)
    return frozen(made)


def message_object(message: ChatMessage) -> js.Value:
    return vouched(
        js.record(
            {
                "id": message.id,
                "roomId": message.room_id,
                "senderId": message.sender_id,
                "senderName": message.sender_name,
                "timestamp": message.timestamp,
                "content": message.content,
                "encrypted": message.encrypted,
                "emoteIds": js.array(message.emote_ids),
                "customEmojiIds": js.array(message.custom_emoji_ids),
                "type": message.type,
                "delivery": message.delivery,
                "mine": message.mine,
                "flags": js.array(message.flags),
            }
        ),
        message.via,
    )


def participant_object(person: Participant) -> js.Value:
    return vouched(
        js.record(
            {
                "userId": person.user_id,
                "userName": person.user_name,
                "joinedAt": person.joined_at,
                "isOnline": person.is_online,
                "link": person.link,
                "isMe": person.is_me,
                "isHost": person.is_host,
                "role": person.role,
                "standing": person.standing,
                "acquaintance": person.acquaintance,
            }
        ),
        person.via,
    )


def emote_object(emote: EmoteData) -> js.Value:
    return frozen(
        js.record(
            {
                "id": emote.id,
                "name": emote.name,
                "url": emote.url,
                "animated": emote.animated,
                "width": emote.width,
                "height": emote.height,
                "provider": emote.provider,
                "zeroWidth": emote.zero_width,
                "author": emote.author,
                "source": emote.source,
            }
        )
    )


class StateObjects:
    """Makes ChatState objects; a message that did not change keeps its object, and so do the emotes."""

    def __init__(self) -> None:
        self._messages: dict[str, tuple[ChatMessage, js.Value]] = {}
        self._emotes: list[EmoteData] = []
        self._emote_objects: js.Value = frozen(js.array([]))

    def of(self, state: ChatState) -> js.Value:
        known: dict[str, tuple[ChatMessage, js.Value]] = {}
        messages: list[js.Value] = []
        for message in state.messages:
            old = self._messages.get(message.id)
            pair = old if old is not None and old[0] is message else (message, message_object(message))
            known[message.id] = pair
            messages.append(pair[1])
        self._messages = known
        if self._emotes is not state.emotes:
            self._emotes = state.emotes
            self._emote_objects = frozen(js.array([emote_object(emote) for emote in state.emotes]))
        return vouched(
            js.record(
                {
                    "status": state.status,
                    "authenticated": state.authenticated,
                    "token": None,
                    "userId": state.user_id,
                    "userName": state.user_name,
                    "room": room_object(state.room),
                    "messages": frozen(js.array(messages)),
                    "participants": js.array([participant_object(person) for person in state.participants]),
                    "emotes": self._emote_objects,
                    "error": state.error,
                }
            ),
            state.via,
        )


def device_object(device: Device) -> js.Value:
    return frozen(
        js.record(
            {
                "id": device.id,
                "browser": device.browser,
                "system": device.system,
                "country": device.country,
                "firstUsed": device.first_used,
                "lastUsed": device.last_used,
                "isThis": device.is_this,
                "isNew": device.is_new,
            }
        )
    )


def vouched(made: js.Value, via: str) -> js.Value:
    """With who vouches for somebody: the door, and the host of a site."""
    words = [*via.split(" "), ""]
    js.put(made, "via", words[0])
    js.put(made, "by", words[1])
    return frozen(made)


def frozen(value: js.Value) -> js.Value:
    """What the page gets it cannot change under us, nor under another listener."""
    return js.window.Object.freeze(value)


def event_object(payload: object) -> js.Value:
    """What the page gets for the payload of an event."""
    if isinstance(payload, RoomMetadata):
        return room_object(payload)
    if isinstance(payload, ChatMessage):
        return message_object(payload)
    if isinstance(payload, Exception):
        return js.failure(payload)
    if isinstance(payload, dict):
        return js.record(payload)
    return payload
