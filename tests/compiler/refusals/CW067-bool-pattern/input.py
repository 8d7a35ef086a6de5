from __future__ import annotations


class Known:
    ONE: int = 1
    YES: bool = True


def f(flag: bool, number: int, value: object) -> None:
    match flag:
        case Known.ONE:
            pass
    match number:
        case Known.YES:
            pass
    match value:
        case Known.ONE:
            pass
