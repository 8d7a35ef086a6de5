"""Concatenation and repetition make new lists."""

from __future__ import annotations


def main() -> None:
    a = [1]
    b = a + [2] + a
    c = b * 2
    a.append(9)
    print(a, b, c, [0] * 3, [] + a, 2 * ["x"], ["a"] * 0, ["a"] * -1)
    a += [5]
    a = a * 2
    print(a)
