from __future__ import annotations

class Refused(Exception):
    def __init__(self, size: float) -> None:
        super().__init__(size)


def fail(pair: tuple[int, int], what: object) -> None:
    raise ValueError(pair, what)
