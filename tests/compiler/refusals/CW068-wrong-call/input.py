from __future__ import annotations

import json


def f(table: dict[str, int]) -> None:
    print("a", end="")
    json.dumps(table, indent=2)
    table.update(a=1)
    "é".encode("latin-1")
    int.from_bytes([1, 2])
    "a,b".split(3)
