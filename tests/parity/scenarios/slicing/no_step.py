"""A step that is None, and the zero that has no sign."""

from __future__ import annotations


def main() -> None:
    step: int | None = None
    print([1, 2, 3][::step], "abc"[1::step], b"abc"[:2:step], (1, 2)[::step])
    print(f"{-0:.1f}", -0, [-0], f"{-0.0:.1f}")
    digits = ["7", "\u00b2", "\u2460", "\u1369", "\u24ff", "\u278a", "\U0001f107", "\U00010e60", "\u00bc", "x", ""]
    print([text.isdigit() for text in digits])
    try:
        print("hello".rsplit("", 0))
    except ValueError:
        print("no separator")
