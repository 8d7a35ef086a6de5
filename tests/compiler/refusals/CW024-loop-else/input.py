from __future__ import annotations

def f() -> None:
    for x in [1]:
        pass
    else:
        f()
