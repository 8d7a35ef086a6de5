"""The subject is evaluated once, before any case, whatever the cases do."""

from __future__ import annotations


class Source:
    def __init__(self) -> None:
        self.count: int = 0
        self.items: list[int] = [1, 2]

    def next(self) -> int:
        self.count += 1
        print("asked", self.count)
        return self.count

    def changes(self) -> bool:
        self.items = [7]
        return False


def by_call(source: Source) -> str:
    match source.next():
        case 0:
            return "zero"
        case 1 | 5:
            return "one or five"
        case number if number > 1:
            return f"more {number}"
    return "none"


def by_attribute(source: Source) -> str:
    match source.items:
        case [_, _] if source.changes():
            return "never"
        case [a, b]:
            return f"{a} {b} {source.items}"
        case _:
            return "one"


def of_tuple(source: Source) -> str:
    match source.next(), source.next():
        case (1, 2):
            return "one two"
        case (a, b):
            return f"{a} {b}"


def by_variable(value: int) -> int:
    def shift() -> bool:
        nonlocal value
        value += 10
        return False

    match value:
        case _ if shift():
            return -1
        case 1:
            return value
        case other:
            return other + value


def no_case(source: Source) -> None:
    match source.next():
        case 99:
            print("never")


def main() -> None:
    source = Source()
    print(by_call(source), by_call(source))
    print(by_attribute(source))
    print(of_tuple(Source()), of_tuple(source))
    print(by_variable(1), by_variable(2))
    no_case(source)
