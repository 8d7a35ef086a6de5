from __future__ import annotations

from collections.abc import Callable


def f(action: Callable[[int], None]) -> None:
    action(n=1)
