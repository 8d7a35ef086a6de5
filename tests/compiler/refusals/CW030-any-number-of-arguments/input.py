from __future__ import annotations


def f(*args: int, **kwargs: int) -> None: ...


def g(*args: int, name: str) -> None: ...


def h(*args) -> None: ...


k = lambda *args: len(args)
