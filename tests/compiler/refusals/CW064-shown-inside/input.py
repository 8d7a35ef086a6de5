from __future__ import annotations


class Point:
    def __init__(self) -> None:
        self.x: int = 1


def f(point: Point) -> None:
    print({"int": int})
    print([[lambda: 1]])
    print([(n for n in range(3))])
    print(f"{point:}")
