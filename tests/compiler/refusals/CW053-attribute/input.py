from __future__ import annotations

class Box:
    def __init__(self) -> None:
        self.x: int = 1


def f(box: Box, maybe: Box | None) -> int:
    return box.y + maybe.x
