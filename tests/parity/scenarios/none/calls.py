"""A call that returns None, where its value is looked at: it is made, and it is None."""

from __future__ import annotations


def say(items: list[int]) -> None:
    items.append(1)
    print("called")


def give() -> int | None:
    print("give")
    return None


def main() -> None:
    items: list[int] = []
    print(say(items))
    print(items)
    print(str(say(items)), items)
    print(f"{say(items)}", items)
    print(repr(say(items)))
    x = say(items)
    print(x, items)
    print([say(items)], items)
    print(say(items) is None)
    print(give())
