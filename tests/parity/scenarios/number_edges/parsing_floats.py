"""float() of text."""

from __future__ import annotations


def main() -> None:
    for text in ("1", "1.5", " 2.5 ", "-3", "+4", "1e3", "1E-3", ".5", "5.", "1_000.5", "inf", "-Infinity", "nan", "", "x", "1e", "1__0", "0x1", "1 2", "٣.٥"):
        try:
            print(repr(text), float(text))
        except ValueError:
            print(repr(text), "refused")
