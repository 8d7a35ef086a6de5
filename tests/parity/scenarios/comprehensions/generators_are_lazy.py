"""A generator expression works when asked."""

from __future__ import annotations

log: list[int] = []


def note(n: int) -> int:
    log.append(n)
    return n * 10


def main() -> None:
    lazy = (note(n) for n in [1, 2, 3])
    print(log)
    print(next(lazy), log)
    print(list(lazy), log, list(lazy))
