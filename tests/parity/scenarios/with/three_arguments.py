"""The three arguments of `__exit__`: all None without an error."""

from __future__ import annotations

from types import TracebackType


class Own(ValueError):
    pass


class Watch:
    def __enter__(self) -> Watch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        print(kind is None, error is None, trace is None)
        if kind is not None and error is not None:
            print(kind.__name__, str(error), kind is ValueError, isinstance(error, ValueError))
        return kind is Own


class Second:
    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: object, _trace: object) -> None:
        print("second", error is None, isinstance(error, LookupError))


class First:
    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, _error: object, _trace: object) -> None:
        print("first", kind is None, kind is KeyError)


def attempt(error: Exception | None) -> None:
    try:
        with Watch(), Second(), First():
            if error is not None:
                raise error
        print("ended")
    except Exception as caught:
        print("caught", caught is error)


def main() -> None:
    attempt(None)
    attempt(ValueError("v"))
    attempt(Own("o"))
    attempt(KeyError("k"))
    attempt(IndexError(""))
