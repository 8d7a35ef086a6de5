"""Emote names in a text: whole words, in the letters that they are written with, or such a word between colons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from widget.core.limits import MESSAGE_EMOTES
from widget.model import EmoteData, ParsedEmotes

WORD = re.compile(r"[ \n\t]|[^ \n\t]+")


def named(word: str, names: Mapping[str, object]) -> str:
    """The name that the word is, or "". A name may have colons itself."""
    if word in names:
        return word
    bare = word[1:-1] if word[0] == ":" and word[-1] == ":" else ""
    return bare if bare != "" and bare in names else ""


def parse_emotes(content: str, emotes: Iterable[EmoteData]) -> ParsedEmotes:
    """`parsed` is the text with every emote's name as `:name:`; `emote_ids` are those used, each once, in order."""
    ids = {emote.name: emote.id for emote in emotes}
    parsed = ""
    used: list[str] = []
    for word in WORD.findall(content):
        name = named(word, ids)
        parsed += word if name == "" else f":{name}:"
        if name != "" and ids[name] not in used and len(used) < MESSAGE_EMOTES:
            used.append(ids[name])
    return ParsedEmotes(parsed, used)


def sent_ids(content: str, emotes: list[EmoteData]) -> tuple[list[str], list[str]]:
    """What a message names: the ids of 7TV's, and those of the site."""
    own = {emote.id for emote in emotes if emote.provider == "custom"}
    used = parse_emotes(content, emotes).emote_ids
    return [one for one in used if one not in own], [one for one in used if one in own]
