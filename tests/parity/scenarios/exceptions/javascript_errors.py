"""Errors that are not Python's own still pass through except Exception and finally."""

from __future__ import annotations

def deep(n: int) -> int:
    return 1 + deep(n + 1)


def main() -> None:
    try:
        print(deep(0))
    except Exception as error:
        print("too deep", isinstance(error, ValueError))
    finally:
        print("finally")
    try:
        print(int("12a"))
    except Exception as error:
        print("value", isinstance(error, ValueError))
