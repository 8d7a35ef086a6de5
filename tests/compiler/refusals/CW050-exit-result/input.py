from __future__ import annotations


class Counted:
    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: object, trace: object) -> int:
        return 0


def f() -> None:
    with Counted():
        pass
