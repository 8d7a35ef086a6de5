"""Conditions and elements run in turn, not one after the other."""

from __future__ import annotations

log: list[str] = []


def keep(n: int) -> bool:
    log.append(f"keep {n}")
    return n != 2


def make(n: int) -> int:
    log.append(f"make {n}")
    return n * 10


def main() -> None:
    print([make(n) for n in [1, 2, 3] if keep(n)], log)
    log.clear()
    print(any(keep(n) for n in [2, 3, 4]), log)
    log.clear()
    print(all(keep(n) for n in [1, 2, 3]), log)
    log.clear()
    print({n: make(n) for n in [1, 2] if keep(n)}, log)
    log.clear()
    lazy = (make(n) for n in [1, 2, 3])
    print(log, next(lazy), log)
