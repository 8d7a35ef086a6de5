"""A subclass overrides a property and asks its base."""

from __future__ import annotations


class Person:
    def __init__(self, name: str) -> None:
        self.name: str = name

    @property
    def label(self) -> str:
        return self.name.title()

    def greet(self) -> str:
        return f"hello {self.label}"


class Doctor(Person):
    @property
    def label(self) -> str:
        return "Dr. " + self.name.upper()


def main() -> None:
    print(Person("ann").greet(), Doctor("bob").greet(), Doctor("x").label, [p.label for p in (Person("a"), Doctor("b"))])
