"""Bools become numbers by int()."""

from __future__ import annotations


def main() -> None:
    flags = [True, False, True]
    print(sum(int(flag) for flag in flags), int(flags[0]) * 3, int(not flags[0]), len([f for f in flags if f]))
    print(True & False, True | False, True ^ True, True == True, sum(flags), max(int(f) for f in flags))
