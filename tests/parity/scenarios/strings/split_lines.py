"""splitlines knows every kind of line end."""

from __future__ import annotations


def main() -> None:
    for text in ("a\nb", "a\r\nb\n", "\n", "", "a\rb", "a\x0bb\x0cc", "a\u2028b", "a\x85b", "\n\na"):
        print(text.splitlines())
