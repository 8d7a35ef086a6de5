"""isdigit and its like."""

from __future__ import annotations


def main() -> None:
    for text in ("", "abc", "ABC", "aB", "123", "1a", " ", "\t\n", "é", "É", "_", "日本", "٣", "½", "²", "a b"):
        print(repr(text), text.isdigit(), text.isdecimal(), text.isalpha(), text.isalnum(), text.isspace(), text.isupper(), text.islower(), text.isascii())
