"""Class patterns: fields by position and by name, subclasses, classes with `__match_args__`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Point:
    x: int
    y: int = 0


@dataclass(frozen=True)
class Colored(Point):
    color: str = "red"
    hidden: int = field(default=7, init=False)


@dataclass(frozen=True)
class Line:
    start: Point
    end: Point


class Plain:
    def __init__(self, name: str) -> None:
        self.name: str = name


class Ordered(Plain):
    __match_args__ = ("value", "name")

    def __init__(self, name: str, value: int) -> None:
        super().__init__(name)
        self.value: int = value


Shape = Point | Line | None


def show(shape: Shape) -> str:
    match shape:
        case None:
            return "none"
        case Colored(1, y, "blue"):
            return f"blue {y}"
        case Colored(color=color, hidden=hidden):
            return f"{color} {hidden}"
        case Point(0):
            return "on y"
        case Point(x, 0):
            return f"on x {x}"
        case Point():
            return f"point {shape.x} {shape.y}"
        case Line(Point(0, 0), end=Point(x=ex, y=ey) as end):
            return f"from origin to {ex},{ey} {end == Point(ex, ey)}"
        case Line(Point(a, b), Point(c, d)) if (a, b) == (c, d):
            return "nowhere"
        case Line(start, _):
            return f"line from {start}"


def named(thing: Plain) -> str:
    match thing:
        case Ordered(5, name):
            return f"five {name}"
        case Ordered(value):
            return f"value {value}"
        case Plain(name="x" | "y" as name):
            return f"known {name}"
        case Plain(name=name):
            return name


def of_error(error: Exception) -> str:
    match error:
        case KeyError():
            return "key"
        case LookupError():
            return "lookup"
        case ValueError() | TypeError():
            return "value or type"
        case _:
            return "other"


def of_object(value: object) -> str:
    match value:
        case Point(x=1):
            return "one"
        case Plain():
            return "plain"
        case _:
            return "else"


def main() -> None:
    o = Point(0, 0)
    shapes: list[Shape] = [None, Colored(1, 2, "blue"), Colored(1), o, Point(3), Point(3, 4), Line(o, Point(1, 2))]
    for shape in [*shapes, Line(Point(1, 1), Point(1, 1)), Line(Point(2, 2), o)]:
        print(show(shape))
    print(named(Ordered("a", 5)), named(Ordered("b", 6)), named(Plain("x")), named(Plain("z")))
    print([of_error(error) for error in (KeyError("k"), IndexError("i"), TypeError("t"), RuntimeError("r"))])
    objects: list[object] = [Point(1), Colored(1), Point(2), Plain("p"), Ordered("o", 1), 1]
    print([of_object(value) for value in objects])
