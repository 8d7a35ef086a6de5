from __future__ import annotations

def f(x: object) -> None:
    with x:
        pass
