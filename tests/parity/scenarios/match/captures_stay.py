"""Captured names are variables of the function: they stay bound, even when the guard says no."""

from __future__ import annotations


def after(value: int) -> int:
    match value:
        case 0:
            seen = 100
        case seen:
            pass
    return seen


def guard_failed(value: int) -> tuple[int, str]:
    name = -1
    match value:
        case name if name > 10:
            return name, "big"
        case 3:
            return name, "three"
        case _:
            return name, "other"


def pattern_failed(pair: tuple[int, int]) -> tuple[int, int]:
    x = y = 0
    match pair:
        case (x, 1):
            pass
        case (1, y):
            pass
        case _:
            x, y = -1, -1
    return x, y


def changed_inside(value: int) -> int:
    match value:
        case number if number > 5:
            number -= 5
        case number:
            number += 5
    return number


def of_the_subject(x: list[int]) -> str:
    match x:
        case [first, *x]:
            return f"{first} {x}"
        case _:
            return f"{x}"


def in_a_loop(values: list[int]) -> list[int]:
    found: list[int] = []
    last = 0
    for value in values:
        match value:
            case 0:
                continue
            case 9:
                break
            case last:
                found.append(last)
    found.append(last)
    return found


def swapped(a: int, b: int) -> tuple[int, int]:
    match (a, b):
        case (b, a):
            return a, b


def main() -> None:
    print(after(0), after(5))
    print([guard_failed(value) for value in (11, 3, 4)])
    print([pattern_failed(pair) for pair in ((5, 1), (1, 7), (2, 2))])
    print(changed_inside(9), changed_inside(2))
    print(of_the_subject([1, 2, 3]), of_the_subject([]))
    print(in_a_loop([1, 0, 4, 9, 7]))
    print(swapped(1, 2))
