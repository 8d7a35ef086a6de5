"""A message's text, cut into plain text, links, emotes and mentions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MOST_EMOTES = 40
MOST_LINKS = 20
MOST_MARKS = 60
HOST_CHARS = "abcdefghijklmnopqrstuvwxyz0123456789.-"
SPACES = " \n\t"
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
    found: dict[str, int] = {"emote": 0, "link": 0, "mention": 0}
    for piece in pieces(without_piles(content)):
        link, rest = link_in(piece) if found["link"] < MOST_LINKS else ("", piece)
        if link != "":
            plain = flush(tokens, plain, Token("link", link), found) + rest
        elif piece in emotes and found["emote"] < MOST_EMOTES:
            plain = flush(tokens, plain, Token("emote", piece), found)
        elif piece.startswith("@") and mention_in(piece, names) != "":
            name = mention_in(piece, names)
            plain = flush(tokens, plain, Token("mention", name), found) + piece[len(name) :]
        else:
            plain += piece
    if plain != "":
        tokens.append(Token("text", plain))
    return tokens


def flush(tokens: list[Token], plain: str, token: Token, found: dict[str, int]) -> str:
    """Append the text so far, then the token; the new text begins empty."""
    if plain != "":
        tokens.append(Token("text", plain))
    tokens.append(token)
    found[token.kind] += 1
    return ""


def pieces(content: str) -> list[str]:
    """Words and the spaces between them, nothing lost."""
    found: list[str] = []
    current: list[str] = []
    spaces = False
    for char in content:
        if (char in SPACES) != spaces and len(current) > 0:
            found.append("".join(current))
            current = []
        spaces = char in SPACES
        current.append(char)
    if len(current) > 0:
        found.append("".join(current))
    return found


def link_in(piece: str) -> tuple[str, str]:
    """The web address a word begins with, and what follows it; "" when there is none."""
    lower = piece.lower()
    if not lower.startswith("http://") and not lower.startswith("https://"):
        return "", piece
    link = piece.rstrip(TRAILING)
    return (link, piece[len(link) :]) if safe_link(link) else ("", piece)


def safe_link(link: str) -> bool:
    """An http(s) address with a plain host: no user name before it, no look-alike letters, nothing invisible."""
    rest = link[link.find("//") + 2 :] if "//" in link else ""
    host = rest.replace("\\", "/").split("/")[0].split("?")[0].split("#")[0].lower()
    name = host.split(":")[0]
    port = host[len(name) + 1 :]
    if name == "" or name.startswith(".") or any(char not in HOST_CHARS for char in name):
        return False
    return all(char in "0123456789" for char in port) and len(port) <= 5 and not any(hidden(char) for char in link)


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


def mention_in(piece: str, names: list[str]) -> str:
    """The longest "@name" a word begins with, "" when it is nobody here."""
    best = ""
    for name in names:
        tag = f"@{name}"
        if len(tag) > len(best) and (piece == tag or (piece.startswith(tag) and piece[len(tag)] in TRAILING)):
            best = tag
    return best


def without_piles(content: str) -> str:
    """At most 60 combining marks, so that letters cannot climb over their neighbours."""
    marks = 0
    kept: list[str] = []
    for char in content:
        code = ord(char)
        if 0x300 <= code <= 0x36F or 0x1AB0 <= code <= 0x1AFF or 0x1DC0 <= code <= 0x1DFF or 0x20D0 <= code <= 0x20FF:
            marks += 1
            if marks > MOST_MARKS:
                continue
        kept.append(char)
    return "".join(kept) if marks > MOST_MARKS else content
