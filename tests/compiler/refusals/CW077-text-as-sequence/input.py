from __future__ import annotations

from collections.abc import Sequence


def f(items: Sequence[str]) -> int:
    return len(items)


def g() -> int:
    return f("abc")
