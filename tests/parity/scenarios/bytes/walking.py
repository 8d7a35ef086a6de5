"""Loops, comprehensions and unpacking over bytes."""

from __future__ import annotations


def main() -> None:
    data = b"\x01\x02\xff"
    print([n for n in data], [hex(n) for n in data if n > 1], sum(data), max(data), list(enumerate(data)), list(reversed(data)), sorted(data, reverse=True), tuple(data), set(data) == {1, 2, 255})
    a, b, c = data
    print(a, b, c)
    for left, right in zip(data, data[1:]):
        print(left ^ right)
