"""Methods, constants and constructors through a chain."""

from __future__ import annotations

class Animal:
    SOUND: str = "..."

    def __init__(self, name: str) -> None:
        self.name: str = name

    def speak(self) -> str:
        return f"{self.name} says {self.SOUND}"

    def kind(self) -> str:
        return "animal"

    @property
    def loud(self) -> str:
        return self.speak().upper()


class Dog(Animal):
    SOUND: str = "wuff"

    def __init__(self, name: str, tricks: list[str]) -> None:
        super().__init__(name)
        self.tricks: list[str] = tricks

    def kind(self) -> str:
        return "dog < " + super().kind()


class Puppy(Dog):
    SOUND: str = "yip"

    def kind(self) -> str:
        return "puppy < " + super().kind()


class Cat(Animal):
    pass


def main() -> None:
    for animal in [Animal("a"), Dog("d", ["sit"]), Puppy("p", []), Cat("c")]:
        print(animal.speak(), animal.kind(), animal.loud, isinstance(animal, Dog), isinstance(animal, (Cat, Puppy)))
        if isinstance(animal, Dog):
            print(animal.tricks, len(animal.tricks))
