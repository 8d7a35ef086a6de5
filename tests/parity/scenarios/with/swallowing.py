"""`__exit__` that returns True ends the error; False and None let it go on."""

from __future__ import annotations


class Ignore:
    def __init__(self, answer: bool | None) -> None:
        self.answer: bool | None = answer

    def __enter__(self) -> Ignore:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> bool | None:
        print("exit", isinstance(error, ValueError), self.answer)
        return self.answer


def attempt(answer: bool | None, fails: bool) -> str:
    with Ignore(answer):
        if fails:
            raise ValueError("no")
        return "returned"
    return "after"


def assigned() -> int:
    value = 1
    with Ignore(True):
        value = 2
        raise KeyError("k")
        value = 3
    return value


def in_a_loop() -> list[int]:
    kept: list[int] = []
    for item in [3, 0, 2]:
        with Ignore(True):
            kept.append(6 // item)
    return kept


def main() -> None:
    answers: list[bool | None] = [True, False, None]
    for answer in answers:
        for fails in (True, False):
            try:
                print(attempt(answer, fails))
            except ValueError as error:
                print("raised", error)
    print(assigned())
    print(in_a_loop())
