"""Dicts that are written out in functions: in order, each key once, the last value of it."""

from __future__ import annotations


class Said:
    def __init__(self) -> None:
        self.log: list[str] = []

    def key(self, key: str) -> str:
        self.log.append(f"key {key}")
        return key

    def value(self, value: int) -> int:
        self.log.append(f"value {value}")
        return value


def made(said: Said) -> dict[str, int]:
    return {said.key("a"): said.value(1), said.key("b"): said.value(2), "a": said.value(3)}


def of_tuples(x: int, y: int) -> dict[tuple[int, int], str | None]:
    return {(x, y): "here", (y, x): None, (x, y): "again"}


def of_numbers(number: int) -> dict[int, list[float]]:
    return {number: [0.5], 1: [], 2: [1.0]}


def given(key: str, table: dict[str, int] | None = None) -> int:
    return (table if table is not None else {"a": 1, "b": 2})[key]


def failing(said: Said) -> dict[str, int]:
    return {said.key("x"): said.value(1), said.key("y"): int("none")}


def main() -> None:
    said = Said()
    print(made(said), said.log)
    print(of_tuples(1, 2), of_tuples(1, 1))
    print(of_numbers(0), of_numbers(1), given("b"), given("c", {"c": 4}))
    print([{"place": place, "twice": place * 2} for place in range(2)])
    try:
        failing(said)
    except ValueError:
        print(said.log[-3:])
