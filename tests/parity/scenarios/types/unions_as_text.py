"""Text of a value that may have several types: tuples among them, and floats inside of lists."""

from __future__ import annotations


def spot(n: int) -> tuple[int, int] | None:
    return None if n == 0 else (n, n + 1)


def mixed(n: int) -> str | tuple[str, float] | int:
    return "text" if n == 0 else ("a", 1.0) if n == 1 else n


def floats(n: int) -> list[float] | str:
    return "it's" if n == 0 else [1.0, 0.5]


def table(n: int) -> dict[str, tuple[int, ...]] | None:
    return None if n == 0 else {"k": (n,)}


def main() -> None:
    for n in range(3):
        print(spot(n), mixed(n), floats(n), table(n))
        print(str(spot(n)), repr(mixed(n)), f"{floats(n)!r} {table(n)} {spot(n)!s}")
        print([spot(n)], [mixed(n)], {"k": floats(n)}, (table(n), spot(n)))
