from __future__ import annotations

def f(items: list[int] = []) -> int:
    return len(items)
