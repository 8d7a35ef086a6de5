from __future__ import annotations


def twice(items: list[int]) -> None:
    items *= 2
