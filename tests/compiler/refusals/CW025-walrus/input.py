from __future__ import annotations

def f() -> bool:
    return (x := 5) > 3
