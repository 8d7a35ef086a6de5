"""Keys keep the order of their first insertion."""

from __future__ import annotations


def main() -> None:
    d = {"z": 1, "a": 2, "10": 3, "9": 4}
    d["z"] = 5
    del d["a"]
    d["a"] = 6
    print(d, list(d), list(d.values()), list(d.items()), sorted(d), {2: "b", 1: "a"}, {**d, "z": 0})
