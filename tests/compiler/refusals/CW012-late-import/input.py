from __future__ import annotations

def f() -> None:
    import json
