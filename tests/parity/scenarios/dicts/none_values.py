"""A key with None is there."""

from __future__ import annotations


def main() -> None:
    d: dict[str, int | None] = {"a": None, "b": 1}
    print("a" in d, d["a"], d.get("a"), d.get("a", 5), d.get("c", 5), d.setdefault("a", 9), d.pop("a", 7), d)
