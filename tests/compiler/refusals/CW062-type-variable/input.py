from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def is_listed(item: T) -> bool:
    return isinstance(item, list) or isinstance(item, int)
