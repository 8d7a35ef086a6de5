"""A text of mine until it is an event."""

from __future__ import annotations

from widget.core.limits import MESSAGE_CHARS, MESSAGE_EMOTES
from widget.errors import ChatError
from widget.model import ChatMessage
from widget.room.kinds.text import TextBody, is_id, write_text
from widget.wire.blank import is_blank
from widget.wire.event import MAX_BODY_BYTES

AGAIN_BYTES: int = 16  # a text that is said once more names its event


class Waiting:
    """A text of mine that is no event yet. `again` is the event of an earlier session that it says once more.

    It `rests` while it may have become an event just before the page was loaded anew.
    """

    def __init__(self, line: ChatMessage, at_ms: int, body: bytes, again: str, rests: bool = False) -> None:
        self.line: ChatMessage = line
        self.at_ms: int = at_ms
        self.body: bytes = body
        self.again: str = again
        self.rests: bool = rests


def checked_body(content: str, emote_ids: list[str], custom_emoji_ids: list[str]) -> TextBody:
    """The body of a message, or a ChatError that says what is wrong with it. A line ends with LF, as in every field."""
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    if is_blank(content):
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
    body = TextBody(content, emote_ids, custom_emoji_ids)
    try:
        size = len(write_text(body))
    except ValueError as error:  # half of a surrogate pair
        raise ChatError("message.text", "This message holds characters that cannot be sent.") from error
    if size > MAX_BODY_BYTES - AGAIN_BYTES:
        raise too_long
    return body
