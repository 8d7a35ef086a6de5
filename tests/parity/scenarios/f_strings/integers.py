"""Integers in all forms."""

from __future__ import annotations


def main() -> None:
    for n in (0, 5, -5, 42, -42, 1234567, -1234567):
        print(f"{n:d}|{n:6d}|{n:<6d}|{n:^7d}|{n:06d}|{n:+d}|{n:+06d}|{n:,}|{n:,d}|{n:x}|{n:#>5}")
