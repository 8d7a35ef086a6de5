"""Padding counts code points."""

from __future__ import annotations

def main() -> None:
    print("[" + "a".ljust(4) + "]", "[" + "a".rjust(4) + "]", "[" + "ab".center(5) + "]", "[" + "a".center(4) + "]", "[" + "abc".center(6, "*") + "]")
    print("7".zfill(3), "-7".zfill(3), "+7".zfill(4), "abc".zfill(2), "😀".rjust(3, "."), "😀".zfill(3))
    print("ab" * 3, 2 * "x", "x" * 0, "x" * -1, "-" * 10)
