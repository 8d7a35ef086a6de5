"""Attributes are the object's own; constants the class's."""

from __future__ import annotations


class Cat:
    LEGS: int = 4
    NAMES: tuple[str, ...] = ("Tom", "Felix")

    def __init__(self, name: str) -> None:
        self.name: str = name
        self.lives: int = 9
        self.toys: list[str] = []

    def hurt(self) -> None:
        self.lives -= 1


def main() -> None:
    a, b = Cat("a"), Cat("b")
    a.hurt()
    a.toys.append("ball")
    print(a.lives, b.lives, a.toys, b.toys, Cat.LEGS, a.LEGS, Cat.NAMES[0], len(b.NAMES))
