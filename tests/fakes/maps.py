"""Reads version 3 source maps, so that tests need not trust the code that writes them."""

from __future__ import annotations

from dataclasses import dataclass

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


@dataclass(frozen=True)
class Place:
    """A place in the script and the one it came from; all count from 0. `name` is what stands there, None if unsaid."""

    line: int
    column: int
    source: int
    source_line: int
    source_column: int
    name: int | None = None


def decode_map(mappings: str) -> list[Place]:
    places: list[Place] = []
    source = source_line = source_column = name = 0
    for line, group in enumerate(mappings.split(";")):
        column = 0
        for segment in group.split(",") if group != "" else []:
            numbers = decode_segment(segment)
            column += numbers[0]
            if len(numbers) >= 4:
                source += numbers[1]
                source_line += numbers[2]
                source_column += numbers[3]
                name += numbers[4] if len(numbers) > 4 else 0
                said = name if len(numbers) > 4 else None
                places.append(Place(line, column, source, source_line, source_column, said))
    return places


def place_of(places: list[Place], line: int, column: int) -> Place:
    """The last one that begins at or before that place in its line."""
    return max((found for found in places if found.line == line and found.column <= column), key=lambda p: p.column)


def decode_segment(segment: str) -> list[int]:
    """Base64 VLQ: five bits a digit, lowest first, the lowest bit of all is the sign."""
    numbers: list[int] = []
    value = shift = 0
    for digit in segment:
        bits = DIGITS.index(digit)
        value |= (bits & 31) << shift
        shift += 5
        if bits & 32 == 0:
            numbers.append(-(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    return numbers
