from __future__ import annotations

def f() -> None:
    class Inner:
        pass
