"""Source maps, version 3: where each piece of JavaScript comes from in the Python."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

# Generated column, source, line, column and perhaps name, all from 0.
Segment = tuple[int, ...]


@lru_cache(maxsize=4096)
def vlq(value: int) -> str:
    """Base-64 variable-length quantity: sign in the lowest bit, five bits a digit, low digits first."""
    rest = (-value << 1) | 1 if value < 0 else value << 1
    digits = ""
    while True:
        digit, rest = rest & 31, rest >> 5
        digits += DIGITS[digit | (32 if rest > 0 else 0)]
        if rest == 0:
            return digits


@lru_cache(maxsize=4096)
def numbers(segment: str) -> tuple[int, ...]:
    """What `vlq` wrote one after the other."""
    found: list[int] = []
    value = shift = 0
    for char in segment:
        digit = DIGITS.index(char)
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            found.append(-(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    return tuple(found)


def encode(lines: Iterable[Iterable[Segment]]) -> str:
    """The `mappings` of a map: all numbers are differences from those before, the column from that of its line."""
    before = [0] * 5
    return ";".join(_written(line, before) for line in lines)


def _written(line: Iterable[Segment], before: list[int]) -> str:
    before[0] = 0
    written = []
    for segment in line:
        written.append("".join([vlq(now - then) for now, then in zip(segment, before, strict=False)]))
        before[: len(segment)] = segment
    return ",".join(written)


def decode(mappings: str) -> list[list[Segment]]:
    """The segments of each line."""
    before = [0] * 5
    return [_read(line, before) for line in mappings.split(";")]


def _read(line: str, before: list[int]) -> list[Segment]:
    before[0] = 0
    found: list[Segment] = []
    for text in filter(None, line.split(",")):
        steps = numbers(text)
        before[: len(steps)] = [then + step for then, step in zip(before, steps, strict=False)]
        found.append(tuple(before[: len(steps)]))
    return found


def flat(text: str, mappings: str) -> list[Segment]:
    """All segments, their columns counted from the begin of the text; it is ASCII."""
    lines = zip(_starts(text), decode(mappings), strict=False)
    return [(start + column, *rest) for start, line in lines for column, *rest in line]


def lined(text: str, segments: Iterable[Segment]) -> str:
    """The other way round."""
    starts = _starts(text)
    lines: list[list[Segment]] = [[] for _ in starts]
    for place, *rest in segments:
        row = bisect_right(starts, place) - 1
        lines[row].append((place - starts[row], *rest))
    return encode(lines)


def _starts(text: str) -> list[int]:
    return [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]


@dataclass
class Mapping:
    """Generated line and column to source line and column, all from 0; `name` is an index or None."""

    line: int
    column: int
    source_line: int
    source_column: int
    name: int | None

    def segment(self) -> Segment:
        told = (self.column, 0, self.source_line, self.source_column)
        return told if self.name is None else (*told, self.name)


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
        """The map as JSON's data."""
        return {
            "version": 3,
            "file": file,
            "sources": [source],
            "sourcesContent": [text],
            "names": list(self.names),
            "mappings": encode(self._lines()),
        }

    def _lines(self) -> list[list[Segment]]:
        lines: list[list[Segment]] = [[]]
        for number, found in groupby(self.mappings, lambda mapping: mapping.line):
            lines += [[] for _ in range(len(lines), number + 1)]
            lines[number] = [mapping.segment() for mapping in found]
        return lines
