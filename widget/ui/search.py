"""Emotes and emoji by what one has begun to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from widget.model import EmoteData

EXACT = 0
BEGINNING = 1
INSIDE = 4
MANY = 65_536  # more than there are
LONG = 64
NEXT_CODE = "\n:"


@dataclass(frozen=True)
class Entry:
    """An emote, or an emoji that may have skin tones. `word` goes into a message.

    `names` is what it is found by, in lower case between line breaks: its name, shortcodes between colons, other words.
    """

    word: str
    name: str
    names: str
    emote: EmoteData | None = None
    has_tones: bool = False


def matches(entries: Sequence[Entry], query: str, recent: Sequence[str], furthest: int) -> list[Entry]:
    """The best first, up to the rank `furthest`: those used last, called so, beginning so, with a word that does.

    Emotes before emoji, the shortest first; who writes capitals wants them.
    """
    sought = query.lower().strip(": ")
    found: list[int] = []
    if sought == "":
        return []
    fits = [f"\n{sought}\n", f":{sought}:", f"\n{sought}", f"\n:{sought}", f" {sought}"]
    for place, entry in enumerate(entries):
        if sought in entry.names:
            rank = rank_of(entry.names, fits)
            if rank <= furthest:
                if rank > BEGINNING or entry.word not in recent:
                    rank += 1
                else:
                    rank = 0
                score = rank * 2 + int(sought != query and query not in entry.word)
                more = LONG
                if entry.emote is not None:
                    more = min(len(entry.word), LONG - 1)
                found.append((score * (LONG + 1) + more) * MANY + place)
    return [entries[score % MANY] for score in sorted(found)]


def rank_of(names: str, fits: list[str]) -> int:
    """How well they fit, of those that have it somewhere. What fits is put together once for all: they are many."""
    if names.startswith(fits[0]) or fits[1] in names:
        return EXACT
    if names.startswith(fits[2]) or fits[3] in names:
        return BEGINNING
    if fits[0] in names:
        return 2
    return 3 if fits[2] in names or fits[4] in names else INSIDE


def shortcode(emoji: Entry) -> str:
    """The first, between colons."""
    return f":{emoji.names.split(NEXT_CODE)[1].split(':')[0]}:"
