from __future__ import annotations

from dataclasses import dataclass, field

limit = 3


def count() -> int:
    return limit


def most(n: int = limit) -> int:
    return n


@dataclass
class Room:
    seats: int = count()
    most: int = limit
    name: str = field(default=str(count()))


limit = 4
