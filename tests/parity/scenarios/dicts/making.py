"""dict(), fromkeys, comprehensions and pairs."""

from __future__ import annotations


def main() -> None:
    print(dict(), dict(a=1, b=2), dict([("x", 1), ("y", 2)]), dict(zip("ab", [1, 2])), dict.fromkeys(["a", "b"], 0), {k: len(k) for k in ("a", "bb")}, dict({"k": 1}), {v: k for k, v in {"a": 1}.items()})
