from __future__ import annotations


def first(items: list[str]) -> str:
    for item in items:
        return item
        print(item)
    return ""
