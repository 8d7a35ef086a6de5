"""Default values and keyword arguments."""

from __future__ import annotations

LIMIT: int = 7


def f(a: int, b: int = 2, *, c: str = "x", d: int = LIMIT) -> str:
    return f"{a} {b} {c} {d}"


def g(value: int | None = None, flag: bool = False) -> str:
    return f"{value} {flag}"


def main() -> None:
    print(f(1), f(1, 3), f(1, c="y"), f(a=1, d=0), f(b=5, a=4), f(1, 2, c="z", d=9))
    print(g(), g(None), g(3), g(flag=True), g(value=0, flag=True))
