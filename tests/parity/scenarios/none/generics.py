"""None where a type variable, a dict, a list or a property stands for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Box(Generic[T]):
    def __init__(self, value: T) -> None:
        self.value: T = value
        self.taken: int = 0

    def take(self) -> T:
        self.taken += 1
        print("take")
        return self.value


def run(work: Callable[[], T]) -> T:
    print("run")
    return work()


def noop() -> None:
    print("noop")


async def tick() -> None:
    print("tick")


class Door:
    def __init__(self) -> None:
        self.opened: int = 0

    @property
    def state(self) -> None:
        self.opened += 1


def main() -> None:
    box: Box[None] = Box(None)
    print(box.take())
    print(box.taken)
    print(f"{box.take()}")
    gone: dict[str, None] = {"a": None, "b": None}
    print(gone.pop("a"))
    print(len(gone))
    items: list[None] = [None, None]
    print(items.pop(), len(items))
    text = str(items.pop())
    print(text, len(items))
    print(run(noop))
    door = Door()
    print(door.state)
    print(door.opened)
    try:
        print(gone["zzz"])
    except KeyError:
        print("KeyError")
    print(items == [], box.take() is None)
