"""Characters and slices near an end: pairs of UTF-16 units move a place only where they stand before it."""

from __future__ import annotations


def ends(text: str) -> None:
    for place in (0, 1, 2, -1, -2, -3, 4, -5):
        try:
            print(place, repr(text[place]))
        except IndexError as error:
            print(place, type(error).__name__)
    print()
    for start in (-9, -5, -3, -2, -1, 0, 1, 2, 3, 9):
        print(repr(text[start:]), repr(text[:start]))
        print([text[start:stop] for stop in (-9, -3, -1, 0, 1, 2, 9)])


def optional(text: str, start: int | None, stop: int | None) -> str:
    return text[start:stop]


def main() -> None:
    for sample in ("", "a", "abcd", "🙂", "🙂abc", "abc🙂", "a🙂b🙂", "ab🙂cd", "🙂🙂🙂", "\ud83dab", "ab\ude42c"):
        if sample.isascii() or len(sample) < 4 or "🙂" in sample:
            ends(sample)
    print([optional("a🙂b", start, stop) for start in (None, 0, -1) for stop in (None, 2, -1)])
