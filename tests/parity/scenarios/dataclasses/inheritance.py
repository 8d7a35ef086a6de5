"""Fields of the base come first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Base:
    a: int
    b: str = "b"


@dataclass
class More(Base):
    c: float = 1.5

    def total(self) -> float:
        return self.a + self.c


def main() -> None:
    more = More(1)
    print(more, More(2, "x", 0.5).total(), more == More(1, "b", 1.5), isinstance(more, Base), Base(1))
