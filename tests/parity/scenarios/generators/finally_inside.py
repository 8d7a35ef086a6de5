"""What a generator does at its end."""

from __future__ import annotations

from collections.abc import Iterator


def watched(log: list[str]) -> Iterator[int]:
    log.append("start")
    try:
        yield 1
        yield 2
    finally:
        log.append("end")


def main() -> None:
    log: list[str] = []
    print(list(watched(log)), log)
    one = watched(log)
    print(next(one), log)
    print(next(one), next(one, None), log)
