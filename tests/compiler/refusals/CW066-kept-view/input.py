from __future__ import annotations

def f(table: dict[str, int]) -> object:
    keys = table.keys()
    print(len(list(keys)))
    return table.items()
