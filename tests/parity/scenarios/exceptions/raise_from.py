"""raise ... from keeps the cause."""

from __future__ import annotations


class Outer(Exception):
    pass


def load(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise Outer(f"cannot load {text!r}") from error


def main() -> None:
    print(load("5"))
    try:
        load("x")
    except Outer as error:
        cause = error.__cause__
        print(error, isinstance(cause, ValueError), cause is None)
    try:
        raise Outer("plain") from None
    except Outer as error:
        print(error, error.__cause__ is None)
