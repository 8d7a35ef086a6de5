"""title, capitalize, upper, lower, casefold."""

from __future__ import annotations


def main() -> None:
    for text in ("hello world", "HELLO", "it's", "a1b2", "éa", "x-y z", "", "ﬁne", "straße"):
        print(text.title(), text.capitalize(), text.upper(), text.lower())
