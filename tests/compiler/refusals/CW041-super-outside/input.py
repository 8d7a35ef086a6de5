from __future__ import annotations


def f() -> str:
    return super().__str__()
