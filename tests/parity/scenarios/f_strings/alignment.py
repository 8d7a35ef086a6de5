"""Fill, alignment and width for text."""

from __future__ import annotations


def main() -> None:
    for text in ("", "a", "abc", "abcdef", "é", "😀"):
        print(f"[{text:5}][{text:<5}][{text:>5}][{text:^5}][{text:*<4}][{text:->4}][{text:.^6}]")
