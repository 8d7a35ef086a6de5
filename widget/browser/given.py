"""What a page hands over with a call."""

from __future__ import annotations

from widget.browser import js
from widget.errors import ChatError


def message_text(value: js.Value) -> str:
    """What is no text is not made one: nobody means to say "undefined"."""
    if js.type_of(value) != "string":
        raise ChatError("message.type", "A message is a text. Give sendMessage a string.")
    text: str = value
    return text


def ended_id(value: js.Value) -> str:
    """The id of a device; "" for the word "others"."""
    text = str(value)
    return "" if text == "others" else text


def ids_of(options: js.Value, name: str) -> list[str]:
    given = js.get(options, name)
    return [] if given is None else [str(value) for value in js.items(given)]
