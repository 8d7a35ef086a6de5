"""Classes handed over where functions are taken: in variables, parameters, attributes, containers, to map and the like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class P:
    x: int
    y: int = 7


class Q:
    def __init__(self, x: int) -> None:
        self.x: int = x


class Boom(Exception):
    def __init__(self, text: str) -> None:
        super().__init__(text)


class Work:
    def __init__(self, error: Callable[[str], Exception]) -> None:
        self.error: Callable[[str], Exception] = error

    def fail(self) -> None:
        raise self.error("x")


def build(make: Callable[[int], P], n: int) -> P:
    return make(n)


def other(make: Callable[[int], Q] = Q) -> int:
    return make(4).x


def made(make: Callable[[int], T]) -> T:
    return make(5)


def chosen(first: bool) -> Callable[[int, int], P]:
    return P if first else lambda x, y: P(y, x)


def fails(work: Work) -> None:
    try:
        work.fail()
    except Boom as error:
        print("boom", error)
    except ValueError as error:
        print("value", error)


def main() -> None:
    local: Callable[[int], P] = P
    print(local(3), build(P, 3), build(lambda n: P(n), 2), other(Q), other(make=Q), other())
    print(made(P), made(Q).x, chosen(True)(1, 2), chosen(False)(1, 2))
    fails(Work(Boom))
    fails(Work(ValueError))
    makers: dict[str, Callable[[int], P]] = {"p": P, "q": lambda n: P(n, n)}
    print([make(1) for make in makers.values()], list(map(P, [1, 2], [3, 4])), list(map(P, [5])))
    listed: list[Callable[[int], Q]] = [Q, Q]
    listed.append(Q)
    print([make(2).x for make in listed])
    maybe: Callable[[int], P] | None = P
    print(maybe(8))
    kinds = [Q, Q]
    print([kind(9).x for kind in kinds])
    same = P
    print(same(6), same is P)
