from __future__ import annotations

from typing import Any


def f(data: Any, value: object) -> None:
    print(data.name == 1)
    print(data["key"] == 1)
    for item in data:
        print(item == 1)
    print(len(value))
