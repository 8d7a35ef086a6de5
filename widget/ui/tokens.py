"""A message's text, cut into plain text, links, emotes and mentions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

MOST_EMOTES = 40
MOST_LINKS = 20
MOST_MARKS = 60
TRAILING = ".,;:!?)]}'\"*_"
# These read what strangers wrote and take time in proportion to it: no repeat stands in another or beside its like.
PIECE = re.compile(r"[ \n\t]|[^ \n\t]+")
# Up to the last character that is not TRAILING.
KEPT = re.compile(r".*[^.,;:!?)\]}'\"*_]", re.DOTALL)
# A backslash and a question mark end the host for browsers too.
ADDRESS = re.compile(r"https?://[a-z0-9-][a-z0-9.-]*(?::[0-9]{0,5})?(?:[/\\?#]|\Z)", re.ASCII | re.IGNORECASE)
# Control, zero-width and direction characters, which make an address look like another.
HIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]")
MARK = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")
# One of these, or all up to the next one.
RUN = re.compile(
    r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]|[^\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)


@dataclass(frozen=True)
class Token:
    """A piece of a message; a link's text is its address, an emote's and a mention's its name."""

    kind: Literal["text", "link", "emote", "mention"]
    text: str


def tokenize(content: str, emotes: list[str], names: list[str]) -> list[Token]:
    """The tokens of a message. `emotes` are the emote names it may use, `names` the people it may mention."""
    tokens: list[Token] = []
    plain = ""
    links = MOST_LINKS
    pictures = MOST_EMOTES
    for piece in PIECE.findall(without_piles(content)):
        token: Token | None = None
        if "://" in piece and links > 0:
            token = link_in(piece)
            links -= int(token is not None)
        elif piece in emotes and pictures > 0:
            token = Token("emote", piece)
            pictures -= 1
        elif piece.startswith("@"):
            token = mention_in(piece, names)
        if token is None:
            plain += piece
        else:
            if plain != "":
                tokens.append(Token("text", plain))
            tokens.append(token)
            plain = piece[len(token.text) :]
    if plain != "":
        tokens.append(Token("text", plain))
    return tokens


def link_in(piece: str) -> Token | None:
    """The web address a word begins with: a plain host, no user name before it, nothing invisible in it."""
    kept = KEPT.match(piece)
    if kept is None or ADDRESS.match(kept[0]) is None or HIDDEN.search(piece) is not None:
        return None
    return Token("link", kept[0])


def mention_in(piece: str, names: list[str]) -> Token | None:
    """The longest "@name" a word begins with, if somebody here is called that. Only punctuation may follow."""
    best = ""
    for name in names:
        tag = f"@{name}"
        if len(tag) > len(best) and piece.startswith(tag) and piece[len(tag) : len(tag) + 1] in TRAILING:
            best = tag
    return Token("mention", best) if best != "" else None


def without_piles(content: str) -> str:
    """At most 60 combining marks, so that letters cannot climb over their neighbours."""
    marks = 0
    kept = ""
    for run in RUN.findall(content):
        is_mark = MARK.match(run) is not None
        marks += int(is_mark)
        if not is_mark or marks <= MOST_MARKS:
            kept += run
    return kept
