"""A bare raise sends the same error on."""

from __future__ import annotations


def inner(log: list[str]) -> None:
    try:
        raise ValueError("first")
    except ValueError:
        log.append("seen")
        raise
    finally:
        log.append("left")


def main() -> None:
    log: list[str] = []
    for _ in range(2):
        try:
            inner(log)
        except ValueError as error:
            log.append(str(error))
    print(log)
