from __future__ import annotations

from collections.abc import Callable

if (size := 3) > 2:
    LARGE = True


def f() -> Callable[[int], int]:
    return lambda n: (m := n)
