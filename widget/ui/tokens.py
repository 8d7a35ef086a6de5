"""A message's text, cut into plain text, links, emotes and mentions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MOST_EMOTES = 40
MOST_LINKS = 20
MOST_MARKS = 60
HOST_CHARS = "abcdefghijklmnopqrstuvwxyz0123456789.-"
DIGITS = "0123456789"
SPACES = "\n\t"
TRAILING = ".,;:!?)]}'\"*_"


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
    for piece in pieces(without_piles(content)):
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


def pieces(content: str) -> list[str]:
    """Words and the spaces between them, nothing lost."""
    found: list[str] = []
    for word in content.split(" "):
        if len(found) > 0:
            found.append(" ")
        if "\n" in word or "\t" in word:
            found += at_spaces(word)
        else:
            found.append(word)
    return found


def at_spaces(content: str) -> list[str]:
    found: list[str] = []
    word = ""
    for char in content:
        if char in SPACES:
            found += [word, char]
            word = ""
        else:
            word += char
    return [*found, word]


def link_in(piece: str) -> Token | None:
    """The web address a word begins with."""
    lower = piece.lower()
    if not lower.startswith("http://") and not lower.startswith("https://"):
        return None
    while piece[-1:] in TRAILING:
        piece = piece[:-1]
    return Token("link", piece) if safe_link(piece) else None


def safe_link(link: str) -> bool:
    """An http(s) address with a plain host: no user name before it, no look-alike letters, nothing invisible."""
    host = link.replace("\\", "/").replace("?", "/").replace("#", "/").split("/")[2].lower()
    name = host.split(":")[0]
    port = host[len(name) + 1 :]
    if name == "" or name.startswith(".") or not only(name, HOST_CHARS):
        return False
    return len(port) <= 5 and only(port, DIGITS) and not any(hidden(char) for char in link)


def only(content: str, characters: str) -> bool:
    return all(char in characters for char in content)


def hidden(char: str) -> bool:
    """Control, zero-width and direction characters, which make an address look like another."""
    code = ord(char)
    return (
        code < 33
        or 0x7F <= code < 0xA0
        or 0x200B <= code <= 0x200F
        or 0x2028 <= code <= 0x202E
        or 0x2060 <= code <= 0x206F
    )


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
    if content.isascii():
        return content
    marks = 0
    kept = ""
    for char in content:
        mark = combining(ord(char))
        marks += int(mark)
        if not mark or marks <= MOST_MARKS:
            kept += char
    return kept


def combining(code: int) -> bool:
    return 0x300 <= code <= 0x36F or 0x1AB0 <= code <= 0x1AFF or 0x1DC0 <= code <= 0x1DFF or 0x20D0 <= code <= 0x20FF
