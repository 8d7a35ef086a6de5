"""A value is computed before finally, and kept."""

from __future__ import annotations


def value(log: list[str]) -> int:
    n = 1
    try:
        n = 2
        return n
    finally:
        n = 3
        log.append(f"n is {n}")


def loop(log: list[str]) -> str:
    while True:
        try:
            log.append("try")
            return "out"
        finally:
            log.append("finally")


def main() -> None:
    log: list[str] = []
    print(value(log), loop(log), log)
