"""Which emotes of 7TV a room has: a set, by its id or address, a Twitch channel by its number, or one of each."""

from __future__ import annotations

from widget.ui.parts import field
from widget.ui.strings import say
from widget.ui.view import Handler, Node
from widget.wire.emote_ids import is_channel, is_set

SETS = "7tv.app/emote-sets/"
ID = "emote-set"


def emotes_field(text: str, action: Handler) -> Node:
    attrs = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "placeholder": f"{SETS}…", "value": text}
    return field(ID, say("Emotes of 7TV"), say("optional"), attrs, action)


def read_choice(text: str) -> list[str]:
    """The set and the channel, each "" where none is named; nothing for anything else."""
    found = ["", ""]
    for word in text.strip().split(" "):
        name = word.split(SETS)[-1].strip("/")
        if is_set(name):
            found[0] = name
        elif is_channel(name):
            found[1] = name
        elif word != "":
            return []
    return found


def no_choice() -> str:
    return say("Give the address of a set at 7TV, or the number of a Twitch channel.")
