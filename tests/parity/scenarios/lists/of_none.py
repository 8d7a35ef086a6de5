"""None and optional values inside."""

from __future__ import annotations


def main() -> None:
    items: list[int | None] = [1, None, 3]
    print(items, None in items, items.count(None), [x for x in items if x is not None], items.index(None), [x is None for x in items])
