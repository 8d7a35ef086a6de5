"""Every white space splits and strips."""

from __future__ import annotations


def main() -> None:
    for space in ("\t", "\n", "\x0b", "\x0c", "\r", " ", "\x85", "\xa0", "\u2003", "\u2028", "\u3000"):
        print(repr(space), space.isspace(), repr(f"a{space}b".split()), repr(f"{space}a{space}".strip()))
