from __future__ import annotations


class Door:
    def __init__(self) -> None:
        self.is_open: bool = False

    def open(self) -> None:
        self.is_open = True

    def close(self) -> None:
        self.is_open = False


def run() -> bool:
    door = Door()
    door.open()
    return door.is_open
