"""Re-raise, raise from, nested handlers."""

from __future__ import annotations

def low() -> None:
    raise KeyError("low")


def middle() -> None:
    try:
        low()
    except KeyError as error:
        raise RuntimeError("middle") from error


def again() -> None:
    try:
        low()
    except LookupError:
        print("seen")
        raise


def main() -> None:
    try:
        middle()
    except RuntimeError as error:
        print(error, repr(error.__cause__))
    try:
        again()
    except KeyError as error:
        print("again", error)
    try:
        try:
            raise ValueError("inner")
        except ValueError as first:
            try:
                raise TypeError("second")
            except TypeError as second:
                print(first, second)
            raise
    except ValueError as error:
        print("outer", error)
    for kind in [ValueError, TypeError, OSError, TimeoutError, NotImplementedError]:
        try:
            raise kind("k")
        except (TimeoutError, TypeError) as error:
            print("first", error, isinstance(error, OSError))
        except (OSError, RuntimeError) as error:
            print("second", error)
        except Exception as error:
            print("third", error)
