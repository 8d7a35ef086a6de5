from __future__ import annotations


def f(value: str | list[str]) -> str:
    return value[0]
