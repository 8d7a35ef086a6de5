"""repr picks quotes and escapes as Python does."""

from __future__ import annotations


def main() -> None:
    for text in ("", "a", "'", '"', "'\"", "\\", "\n\t\r", "\x00\x7f", "\x1b", "é", "\xa0", "日本", "\u200b", "${x}", "`"):
        print(repr(text), [text], {text: text}, (text,))
