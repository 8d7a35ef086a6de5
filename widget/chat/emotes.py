"""Emote names in a text."""

from __future__ import annotations

import re

from widget.core.limits import MESSAGE_EMOTES
from widget.model import EmoteData, ParsedEmotes

COLONS = re.compile(r":(.+):", re.DOTALL)


def parse_emotes(content: str, emotes: list[EmoteData]) -> ParsedEmotes:
    """`parsed` is the text with every emote's name as `:name:`; `emote_ids` are those used, each once, in order."""
    names: dict[str, str] = {}
    for emote in emotes:
        names[emote.name] = emote.id
    words: list[str] = []
    ids: list[str] = []
    for word in content.split(" "):
        bare = COLONS.fullmatch(word)
        name = word if bare is None else bare[1]
        found = names.get(name)
        if found is None:
            words.append(word)
            continue
        words.append(f":{name}:")
        if found not in ids and len(ids) < MESSAGE_EMOTES:
            ids.append(found)
    return ParsedEmotes(" ".join(words), ids)
