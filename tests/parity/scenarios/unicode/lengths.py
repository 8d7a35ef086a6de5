"""Length counts code points."""

from __future__ import annotations


def main() -> None:
    for text in ("", "a", "é", "e\u0301", "😀", "👨‍👩‍👧", "🇩🇪", "a😀b", "日本", "\U0010ffff"):
        print(len(text), [hex(ord(c)) for c in text], text[:1] == text[0:1], len(text.encode()))
