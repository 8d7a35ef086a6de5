from __future__ import annotations


class Point:
    __slots__ = ("x",)
    __match_args__ = ("x",)

    def __init__(self, x: int) -> None:
        self.x: int = x
