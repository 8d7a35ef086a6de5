from __future__ import annotations


class Listed:
    def __enter__(self) -> list[int]:
        return [1, 2]

    def __exit__(self, kind: object, error: object, trace: object) -> None: ...


def f() -> None:
    with Listed() as (a, b):
        print(a, b)
