"""next(items, default): the default is there before the first item is asked for."""

from __future__ import annotations


class Counter:
    def __init__(self) -> None:
        self.count = 0

    def above(self, item: int, limit: int) -> bool:
        self.count += 1
        return item > limit


def first_error(items: list[int], words: list[str]) -> str:
    try:
        return str(next((item for item in items if int(words[0]) > 2), items[9]))
    except IndexError:
        return "the default"
    except ValueError:
        return "the search"


def first_error_of_values(items: list[int]) -> str:
    try:
        return str(next((min([n for n in items if n > item]) for item in items), [items][1][0]))
    except IndexError:
        return "the default"
    except ValueError:
        return "the search"


def main() -> None:
    print(first_error([1, 2], ["a"]), first_error_of_values([2, 1]))
    counter = Counter()
    print(next((item for item in [1, 2, 3] if counter.above(item, 9)), counter.count), counter.count)
    print(next((item for item in [1, 2, 3] if counter.above(item, 1)), counter.count), counter.count)
    print(next((item for item in [1, 2, 3] if item > 5), 0), next((item for item in "abc" if item > "a"), "z"))
