"""From where to where strings, brackets and numbers reach in a text, by CPython's own tokenizer."""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass
from functools import cached_property

PREFIX = re.compile("[a-z]*", re.I)


@dataclass(frozen=True)
class Span:
    """`text` stands from `first` up to `last`, which count the characters of the whole."""

    text: str
    first: int
    last: int

    @property
    def prefix(self) -> str:
        """Of a string, as "rf"; "" of a comment."""
        found = PREFIX.match(self.text)
        return found[0].lower() if found is not None else ""

    @property
    def is_triple(self) -> bool:
        return self.text[len(self.prefix) :].startswith(("'''", '"""'))

    def holds(self, place: int) -> bool:
        return self.first < place < self.last


class Spans:
    """Those of one text that CPython compiles."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def strings(self) -> list[Span]:
        """Comments too; the outer before the inner. From Python 3.12 on an f-string has tokens of its parts."""
        found: list[Span] = []
        opened: list[int] = []
        for name, span in self._tokens:
            if name in ("STRING", "COMMENT"):
                found.append(span)
            elif name.endswith("STRING_START"):
                opened.append(span.first)
            elif name.endswith("STRING_END"):
                found.append(self._span(opened.pop(), span.last))
        return sorted(found, key=lambda span: span.first)

    @cached_property
    def f_strings(self) -> list[Span]:
        return [span for span in self.strings if "f" in span.prefix]

    @cached_property
    def brackets(self) -> list[Span]:
        found: list[Span] = []
        opened: list[int] = []
        for name, span in self._tokens:
            if name == "OP" and span.text in "([{":
                opened.append(span.first)
            elif name == "OP" and span.text in ")]}" and len(opened) > 0:
                found.append(self._span(opened.pop(), span.last))
        return found

    @cached_property
    def numbers(self) -> list[Span]:
        """Up to Python 3.11 without those inside of f-strings."""
        return [span for name, span in self._tokens if name == "NUMBER"]

    @cached_property
    def _tokens(self) -> list[tuple[str, Span]]:
        starts = [0, *(found.end() for found in re.finditer("\n", self.text)), len(self.text)]
        found: list[tuple[str, Span]] = []
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            first, last = (starts[min(line, len(starts)) - 1] + column for line, column in (token.start, token.end))
            found.append((tokenize.tok_name[token.type], Span(token.string, first, last)))
        return found

    def _span(self, first: int, last: int) -> Span:
        return Span(self.text[first:last], first, last)
