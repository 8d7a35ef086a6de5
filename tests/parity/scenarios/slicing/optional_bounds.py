"""Bounds that may be None."""

from __future__ import annotations


def part(text: str, start: int | None, stop: int | None) -> str:
    return text[start:stop]


def main() -> None:
    print([part("hello", start, stop) for start in (None, 1, -1) for stop in (None, 2, -1)])
