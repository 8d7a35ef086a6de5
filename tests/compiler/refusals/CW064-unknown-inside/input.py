from __future__ import annotations

from typing import Any, TypeVar

T = TypeVar("T")


def show(items: list[Any], table: dict[str, object], given: list[T]) -> str:
    print(items, table)
    print(given)
    return f"{items}" + str(table) + repr({"a": items})
