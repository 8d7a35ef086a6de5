from __future__ import annotations

def cache(f: object) -> object:
    return f


@cache
def f() -> None: ...


@cache
class C: ...
