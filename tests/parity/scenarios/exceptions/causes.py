"""The cause of an error: given, taken away again, chained, given as a class, and the same error raised twice."""

from __future__ import annotations


class Outer(Exception):
    pass


class Inner(ValueError):
    def __init__(self, text: str = "made anew") -> None:
        super().__init__(text)


def chain(error: BaseException | None) -> str:
    found: list[str] = []
    while error is not None:
        found.append(f"{type(error).__name__}:{error}")
        error = error.__cause__
    return " <- ".join(found)


def given(cause: Exception | None) -> str:
    try:
        raise Outer("given") from cause
    except Outer as error:
        return chain(error)


def as_a_class() -> str:
    try:
        raise Outer from Inner
    except Outer as error:
        return chain(error)


def taken_away() -> str:
    kept = Outer("kept")
    try:
        raise kept from Inner("first")
    except Outer:
        before = chain(kept)
    try:
        raise kept
    except Outer:
        again = chain(kept)
    try:
        raise kept from None
    except Outer:
        return f"{before} | {again} | {chain(kept)}"


def three() -> str:
    try:
        try:
            try:
                raise KeyError("deep")
            except KeyError as error:
                raise Inner("middle") from error
        except Inner as error:
            raise Outer("top") from error
    except Outer as error:
        return chain(error)


def from_a_call() -> str:
    def make(name: str) -> Exception:
        print("make", name)
        return Outer(name)

    try:
        raise make("error") from make("cause")
    except Outer as error:
        return chain(error)


def in_finally() -> str:
    try:
        try:
            raise Outer("first") from Inner("cause")
        finally:
            print("finally")
    except Outer as error:
        return chain(error)


def main() -> None:
    print(given(None), given(Inner()), given(KeyError("k")))
    print(taken_away())
    print(three())
    print(from_a_call())
    print(in_finally())
    print(as_a_class())
