"""Views are used where they are made."""

from __future__ import annotations


def main() -> None:
    d = {"a": 1, "b": 2}
    print(len(d.keys()), len(d.items()), "a" in d.keys(), 2 in d.values(), sorted(d.values(), reverse=True), list(reversed(list(d))), [*d], (*d.values(),))
