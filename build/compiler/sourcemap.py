"""Source maps, version 3: where each piece of JavaScript comes from in the Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def vlq(value: int) -> str:
    """Base-64 variable-length quantity: sign in the lowest bit, five bits a digit, low digits first."""
    rest = (-value << 1) | 1 if value < 0 else value << 1
    digits = ""
    while True:
        digit, rest = rest & 31, rest >> 5
        digits += DIGITS[digit | (32 if rest > 0 else 0)]
        if rest == 0:
            return digits


@dataclass
class Mapping:
    """Generated line and column to source line and column, all from 0; `name` is an index or None."""

    line: int
    column: int
    source_line: int
    source_column: int
    name: int | None


@dataclass
class SourceMap:
    """Collects mappings in the order of the generated text."""

    mappings: list[Mapping] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)

    def add(self, line: int, column: int, source_line: int, source_column: int, name: str | None) -> None:
        last = self.mappings[-1] if len(self.mappings) > 0 else None
        if last is not None and (last.line, last.column) == (line, column):
            self.mappings.pop()
        self.mappings.append(Mapping(line, column, source_line, source_column, self._name(name)))

    def _name(self, name: str | None) -> int | None:
        return None if name is None else self.names.setdefault(name, len(self.names))

    def encode(self, file: str, source: str, text: str) -> dict[str, Any]:
        """The map as JSON's data; all numbers in `mappings` are differences from the one before."""
        lines: list[str] = []
        before = [0, 0, 0]
        line = 0
        column = 0
        segments: list[str] = []
        for mapping in self.mappings:
            while line < mapping.line:
                lines.append(",".join(segments))
                segments, column, line = [], 0, line + 1
            digits = vlq(mapping.column - column) + "A"
            digits += vlq(mapping.source_line - before[0]) + vlq(mapping.source_column - before[1])
            before[0], before[1], column = mapping.source_line, mapping.source_column, mapping.column
            if mapping.name is not None:
                digits += vlq(mapping.name - before[2])
                before[2] = mapping.name
            segments.append(digits)
        lines.append(",".join(segments))
        return {
            "version": 3,
            "file": file,
            "sources": [source],
            "sourcesContent": [text],
            "names": list(self.names),
            "mappings": ";".join(lines),
        }
