"""Constructor, ==, repr, replace, defaults."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Point:
    x: int
    y: float = 0.5
    tags: list[str] = field(default_factory=list)

    def moved(self, dx: int) -> Point:
        return replace(self, x=self.x + dx)

    @property
    def total(self) -> float:
        return self.x + self.y


@dataclass
class Counter:
    name: str
    counts: dict[str, int] = field(default_factory=dict)
    secret: str = field(default="s", repr=False)
    total: int = field(init=False, default=3)

    def add(self, key: str) -> None:
        self.counts[key] = self.counts.get(key, 0) + 1
        self.total += 1


@dataclass(frozen=True)
class Line:
    start: Point
    end: Point | None = None


@dataclass(frozen=True)
class Named(Line):
    name: str = "?"


@dataclass(order=True)
class Version:
    major: int
    minor: int = 0

    def __post_init__(self) -> None:
        self.minor += 100


def main() -> None:
    p = Point(1, tags=["a"])
    print(p, p == Point(1, 0.5, ["a"]), p == Point(1), p != Point(2), p.moved(3), p.total, replace(p, y=2.0, tags=[]))
    c = Counter("c")
    c.add("k")
    print(c, c.counts, Counter("d").counts, c == Counter("c", {"k": 1}), c.total)
    line = Line(p, Point(2))
    print(line, line == Line(Point(1, 0.5, ["a"]), Point(2)), Line(p), Named(p, name="n"), Named(p) == Line(p), [line] == [Line(p, Point(2))])
    print(sorted([Version(2), Version(1, 5), Version(1)]), Version(1) < Version(2), p in [Point(1, 0.5, ["a"])], [p].index(Point(1, 0.5, ["a"])))
