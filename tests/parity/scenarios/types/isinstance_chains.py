"""isinstance tells values of a union apart."""

from __future__ import annotations


def describe(value: int | str | float | bytes | list[int] | None) -> str:
    if value is None:
        return "none"
    if isinstance(value, str):
        return f"text {value.upper()}"
    if isinstance(value, bytes):
        return f"bytes {value.hex()}"
    if isinstance(value, list):
        return f"list {sum(value)}"
    return f"number {value > 1}"


def main() -> None:
    print([describe(v) for v in ("a", 2, 0.5, b"\x01", [1, 2], None)])
