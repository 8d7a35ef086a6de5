"""Setters check and keep."""

from __future__ import annotations


class Volume:
    def __init__(self) -> None:
        self._level: int = 5
        self.changes: int = 0

    @property
    def level(self) -> int:
        return self._level

    @level.setter
    def level(self, value: int) -> None:
        if value > 10:
            raise ValueError("too loud")
        self._level = max(0, value)
        self.changes += 1


def main() -> None:
    volume = Volume()
    volume.level = 7
    volume.level += 2
    volume.level -= 100
    print(volume.level, volume.changes)
    try:
        volume.level = 11
    except ValueError as error:
        print(error, volume.level)
