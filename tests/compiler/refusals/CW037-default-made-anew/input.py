from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from math import inf
import math

limit = 3


class Box:
    most: int = 4

    def __init__(self) -> None:
        self.size: int = 1


@dataclass(frozen=True)
class Kept:
    size: int = Box.most


class Kind(Enum):
    SMALL = 1


box = Box()
kept = Kept()


def count() -> int:
    return limit


def most(n: int = limit) -> int:
    return n


@dataclass
class Room:
    seats: int = count()
    most: int = limit
    name: str = field(default=str(count()))
    size: int = box.size


def size(
    of: int = box.size, by: int = -box.size, c: int = Box.most, d: int = kept.size, e: Kind = Kind.SMALL,
    f: float = inf, g: float = math.pi
) -> None:
    shown = lambda h=box.size: h
    print(of, by, c, d, e, f, g, shown())


limit = 4
