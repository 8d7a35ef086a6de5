"""An attribute of our own called `cause` is not the error that caused it."""

from __future__ import annotations


class Broken(Exception):
    def __init__(self, message: str, cause: str) -> None:
        super().__init__(message)
        self.cause: str = cause


def main() -> None:
    try:
        try:
            raise ValueError("deep")
        except ValueError as error:
            raise Broken("high", "wet") from error
    except Broken as error:
        print(error, error.cause, error.__cause__)
    try:
        raise Broken("alone", "dry")
    except Broken as error:
        print(error, error.cause, error.__cause__ is None)
    found: list[int] = [1]
    found.extend([len(found), found[0]])
    found += [len(found)]
    found.extend((7, 8))
    found += (9,)
    print(found, "".split(",")[0] == "", "a?b".split("?")[0], bytes(len(found)), bytes([255, 0]))
