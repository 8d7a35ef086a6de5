"""Nested containers print their items."""

from __future__ import annotations

def main() -> None:
    rows: list[tuple[int, float]] = [(1, 2.0), (3, 4.5)]
    table: dict[str, tuple[str, ...]] = {"a": ("x",), "b": ()}
    deep: dict[str, list[dict[str, float]]] = {"k": [{"v": 1.0}]}
    maybe: list[int | None] = [1, None]
    print(rows, table, deep, maybe)
    print(f"{rows} {table!r}", str(deep), repr(maybe))
    mixed: tuple[str, int, float, None, bool, bytes] = ("s", 1, 1.0, None, True, b"b")
    print(mixed, [mixed], {1: (1.0,)}, [[], [()]], {"a": {1}})
    choice: int | str = 5
    print(choice, [choice, "a"])
