"""The values a chat is made of; the shapes of the public API in Python's spelling."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

Status = Literal["disconnected", "connecting", "connected", "error"]
LinkKind = Literal["connecting", "direct", "turn", "relayed", "through", "unreachable", "lost"]
# Of my messages: "unheard" while no other person is here to have it, "sent" once two of them have it or the only one,
# "delivered" once all have it who could read it and are still here.
Delivery = Literal["received", "sending", "sent", "delivered", "unheard", "failed"]
History = Literal["none", "session"]  # what who comes later may read: nothing, or the end of what was said
Role = Literal["host", "moderator", "member"]  # the device that founded the room; whom it named; everybody else
# "waiting" asks to come in, where that takes approval; "removed" is shown to hosts and moderators, who can undo it.
Standing = Literal["in", "waiting", "removed"]
# "new": with a device that I have not met, though I know the person. "compared": the safety numbers were the same.
Acquaintance = Literal["met", "new", "compared"]
MessageType = Literal["message", "system", "join", "leave"]
# What is odd about a message: it came late, above lines that had been read; its author's time is far off.
Flag = Literal["late", "clock"]
Source = Literal["custom", "room", "site", "global"]


@dataclass(frozen=True)
class IceServer:
    """One STUN or TURN server as in W3C RTCIceServer; empty strings where there is no credential."""

    urls: list[str]
    username: str = ""
    credential: str = ""


@dataclass(frozen=True)
class RoomMetadata:
    """A room as people see it. `created_at` is ISO 8601 in UTC. Its host gives it the emotes of a set of 7TV, and those
    of a Twitch channel, or not. With `preview` whoever has not signed in may look into it."""

    room_id: str
    broadcaster_id: str
    broadcaster_name: str
    created_at: str
    participant_count: int
    is_public: bool
    custom_name: str = ""
    capacity: int = 16
    history: History = "none"
    approval: bool = False
    emote_set: str = ""
    twitch_channel: str = ""
    preview: bool = False


@dataclass(frozen=True)
class Listing:
    """The public rooms of a site, newest first, at most one page: `is_part` says that there are more.

    Two of the same `tag` are the same.
    """

    rooms: list[RoomMetadata]
    tag: str
    is_part: bool = False


@dataclass(frozen=True)
class ChatMessage:
    """One line of the conversation. `id` is 32 hex digits; `timestamp` is ISO 8601 in UTC.

    `via` says who vouches for its sender, as in `Participant`. What is no message has its `content` from an English
    `sentence`, with the sender's name in place of its {}, and that of `whom` in place of its {1}.
    """

    id: str
    room_id: str
    sender_id: str
    sender_name: str
    timestamp: str
    content: str
    encrypted: bool
    emote_ids: list[str] = field(default_factory=list)
    custom_emoji_ids: list[str] = field(default_factory=list)
    type: MessageType = "message"
    delivery: Delivery = "received"
    mine: bool = False
    flags: list[Flag] = field(default_factory=list)
    sentence: str = ""
    whom: str = ""
    via: str = "mail"

    def delivered(self, delivery: Delivery) -> ChatMessage:
        """The same line, that far."""
        return replace(self, delivery=delivery)


@dataclass(frozen=True)
class RoomLook:
    """What a visitor who has not signed in was shown of a room: its last lines, each signed by its author.

    `shown_by` is who showed them. There may be more, and newer ones.
    """

    shown_by: str
    messages: list[ChatMessage]


@dataclass(frozen=True)
class Participant:
    """One person in the room, however many tabs are open. `link` is the best way to reach them.

    `via` says who vouches for them: "mail", "guest" (nobody), or "site" and the host of a site.
    """

    user_id: str
    user_name: str
    joined_at: str
    is_online: bool
    link: LinkKind = "connecting"
    is_me: bool = False
    role: Role = "member"
    standing: Standing = "in"
    acquaintance: Acquaintance = "met"
    via: str = "mail"

    @property
    def is_host(self) -> bool:
        return self.role == "host"


@dataclass(frozen=True)
class EmoteData:
    """One emote of 7TV or of the site. Width and height are those of the file at `url`, its smallest, in CSS pixels.

    `sizes` are the times larger that there are: those of its provider where it is empty. `source` says of which set it
    is: the site's own, that of the room, of the site's configuration, or everybody's.
    """

    id: str
    name: str
    url: str
    animated: bool
    width: int
    height: int
    provider: Literal["7tv", "custom"]
    zero_width: bool = False
    author: str = ""
    source: Source = "global"
    sizes: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class CustomEmoji:
    """An emoji a site's owner uploaded."""

    id: str
    name: str
    url: str
    domain: str
    uploaded_by: str
    uploaded_at: str


@dataclass(frozen=True)
class ChatState:
    """Everything a screen needs. It never holds a token: every script of the page may read it.

    `via` says who vouches for who is signed in, as in `Participant`.
    """

    status: Status = "disconnected"
    authenticated: bool = False
    user_id: str = ""
    user_name: str = ""
    room: RoomMetadata | None = None
    messages: list[ChatMessage] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    emotes: list[EmoteData] = field(default_factory=list)
    error: str | None = None
    via: str = ""


@dataclass(frozen=True)
class CodeSent:
    """A sign-in code is on its way to `email`, for who wants to be called `name`."""

    email: str
    expires_in_s: int
    resend_after_s: int
    name: str = ""


@dataclass(frozen=True)
class Device:
    """A browser or a terminal in which a person is signed in; times are ISO 8601 in UTC. What is not known is ""."""

    id: str
    browser: str
    system: str
    first_used: str
    last_used: str
    is_this: bool
    is_new: bool = False  # came after this one, which has not let it in
    country: str = ""  # two capital letters


@dataclass(frozen=True)
class ParsedEmotes:
    """A text with its emote names resolved."""

    parsed: str
    emote_ids: list[str]
