"""A loop that breaks leaves its iterator usable."""

from __future__ import annotations

from collections.abc import Iterator


def letters() -> Iterator[str]:
    try:
        yield "a"
        yield "b"
        yield "c"
    finally:
        print("closed")


def main() -> None:
    it = letters()
    for letter in it:
        print(letter)
        break
    print("between")
    for letter in it:
        print(letter)
    numbers = iter([1, 2, 3, 4])
    for n in numbers:
        if n == 2:
            break
    print(list(numbers))
    firsts = iter("xyz")
    print(next(firsts), "".join(firsts))
