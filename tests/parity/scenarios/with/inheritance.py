"""The methods of the class that the object has, not of the one that is declared."""

from __future__ import annotations

from typing import Protocol


class Base:
    def __enter__(self) -> str:
        return self.label()

    def __exit__(self, kind: object, error: object, trace: object) -> bool | None:
        print("base exit")
        return None

    def label(self) -> str:
        return "base"


class Quiet(Base):
    def __exit__(self, kind: object, error: object, trace: object) -> bool | None:
        super().__exit__(kind, error, trace)
        print("quiet", isinstance(error, ValueError))
        return True

    def label(self) -> str:
        return "quiet"


class Manager(Protocol):
    def __enter__(self) -> int: ...

    def __exit__(self, kind: object, error: object, trace: object) -> bool: ...


class Three:
    def __enter__(self) -> int:
        return 3

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        print("three", error is None)
        return True


def use(manager: Base) -> None:
    with manager as label:
        print(label)
        raise ValueError(label)


def use_any(manager: Manager) -> None:
    with manager as number:
        print(number)
        raise ValueError("any")


def main() -> None:
    for manager in (Base(), Quiet()):
        try:
            use(manager)
            print("went on")
        except ValueError as error:
            print("raised", error)
    use_any(Three())
