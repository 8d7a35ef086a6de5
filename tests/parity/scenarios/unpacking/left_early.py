"""An iterator with too many items is closed when nobody holds it, and goes on when somebody does."""

from __future__ import annotations

from collections.abc import Iterator


def steps(log: list[str]) -> Iterator[int]:
    try:
        yield from range(5)
    finally:
        log.append("closed")


def main() -> None:
    log: list[str] = []
    try:
        one, two = steps(log)
        print(one, two)
    except ValueError:
        print("too many", log)
    kept = steps(log)
    try:
        one, two = kept
        print(one, two)
    except ValueError:
        print("too many", log, next(kept), log)
    first, *rest = kept
    print(first, rest, log)
