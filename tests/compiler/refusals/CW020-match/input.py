from __future__ import annotations

def f(x: int) -> int:
    match x:
        case 1:
            return 2
    return 3
