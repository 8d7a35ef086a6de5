from __future__ import annotations


def shown(name: str, other: str | None) -> str:
    if name is None:
        return ""
    return name if other is None else other
