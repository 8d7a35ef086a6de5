from __future__ import annotations


def ask(table: dict[str, int], other: dict[str, int]) -> bool:
    if table.values() == other.values() or range(3) != range(3):
        return True
    return table.keys() == {"a"}
