"""Clocks and durations as a chat shows them."""

from __future__ import annotations


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def main() -> None:
    print([clock(s) for s in (0, 59, 60, 3599, 3600, 86399)])
    print([f"{ms / 1000:.1f} s" for ms in (0, 49, 50, 150, 250, 999, 12345)])
