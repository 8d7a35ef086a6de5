"""A literal number equals a bool; True and False are asked for by identity."""

from __future__ import annotations


def of_object(value: object) -> str:
    match value:
        case True:
            return "True itself"
        case 1:
            return "one"
        case 0:
            return "zero"
        case 2:
            return "two"
        case None:
            return "None"
    return "other"


def numbers_first(value: object) -> str:
    match value:
        case 1.0:
            return "one"
        case -0.0:
            return "zero"
        case True | False:
            return "never"
    return "other"


def of_union(value: bool | int) -> str:
    match value:
        case 0:
            return "zero"
        case False:
            return "never"
        case True:
            return "true"
        case 1:
            return "one"
        case int(n) if n > 4:
            return f"big {n}"
        case int():
            return "int"


def classes(value: bool | int | str) -> str:
    match value:
        case bool():
            return "bool"
        case int(n):
            return f"int {n + 1}"
        case str(s):
            return s


def int_first(value: bool | str) -> str:
    match value:
        case int():
            return "a bool is an int"
        case text:
            return text


def main() -> None:
    values: list[object] = [True, False, 1, 0, 2, 1.0, 0.0, None, "1", [1], 7]
    print([of_object(value) for value in values])
    print([numbers_first(value) for value in values])
    print([of_union(value) for value in (True, False, 1, 0, 2, 5)])
    print([classes(value) for value in (True, 1, "s")])
    print([int_first(value) for value in (True, "s")])
