"""Conditions and results take turns."""

from __future__ import annotations

log: list[str] = []


def seen(kind: str, n: int) -> bool:
    log.append(f"{kind}{n}")
    return n % 2 == 0


def main() -> None:
    print([seen("r", n) for n in range(3) if seen("c", n)], log)
    log.clear()
    print(any(seen("a", n) for n in [1, 3, 4, 5]), all(seen("l", n) for n in [2, 3, 4]), log)
