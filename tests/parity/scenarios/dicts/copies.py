"""copy() is shallow."""

from __future__ import annotations


def main() -> None:
    a = {"list": [1], "other": [2]}
    b = a.copy()
    b["list"].append(9)
    b["other"] = []
    c = dict(a)
    c["new"] = [3]
    print(a, b, c, a is b)
