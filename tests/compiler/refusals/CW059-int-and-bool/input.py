from __future__ import annotations


def main() -> None:
    names: dict[int | bool, str] = {}
    pairs: set[tuple[int | bool, str]] = set()
    shown = {1: "a", True: "b"}
    print(names, pairs, shown, {1, True}, 1 in {True: "a"})
