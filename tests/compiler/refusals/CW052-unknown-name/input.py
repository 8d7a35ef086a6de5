from __future__ import annotations

def f() -> int:
    return missing
