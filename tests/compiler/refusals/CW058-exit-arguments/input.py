from __future__ import annotations


class Short:
    def __enter__(self) -> None: ...

    def __exit__(self, error: object) -> None: ...


def f() -> None:
    with Short():
        pass
