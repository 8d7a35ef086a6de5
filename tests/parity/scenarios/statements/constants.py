"""Literals of every kind."""

from __future__ import annotations

def main() -> None:
    print(0xFF, 0b101, 0o17, 1_000_000, 1e3, 1.5e-3, .5, 10 ** 2, -0x10)
    print("a\tb", 'q"q', r"\n", "\x41\u00e9\U0001F600", "a" "b", """multi
line""", b"\x00a", b'"')
    print("${x}", "`", "\\", "</script>", "\u2028", len("\u2028"), "\0", "%s")
