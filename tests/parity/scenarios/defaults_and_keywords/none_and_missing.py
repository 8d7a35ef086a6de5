"""None is not the same as missing."""

from __future__ import annotations


def show(value: str | None = "default") -> str:
    return str(value)


def choose(a: int | None = None, b: int | None = 5) -> str:
    return f"{a} {b}"


def main() -> None:
    print(show(), show(None), show("x"), show(value=None), choose(), choose(None, None), choose(b=None), choose(1))
