"""A method that is kept remembers its object."""

from __future__ import annotations

from collections.abc import Callable


class Bell:
    def __init__(self, sound: str) -> None:
        self.sound: str = sound
        self.rung: int = 0

    def ring(self) -> str:
        self.rung += 1
        return self.sound * self.rung

    def louder(self, times: int = 2, end: str = "!") -> str:
        return self.ring() * times + end

    def handles(self) -> list[Callable[[], str]]:
        return [self.ring, self.louder]

    def handle(self) -> Callable[[int], str]:
        return self.louder


def main() -> None:
    a, b = Bell("ding"), Bell("dong")
    rings: list[Callable[[], str]] = [a.ring, b.ring, a.ring]
    print([ring() for ring in rings], a.rung, b.rung)
    keep = a.ring
    a.sound = "!"
    print(keep(), [each() for each in a.handles()], a.handle()(3))
