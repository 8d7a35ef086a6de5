"""Items by a place that is counted: there, not there, negative, moved while it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Point:
    x: int = 0


class Shelf:
    def __init__(self, items: list[int]) -> None:
        self.items = items

    def __getitem__(self, place: int) -> int:
        return self.items[place]

    def __setitem__(self, place: int, value: int) -> None:
        self.items[place] = value
        self.items.clear()


@dataclass
class Log:
    seen: list[str] = field(default_factory=list)

    def note(self, text: str, value: int) -> int:
        self.seen.append(text)
        return value

    def shrink(self, items: list[int]) -> int:
        items.clear()
        return 7


def swap(items: list[int], one: int, other: int) -> str:
    try:
        items[one], items[other] = items[other], items[one]
    except IndexError:
        return f"no such place {items}"
    return str(items)


def swap_up_to(items: list[int], high: int) -> str:
    low = 0
    try:
        while low < high:
            items[low], items[high] = items[high], items[low]
            low += 1
            high -= 1
    except IndexError:
        return f"past the end {low} {high} {items}"
    return str(items)


def turn(items: list[int], count: int) -> str:
    try:
        first = items[0]
        for i in range(count):
            items[i] = items[i + 1]
        items[count] = first
    except IndexError:
        return f"too far {items}"
    return str(items)


def fill(items: list[int], count: int) -> str:
    i = 0
    try:
        while i < count:
            items[i] = i * i
            i += 1
    except IndexError:
        return f"full at {i} {items}"
    return str(items)


def add(items: list[float], count: int) -> str:
    try:
        for i in range(count):
            items[i] += 0.5
    except IndexError:
        return f"no more {items}"
    return str(items)


def below_zero(items: list[int], high: int) -> list[int]:
    """The condition says nothing any more once the name is stored."""
    found = []
    while high > 0:
        high -= 2
        found.append(items[high])
    return found


def in_an_inner_loop(items: list[int], high: int) -> list[int]:
    found: list[int] = []
    while 0 < high:
        for _ in range(2):
            found.append(items[high])
            high = high - 3
    return found


def stored_first(items: list[int], high: int) -> list[int]:
    if high > 0:
        high, items[high] = -1, 5
        return items
    return []


def by_a_branch(items: list[int], high: int, low: bool) -> list[int]:
    found = []
    if high > 0 and len(items) > 0:
        if low:
            high = -high
        found.append(items[high])
        items[high] += 1
    return [*found, *items]


def in_a_function(items: list[int], high: int) -> list[int]:
    def lower() -> None:
        nonlocal high
        high -= 4

    if high > 0:
        lower()
        return [items[high]]
    return []


def copied(items: list[int], others: list[int]) -> str:
    try:
        for i in range(3):
            others[i] = items[i]
    except IndexError:
        return f"no room {others}"
    return str(others)


def before_each(items: list[int]) -> list[int]:
    return [items[i - 1] for i in range(3)]


def later(items: list[int], high: int) -> int:
    if high > 0:
        found = lambda: items[high]  # noqa: E731
        high = -1
        return found()
    return 0


def one_below(items: list[int], count: int) -> list[int]:
    found = []
    while count > 0:
        found.append(items[count - 1])
        items[count - 1] = items[count - 1] * 10
        count -= 1
    return [*found, *items]


def while_it_shrinks(log: Log) -> str:
    items = [1, 2, 3]
    try:
        for i in range(3):
            items[i] = items[i] + log.shrink(items)
    except IndexError:
        return f"gone {items}"
    return str(items)


def added_while_it_shrinks(log: Log) -> str:
    items = [1, 2, 3]
    try:
        for i in range(2):
            items[i] += log.shrink(items)
    except IndexError:
        return f"gone too {items}"
    return str(items)


def beside_a_shelf() -> str:
    items = [1, 2, 3]
    shelf = Shelf(items)
    try:
        for i in range(2):
            shelf[0], items[i] = items[i], 9
    except IndexError:
        return f"cleared {items}"
    return str(items)


def of_other_kinds() -> list[str]:
    points = [Point(1), Point(2)]
    maybe: list[int | None] = [None, 3, None]
    data = b"\x05\x00\xff"
    found = []
    for i in range(4):
        try:
            found.append(f"{data[i]} {maybe[i]} {points[i].x}")
        except IndexError:
            found.append(f"none at {i}")
    for i in range(2):
        points[i], points[1 - i] = points[1 - i], points[i]
        maybe[i], maybe[i + 1] = maybe[i + 1], maybe[i]
    return [*found, str([point.x for point in points]), str(maybe)]


def repeated(log: Log) -> list[str]:
    shared = [[0]] * 2
    shared[0].append(1)
    counts = [0] * 3
    counts[1] += 4
    none: list[int] = [log.note("item", 1)] * log.note("count", -2)
    some = log.note("times", 2) * [log.note("it", 5)]
    three = (0.5,) * 3
    return [str(shared), str(counts), str(none), str(some), str(three), str([1, 2] * 2), " ".join(log.seen)]


def summed(rows: list[list[float]]) -> list[float]:
    return [sum((place * value + extra for place, value in enumerate(row)), 0.0) for extra, row in enumerate(rows)]


def main() -> None:
    for pair in [(0, 2), (2, 0), (-1, 0), (-3, 1), (0, 3), (-4, 0), (1, 1)]:
        print(pair, swap([1, 2, 3], pair[0], pair[1]))
    for high in [-1, 0, 2, 3, 4]:
        print(high, swap_up_to([1, 2, 3, 4], high), swap_up_to([], high))
    for count in [-3, -2, 0, 1, 2, 3]:
        print(count, turn([1, 2, 3], count), fill([0, 0], count), add([1.0, 2.0], count))
    print(turn([], 0))
    print(below_zero([1, 2, 3, 4], 3), in_an_inner_loop([1, 2, 3, 4], 2))
    print(stored_first([1, 2, 3], 1), by_a_branch([1, 2, 3], 1, True), by_a_branch([1, 2, 3], 1, False))
    print(in_a_function([1, 2, 3], 2), later([1, 2, 3], 1), one_below([1, 2, 3], 3), one_below([], 0))
    print(copied([1, 2, 3], [0]), copied([1, 2, 3], [0, 0, 0]), before_each([1, 2, 3]))
    print(while_it_shrinks(Log()), added_while_it_shrinks(Log()), beside_a_shelf())
    print(of_other_kinds())
    print(repeated(Log()))
    print(summed([[1.0, 2.0], [], [3.0]]))
