"""Enums with methods and properties, in dataclasses, in `match`, and as keys of tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"

    @property
    def rank(self) -> int:
        return ORDER[self]

    def above(self, other: Level) -> bool:
        return self.rank > other.rank

    def __str__(self) -> str:
        return f"level {self.value}"

    def __lt__(self, other: Level) -> bool:
        return self.rank < other.rank

    @classmethod
    def read(cls, text: str) -> Level:
        for level in cls:
            if level.value == text:
                return level
        return cls.LOW

    @staticmethod
    def names() -> list[str]:
        return [level.name for level in Level]


class Sign(Enum):
    PLUS = 1
    MINUS = -1

    def __repr__(self) -> str:
        return "+" if self is Sign.PLUS else "-"


ORDER = {Level.LOW: 0, Level.MIDDLE: 1, Level.HIGH: 2}


@dataclass(frozen=True)
class Alarm:
    text: str
    level: Level = Level.MIDDLE
    sign: Sign = Sign.PLUS


def say(level: Level) -> str:
    match level:
        case Level.LOW:
            return "calm"
        case Level.MIDDLE | Level.HIGH:
            return "loud"


def loudest(levels: list[Level], least: Level = Level.LOW) -> Level:
    return max([*levels, least])


def main() -> None:
    print(Level.LOW, repr(Level.LOW), [Level.LOW], Level.HIGH.rank, Level.HIGH.above(Level.LOW), Level.names())
    print(Level.read("high"), Level.read("other"), sorted([Level.HIGH, Level.LOW, Level.MIDDLE]), Level.LOW < Level.HIGH)
    print(Sign.PLUS, [Sign.MINUS], repr(Sign.PLUS), f"{Sign.MINUS} {Sign.MINUS!r}", Sign(-1).value)
    print(Alarm("a"), Alarm("a") == Alarm("a", Level.MIDDLE), Alarm("a") == Alarm("a", Level.HIGH), Alarm("b").sign)
    print([say(level) for level in Level], loudest([]), loudest([Level.MIDDLE]))
    table: dict[str, Level | None] = {"a": Level.LOW, "b": None}
    for name, level in table.items():
        print(name, level.name if level else "-", level)
