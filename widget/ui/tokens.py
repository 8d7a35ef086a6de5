"""A message's text, cut into plain text, code, links, emotes and mentions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

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
START = re.compile(r"(.*?)((?:https?://|@).*)", re.ASCII | re.DOTALL | re.IGNORECASE)
WORD = re.compile(r"[ \n\t]|[^ \n\t]+")

Kind = Literal["text", "code", "codeblock", "link", "emote", "mention"]


@dataclass(frozen=True)
class Token:
    """A piece of a message as it was written: code has its backticks, a link's text is its address."""

    kind: Kind
    text: str


def tokenize(content: str, emotes: list[str], names: list[str]) -> list[Token]:
    """The tokens of a message. `emotes` are the emote names it may use, `names` the people it may mention."""
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

    def __init__(self, emotes: list[str], names: list[str]) -> None:
        self._emotes: list[str] = emotes
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
            if self._pictures > 0 and word in self._emotes:
                self._pictures -= 1
                self._push("text", plain)
                self._push("emote", word)
                plain = ""
            else:
                plain += word
        self._push("text", plain)
        self._push(kind, text)
        self._plain = ""

    def _push(self, kind: Kind, text: str) -> None:
        if text != "":
            self._tokens.append(Token(kind, text))

    def done(self) -> list[Token]:
        self.add("text", "")
        return self._tokens
