"""Dotted names are compared, plain names are bound."""

from __future__ import annotations


class Color:
    RED: str = "red"
    BLUE: str = "blue"
    LEVELS: tuple[int, int] = (1, 2)


class Limits:
    def __init__(self, low: int, high: int) -> None:
        self.low: int = low
        self.high: int = high

    def place(self, value: int) -> str:
        match value:
            case self.low:
                return "low"
            case self.high:
                return "high"
            case other:
                return f"other {other}"


class Version:
    def __init__(self, number: int) -> None:
        self.number: int = number

    def __eq__(self, other: object) -> bool:
        print("asked", self.number)
        return isinstance(other, Version) and other.number == self.number


class Known:
    FIRST: Version = Version(1)
    SECOND: Version = Version(2)


def name(color: str | None) -> str:
    match color:
        case Color.RED | Color.BLUE:
            return "known"
        case None:
            return "none"
        case _:
            return "unknown"


def levels(pair: tuple[int, int]) -> bool:
    match pair:
        case Color.LEVELS:
            return True
        case _:
            return False


def version(value: Version) -> str:
    match value:
        case Known.FIRST:
            return "first"
        case Known.SECOND:
            return "second"
    return "none"


def main() -> None:
    print(name("red"), name("blue"), name("green"), name(None))
    print([Limits(1, 9).place(value) for value in (1, 9, 5)])
    print(levels((1, 2)), levels((2, 1)))
    print(version(Version(2)), version(Version(3)))
