"""Errors pass through a generator to who asked."""

from __future__ import annotations

from collections.abc import Iterator


def risky(items: list[int]) -> Iterator[float]:
    for item in items:
        try:
            yield 10 / item
        except ValueError:
            print("never here")


def pairs(items: list[int]) -> Iterator[int]:
    source = iter(items)
    for item in source:
        yield item + next(source)


def stops(late: bool) -> Iterator[int]:
    yield 1
    if late:
        raise StopIteration


class Doubled:
    def __init__(self, source: Iterator[int]) -> None:
        self.source: Iterator[int] = source

    def __iter__(self) -> Iterator[int]:
        yield 2 * next(self.source)
        yield 2 * next(self.source)

    def __next__(self) -> int:
        return next(self.source)


def kind(items: Iterator[int]) -> str:
    found: list[int] = []
    try:
        for item in items:
            found.append(item)
    except RuntimeError:
        return f"{found} RuntimeError"
    except StopIteration:
        return f"{found} StopIteration"
    return f"{found}"


def main() -> None:
    source = risky([1, 0, 2])
    try:
        for value in source:
            print(value)
    except ZeroDivisionError:
        print("division")
    print(list(source))
    print(kind(pairs([1, 2, 3, 4])), kind(pairs([1, 2, 3])), kind(stops(False)), kind(stops(True)))
    print(kind(iter(Doubled(iter([1, 2])))), kind(iter(Doubled(iter([1])))), kind(one * 2 for one in stops(True)))
