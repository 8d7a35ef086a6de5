from __future__ import annotations

def f(x: int) -> None:
    print(1j)
    print(x @ x)
    try:
        f(x)
    except* ValueError:
        pass
    print(f"{x!a}")
    x @= x
