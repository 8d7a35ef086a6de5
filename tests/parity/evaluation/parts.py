"""What a part of an expression may be: it prints, fails, reads what others change, or changes what others read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace


class Box:
    def __init__(self) -> None:
        self.I = 1
        self.S = "b"
        self.L = [0, 1]
        self.W = ["b", "a"]
        self.G = {0, 1}
        self.D = {"a": 1}
        self.Y = b"b"

    def grow(self) -> int:
        self.L.append(5)
        self.G.add(5)
        self.D["c"] = 5
        return 1

    def reset(self) -> None:
        fresh = Box()
        self.I, self.S, self.L, self.W = fresh.I, fresh.S, fresh.L, fresh.W
        self.G, self.D, self.Y = fresh.G, fresh.D, fresh.Y


box = Box()
named_I: dict[str, int] = {}
numbered_I: list[int] = []
named_S: dict[str, str] = {}
numbered_S: list[str] = []
named_L: dict[str, list[int]] = {}
numbered_L: list[list[int]] = []
named_W: dict[str, list[str]] = {}
numbered_W: list[list[str]] = []
named_G: dict[str, set[int]] = {}
numbered_G: list[set[int]] = []
named_D: dict[str, dict[str, int]] = {}
numbered_D: list[dict[str, int]] = []
named_Y: dict[str, bytes] = {}
numbered_Y: list[bytes] = []
named_X = {0: 0, 2: 2}
numbered_X = [0, 1]


def call_I(at: str) -> int:
    print("part", at)
    return int(at) % 2


def call_S(at: str) -> str:
    print("part", at)
    return "a" if at == "1" else "b"


def call_L(at: str) -> list[int]:
    print("part", at)
    return [0, 1, 2]


def call_W(at: str) -> list[str]:
    print("part", at)
    return ["a", "b"]


def call_G(at: str) -> set[int]:
    print("part", at)
    return {0, 1}


def call_D(at: str) -> dict[str, int]:
    print("part", at)
    return {"a": 1}


def call_Y(at: str) -> bytes:
    print("part", at)
    return b"a"


def call_X(at: str, x: int) -> int:
    print("part", at, x)
    return x


async def wait_I(at: str) -> int:
    return call_I(at)


async def wait_S(at: str) -> str:
    return call_S(at)


async def wait_L(at: str) -> list[int]:
    return call_L(at)


async def wait_W(at: str) -> list[str]:
    return call_W(at)


async def wait_G(at: str) -> set[int]:
    return call_G(at)


async def wait_D(at: str) -> dict[str, int]:
    return call_D(at)


async def wait_Y(at: str) -> bytes:
    return call_Y(at)


def walk(at: str) -> Iterator[int]:
    for x in range(3):
        print("step", at, x)
        yield x


def change_I() -> int:
    box.I += 1
    return 1


def change_S() -> str:
    box.S += "a"
    return "a"


def change_L() -> list[int]:
    box.L = [*box.L, 0]
    return [0, 1, 2]


def change_W() -> list[str]:
    box.W = [*box.W, "c"]
    return ["a", "b"]


def change_G() -> set[int]:
    box.G = box.G | {2}
    return {0, 1}


def change_D() -> dict[str, int]:
    box.D = {"b": 2}
    return {"a": 1}


def change_Y() -> bytes:
    box.Y += b"a"
    return b"a"


@dataclass
class Row:
    first: int
    second: int
    last: int

    def step(self) -> int:
        self.first += 1
        return self.first

    def twin(self) -> Row:
        return replace(self)


row = Row(1, 2, 3)
growing = [0]


def longer() -> int:
    growing.append(len(growing))
    return 1


def get() -> int:
    """It has the name of a method that changes nothing, and does change something."""
    print("get")
    return change_I()


def take(first: int, second: int = 0, third: int = 0) -> str:
    return f"{first} {second} {third}"


class Pair:
    def __init__(self, first: int, second: int = 0) -> None:
        self.first = first
        self.second = second

    def both(self, more: int, less: int) -> str:
        return f"{self.first} {self.second} {more} {less}"
