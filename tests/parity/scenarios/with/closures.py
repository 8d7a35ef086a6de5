"""Names bound by `with` are those of the function: closures and later statements see them."""

from __future__ import annotations

from collections.abc import Callable


class Value:
    def __init__(self, number: int) -> None:
        self.number: int = number

    def __enter__(self) -> int:
        return self.number

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.number = 0


def kept() -> list[Callable[[], int]]:
    found: list[Callable[[], int]] = []
    for index in range(3):
        with Value(index * 10) as number:
            found.append(lambda: number + 1)
    return found


def later() -> Callable[[], int]:
    with Value(4) as number:

        def read() -> int:
            return number

    return read


def changed() -> int:
    with Value(1) as number:
        number += 5
    number += 10
    return number


def before() -> int:
    number = 7
    with Value(number) as number:
        inside = number * 2
    return inside + number


def in_branches(flag: bool) -> int:
    if flag:
        with Value(1) as number:
            pass
    else:
        with Value(2) as number:
            pass
    return number


def main() -> None:
    print([read() for read in kept()])
    print(later()(), changed(), before(), in_branches(True), in_branches(False))
