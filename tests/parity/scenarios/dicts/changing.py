"""Assignment, del, pop, setdefault, update, clear."""

from __future__ import annotations


def main() -> None:
    d = {"a": 1}
    d["b"] = 2
    d["a"] = 9
    d.update({"c": 3, "b": 5})
    print(d, d.pop("a"), d.pop("zz", -1), d.setdefault("c", 0), d.setdefault("d", 7), d)
    del d["b"]
    print(d, len(d))
    d.clear()
    print(d)
