from __future__ import annotations

count: int = 0


def f() -> None:
    global count
    count = 1
