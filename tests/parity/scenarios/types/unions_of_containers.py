"""Unions, Literal, aliases and casts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, Union, cast

Mode = Literal["on", "off"]
Value = Union[str, int, list["Value"]]
Table = dict[str, list[tuple[int, str]]]
DEFAULT: Final = "on"


def flip(mode: Mode) -> Mode:
    return "off" if mode == "on" else "on"


def total(numbers: Sequence[int], names: Mapping[str, int]) -> int:
    return sum(numbers) + sum(names[name] for name in names) + len(numbers) + numbers[0]


def depth(value: int | list[int] | str) -> str:
    if isinstance(value, list):
        return f"list of {len(value)}"
    return f"one {value}"


def main() -> None:
    table: Table = {"a": [(1, "x")]}
    table["b"] = [(2, "y"), (3, "z")]
    print(flip("on"), flip(flip("on")), DEFAULT, table, total([1, 2], {"a": 5}), total((3,), {}))
    raw: object = "text"
    print(cast(str, raw).upper(), depth([1]), depth("s"), depth(3))
