"""Padding counts code points."""

from __future__ import annotations


def main() -> None:
    for text in ("😀", "é", "日本", ""):
        print(f"[{text:>4}][{text:<4}][{text:^4}]", text.ljust(3, "."), text.rjust(3, "😀"), text.zfill(3), len(text.center(5)))
