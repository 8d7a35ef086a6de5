"""Defaults of every kind, evaluated once."""

from __future__ import annotations

LIMIT: int = 3
ORIGIN: tuple[int, int] = (0, 0)


def f(a: int, b: int = LIMIT, c: str = "c", d: float = -1.5, e: bool = True, g: str | None = None, h: tuple[int, int] = ORIGIN) -> str:
    return f"{a} {b} {c} {d} {e} {g} {h}"


def main() -> None:
    print(f(1))
    print(f(1, 2, "x", 0.0, False, "g", (1, 1)))
    print(f(1, g="late", b=9))
    print(f(h=(2, 2), a=0))
