from __future__ import annotations

class Box:
    def __init__(self) -> None:
        self.x: int = 1


def f(box: Box) -> None:
    name = 1
    del name
    del box.x
    items = [1, 2]
    del (items[0], items[1])
