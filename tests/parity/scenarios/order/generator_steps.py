"""A generator runs only as far as it is asked."""

from __future__ import annotations

from collections.abc import Iterator

log: list[str] = []


def source() -> Iterator[int]:
    for n in range(5):
        log.append(f"give {n}")
        yield n


def doubled(numbers: Iterator[int]) -> Iterator[int]:
    for n in numbers:
        log.append(f"double {n}")
        yield n * 2


def main() -> None:
    for n in doubled(source()):
        if n > 2:
            break
        print(n)
    print(log)
    log.clear()
    print(any(n == 1 for n in source()), log)
    log.clear()
    print(list(zip(source(), [1, 2])), log)
    log.clear()
    print(next(n for n in source() if n > 1), log)
    log.clear()
    first, *rest = source()
    print(first, rest, len(log))
