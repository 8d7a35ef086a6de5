from __future__ import annotations

def f(name: str | None, flag: bool) -> bool:
    return flag and name
