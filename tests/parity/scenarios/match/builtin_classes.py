"""Class patterns of the built-in types, with and without a pattern inside."""

from __future__ import annotations

from typing import Any


def kind(value: object) -> str:
    match value:
        case None:
            return "none"
        case bool(flag):
            return f"bool {flag}"
        case int(n) if n > 100:
            return f"big {n}"
        case int(1 | 2 as n):
            return f"small {n}"
        case int():
            return "int"
        case float(f):
            return f"float {f}"
        case str(""):
            return "empty text"
        case str(text):
            return f"text {text}"
        case bytes(data):
            return f"bytes {len(data)}"
        case dict(table):
            return f"dict {len(table)}"
        case set():
            return "set"
        case list(items):
            return f"list {len(items)}"
        case _:
            return "other"


def of_union(value: int | str | list[int] | None) -> str:
    match value:
        case str():
            return value.upper()
        case int():
            return str(value + 1)
        case [] | None:
            return "nothing"
        case list():
            return str(sum(value))


def of_any(value: Any) -> str:
    match value:
        case str(text) if text.startswith("x"):
            return text
        case str() | bytes():
            return "text or bytes"
        case [str(first), *_]:
            return first
        case _:
            return "?"


def main() -> None:
    values: list[object] = [None, True, 101, 2, 50, 2.5, "", "t", b"ab", {"a": 1}, {1}, [1, 2]]
    print([kind(value) for value in values])
    print([of_union(value) for value in (5, "a", [], [1, 2], None)])
    print([of_any(value) for value in ("xy", "y", b"", ["f", 1], [1], 4)])
