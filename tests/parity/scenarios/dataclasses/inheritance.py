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


class Plain(Base):
    """No dataclass itself."""


class Said(More):
    def __repr__(self) -> str:
        return "said"


class SaidToo(Said):
    pass


def main() -> None:
    family: list[Base] = [Base(1), Plain(2), More(3), Said(4), SaidToo(5)]
    print(family, f"{Plain(1)} {Plain(2, 'c')!r}", Plain(1) == Plain(1), Plain(1) == Base(1), {"k": Plain(3)})
    more = More(1)
    print(more, More(2, "x", 0.5).total(), more == More(1, "b", 1.5), isinstance(more, Base), Base(1))
