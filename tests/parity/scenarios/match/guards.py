"""Guards run after the names are bound, only when the pattern matches, and may do things."""

from __future__ import annotations

from dataclasses import dataclass

LOG: list[str] = []


@dataclass
class Point:
    x: int
    y: int


def noted(text: str, answer: bool) -> bool:
    LOG.append(text)
    return answer


def where(point: Point) -> str:
    match point:
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point(x=x) if x < 0 and x % 2 == 0:
            return f"even left {x}"
        case Point(x, y) if x > 100 or y > 100:
            return f"far {x},{y}"
        case Point(0, y):
            return f"on the axis {y}"
        case Point(x) if noted(f"x{x}", x > 5):
            return f"right {x}"
        case Point(y=y) if noted(f"y{y}", False):
            return "never"
    return "elsewhere"


def moving(point: Point) -> int:
    match point:
        case Point(x, _) if shifted(point):
            return x
        case Point(x, y) if x > y:
            return x * 10
    return -1


def shifted(point: Point) -> bool:
    point.x += 5
    return point.y > 3


def kept(values: list[int]) -> str:
    match values:
        case [first, *rest] if all(first < item for item in rest):
            return f"least first {first} {rest}"
        case [*_, last] if any(item == last for item in values[:-1]):
            return f"again {last}"
        case [one] if (lambda: one > 3)():
            return "one"
    return "none"


def only_guard(value: int) -> str:
    match value:
        case _ if value < 0:
            return "negative"
        case _ if value == 0:
            return "zero"
    return "positive"


def main() -> None:
    for x, y in ((3, 3), (-4, 1), (200, 1), (0, 9), (7, 1), (2, 1)):
        print(where(Point(x, y)), LOG)
        LOG.clear()
    print(moving(Point(1, 4)), moving(Point(1, 2)), moving(Point(-9, 2)))
    print(kept([1, 2, 3]), kept([3, 1, 3]), kept([2, 1]), kept([]))
    print([only_guard(value) for value in (-1, 0, 1)])
