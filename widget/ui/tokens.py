"""A message's text, cut into plain text, code, links, emotes and mentions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from widget.emotes.parse import named
from widget.ui.link import link_in
from widget.ui.mention import WORDY, mention_in
from widget.wire.blank import is_blank
from widget.wire.marks import without_piles

MOST_EMOTES = 40
MOST_LINKS = 20
MOST_LOOKS = 60
# These read what strangers wrote and take time in proportion to it: no repeat stands in another or beside its like.
# Code in backticks, a word that has one for an apostrophe (don`t), and what is between.
CODE = re.compile(r"```.+?```|`[^`\n]+`|\w+(?:`(?!`))?|[^`\w]+|`", re.ASCII | re.DOTALL)
# Groups, not places: stock Brython's re counts halves of characters beyond 16 bits.
START = re.compile(r"(.*?)((?:https?://|@).*)", re.ASCII | re.DOTALL | re.IGNORECASE)
WORD = re.compile(r"[ \n\t]|[^ \n\t]+")

Kind = Literal["text", "code", "codeblock", "link", "emote", "mention"]


@dataclass(frozen=True)
class Token:
    """A piece of a message as it was written: code has its backticks, a link's text is its address.

    Of `emotes`, by name, the first stands and the others lie on it.
    """

    kind: Kind
    text: str
    emotes: list[str] = field(default_factory=list)


def tokenize(content: str, emotes: Mapping[str, bool], names: list[str]) -> list[Token]:
    """The tokens of a message. `emotes` are the names of emotes that it may use, and whether each has no width and
    so lies on the one before; `names` are the people it may mention."""
    cut = Cut(emotes, names)
    text = ""
    for part in CODE.findall(without_piles(content)):
        if part[0] != "`" or part[-1] != "`" or is_blank(part.strip("`")):
            text += part
        else:
            cut.read(text)
            cut.add("codeblock" if part.startswith("```") else "code", part)
            text = ""
    cut.read(text)
    return cut.done()


class Cut:
    """The tokens so far, and behind them what is text and emotes."""

    def __init__(self, emotes: Mapping[str, bool], names: list[str]) -> None:
        self._emotes: Mapping[str, bool] = emotes
        self._names: list[str] = names
        self._tokens: list[Token] = []
        self._plain: str = ""
        self._pictures: int = MOST_EMOTES
        self._links: int = MOST_LINKS
        self._looks: int = MOST_LOOKS

    def read(self, text: str) -> None:
        """Links and mentions begin anywhere but in a word."""
        while self._looks > 0:
            found = START.match(text)
            if found is None:
                break
            self._looks -= 1
            self._plain += found[1]
            text = found[2]
            last = self._plain[-1:]
            taken = "" if last not in "_-" and WORDY.match(last) is not None else self._taken(text)
            if taken == "":
                self._plain += text[0]
            text = text[max(1, len(taken)) :]
        self._plain += text

    def _taken(self, text: str) -> str:
        """The link or mention that the text begins with, if it does."""
        if text[0] == "@":
            mention = mention_in(text, self._names)
            if mention != "":
                self.add("mention", mention)
            return mention
        link = link_in(text) if self._links > 0 else ""
        if link != "":
            self._links -= 1
            self.add("link", link)
        return link

    def add(self, kind: Kind, text: str) -> None:
        plain = ""
        for word in WORD.findall(self._plain):
            name = named(word, self._emotes) if self._pictures > 0 else ""
            if name == "":
                plain += word
            else:
                self._pictures -= 1
                self._picture(plain, word, name)
                plain = ""
        self._push("text", plain)
        self._push(kind, text)
        self._plain = ""

    def _picture(self, plain: str, word: str, name: str) -> None:
        """One without width lies on the last that has one, where nothing but space is between them."""
        last = self._tokens[-1] if len(self._tokens) > 0 else Token("text", "")
        is_base = last.kind == "emote" and not self._emotes[last.emotes[0]]
        if self._emotes[name] and is_base and plain.strip(" \t") == "":
            self._tokens[-1] = Token("emote", last.text + plain + word, [*last.emotes, name])
        else:
            self._push("text", plain)
            self._tokens.append(Token("emote", word, [name]))

    def _push(self, kind: Kind, text: str) -> None:
        if text != "":
            self._tokens.append(Token(kind, text))

    def done(self) -> list[Token]:
        self.add("text", "")
        return self._tokens
