"""What JavaScript takes for false is not None."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


class Loud(Protocol):
    def upper(self) -> str: ...


class Counted(Protocol):
    def bit_length(self) -> int: ...


class Walker(Protocol):
    def walk(self) -> str: ...


@dataclass(frozen=True)
class Dog:
    name: str

    def walk(self) -> str:
        return self.name + " walks"

    def upper(self) -> str:
        return self.name + " barks"


def text(value: str | None) -> str:
    if value is None:
        return "none"
    return "text" + value


def number(value: int | None, other: float | None) -> str:
    first = "none" if value is None else "number"
    while other is not None and first != "":
        return first + " number"
    return first + " none"


def flag(value: bool | None) -> str:
    return "none" if not value is not None else "flag"


def either(value: list[int] | str | None) -> bool:
    if not (value is None):
        return True
    return False


def loud(value: Loud | None, counted: Counted | None) -> str:
    if value is None or counted is None:
        return "somebody is none"
    return "nobody is none"


def some(value: Sequence[str] | None, others: Iterable[str] | None) -> str:
    if value is None and others is None:
        return "none"
    if value is not None:
        return "a sequence"
    return "an iterable"


def things(items: list[int] | None, names: dict[str, int] | None, seen: set[int] | None, data: bytes | None) -> str:
    found = ""
    if items is not None:
        found += "list "
    if names is not None:
        found += "dict "
    if seen is not None:
        found += "set "
    if data is not None:
        found += "bytes "
    return found


def pair(both: tuple[int, ...] | None, run: Callable[[], int] | None, kind: type[Dog] | None) -> str:
    return ("tuple " if both is not None else "") + ("call " if run is not None else "") + ("class" if kind is not None else "")


def walked(walker: Walker | None, dog: Dog | None) -> str:
    if walker is not None and dog is not None:
        return walker.walk() + dog.name
    if walker is None and not (dog is None):
        return dog.walk()
    return "nobody walks" if walker is None else walker.walk()


def nothing(value: list[int] | None, wanted: bool) -> bool:
    return value is not None and wanted


def main() -> None:
    print(text(None), text(""), text("x"))
    print(number(None, None), number(0, 0.0), number(0, float("nan")), number(1, -0.0), number(-0, None))
    print(flag(None), flag(False), flag(True))
    print(either(None), either(""), either([]), either("a"), either([0]))
    print(loud("", 0), loud("a", 0), loud("", None), loud(None, 0), loud(Dog("rex"), 5))
    print(some([], None), some(None, ()), some(None, None), some((), []), some(["a"], ["b"]))
    print(things([], {}, set(), b""), things(None, None, None, None), things([0], {"": 0}, {0}, b"\0"))
    print(pair((), lambda: 0, Dog), pair(None, None, None) + "-")
    print(walked(None, None), walked(Dog("a"), None), walked(None, Dog("b")), walked(Dog("c"), Dog("d")))
    print(nothing(None, True), nothing([], True), nothing([], False), nothing(None, False))
    held: list[int] | None = None
    same = held is None
    other = held is not None
    print(same, other, not same, [held is None], {"is": held is not None}, f"{held is None}")
