"""A name is cleaned to the same in the page as at the services, and as much is blank."""

from __future__ import annotations

from widget.wire.blank import is_blank
from widget.wire.marks import without_piles
from widget.wire.names import alike, clean_name

NAMES = [
    "  Ada   Lovelace ", "A\u200dd\u200ca\ufe0f", "\u0dc1\u0dca\u200d\u0dbb\u0dd3", "\u0645\u06cc\u200c\u200c\u062e",
    "\u0930\u094d\u200d\u092f", "\u09b0\u200d\u09cd\u09af", "\u2764\ufe0f x\u200d", "1\ufe0f\u20e3", "\u2800\u3164\u200d",
    "q" + "\u0301" * 9, "\u1820\u180b \u1820", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d", "x\U000e0061",
    "\U0001f469\U0001f3fd\u200d\u2764\ufe0f\u200d\U0001f468",
]  # fmt: skip
TEXTS = [
    "\u0e01" + "\u0e49" * 9, "\u05d0" + "\u05b0" * 12, "\u061f" * 12, "\u0f67\u0f90\u0fb5\u0fa8\u0fb3\u0fba\u0fbc\u0f83",
    "e\u0301" * 9, "\U00011f00" * 12,
]  # fmt: skip


def codes(text: str) -> str:
    return " ".join([f"{ord(char):x}" for char in text])


def main() -> None:
    for name in NAMES:
        print(codes(clean_name(name)), "/", codes(alike(name)), is_blank(name))
    for text in TEXTS:
        print(codes(without_piles(text)))
