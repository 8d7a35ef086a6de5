"""ljust and rjust."""

from __future__ import annotations


def main() -> None:
    for data in (b"", b"ab", b"abcdef"):
        print(data.rjust(4, b"\x00"), data.ljust(4, b"\x00"), data.rjust(4), data.ljust(3))
