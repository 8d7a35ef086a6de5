"""Mapping patterns ask for some keys; the rest may be kept."""

from __future__ import annotations

from typing import Any


def kind(message: dict[str, int]) -> str:
    match message:
        case {"a": 1, "b": b}:
            return f"a is one, b {b}"
        case {"a": a, "b": _}:
            return f"a {a}"
        case {"only": value, **rest}:
            return f"only {value} {rest}"
        case {}:
            return f"some dict of {len(message)}"


def event(data: dict[str, Any]) -> str:
    match data:
        case {"type": "text", "body": str(body)}:
            return f"text {body}"
        case {"type": "move", "to": [x, y]}:
            return f"move {x == 1} {y == 2}"
        case {"type": "user", "user": {"name": str(name), "tags": [*tags]}}:
            return f"user {name} {len(tags)}"
        case {"type": "nothing", "value": None}:
            return "nothing"
        case {"type": str(other)}:
            return f"unknown {other}"
        case _:
            return "no type"


def optional(data: dict[str, int | None]) -> str:
    match data:
        case {"x": None}:
            return "x is None"
        case {"x": value}:
            return f"x is {value}"
        case {"y": None | 0}:
            return "y is nothing"
    return "no x"


def by_number(names: dict[int, str]) -> str:
    match names:
        case {1: first, 2: second}:
            return first + second
        case {-1: last}:
            return last
    return "?"


def of_object(value: object) -> str:
    match value:
        case {"k": int(number)}:
            return f"number {number}"
        case {"k": _}:
            return "k"
        case {}:
            return "dict"
    return "no dict"


def rest_is_new(data: dict[str, int]) -> None:
    match data:
        case {"a": _, **rest}:
            rest["new"] = 1
            print(data, rest)


def main() -> None:
    dicts: list[dict[str, int]] = [{"a": 1, "b": 2}, {"a": 2, "b": 2}, {"only": 1, "x": 2}, {}, {"b": 3, "a": 1, "c": 4}]
    for message in dicts:
        print(kind(message))
    print(event({"type": "text", "body": "hi"}), event({"type": "text", "body": 1}), event({"body": "x"}))
    print(event({"type": "move", "to": [1, 2]}), event({"type": "move", "to": "12"}), event({"type": "move"}))
    print(event({"type": "user", "user": {"name": "n", "tags": [1, 2]}}), event({"type": "user", "user": {}}))
    print(event({"type": "nothing", "value": None}), event({"type": "nothing"}), event({}))
    print(optional({"x": None}), optional({"x": 0}), optional({"y": None}), optional({"y": 0}), optional({"y": 1}))
    print(by_number({1: "a", 2: "b"}), by_number({-1: "z", 1: "a"}), by_number({}))
    objects: list[object] = [{"k": 1}, {"k": "1"}, {}, {"z": 1}, [["k", "1"]], "k", {"k"}]
    print([of_object(value) for value in objects])
    rest_is_new({"a": 1, "b": 2})
