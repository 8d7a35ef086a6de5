"""isinstance and None narrow unions."""

from __future__ import annotations

from typing import Any


def describe(value: int | str | list[int] | dict[str, int] | None | bytes) -> str:
    if value is None:
        return "none"
    if isinstance(value, str):
        return "text " + value.upper()
    if isinstance(value, (list, dict)):
        return f"sized {len(value)}"
    if isinstance(value, bytes):
        return "bytes " + value.hex()
    return f"number {value + 1}"


def from_json(value: Any) -> str:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return f"int {value}"
    if isinstance(value, float):
        return f"float {value}"
    if isinstance(value, str):
        return f"str {value}"
    if isinstance(value, list):
        return "list " + ",".join([from_json(item) for item in value])
    if isinstance(value, dict):
        return "dict " + ",".join([f"{key}={from_json(item)}" for key, item in value.items()])
    return "null"


def main() -> None:
    for value in [1, "a", [1, 2], {"k": 1}, None, b"\x01"]:
        print(describe(value))
    print(from_json([1, 1.5, "x", True, None, {"a": [2]}]))
    x: int | str = 5
    print(isinstance(x, int), isinstance(True, int), isinstance("s", (int, str)), isinstance(3, float))
    name: str | None = None
    print(name is None, name == "a", not_none(None), not_none("b"))


def not_none(text: str | None) -> str:
    return text if text is not None else "-"
