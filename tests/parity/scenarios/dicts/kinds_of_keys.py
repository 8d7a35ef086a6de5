"""Text, ints, bools and None as keys."""

from __future__ import annotations


def main() -> None:
    by_int = {1: "one", -1: "minus", 0: "zero"}
    by_bool = {True: "yes", False: "no"}
    by_any: dict[str | None, int] = {"a": 1, None: 2}
    print(by_int[1], by_int.get(-1), by_bool[1 > 0], by_any[None], by_any, by_bool, 1 in by_int, None in by_any)
