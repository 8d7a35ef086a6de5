"""An error that is kept can be raised later."""

from __future__ import annotations


def main() -> None:
    kept: list[Exception] = []
    for text in ("1", "x", "y"):
        try:
            int(text)
        except ValueError as error:
            kept.append(error)
    print(len(kept), [isinstance(error, ValueError) for error in kept])
    try:
        raise kept[1]
    except ValueError as error:
        print(error is kept[1], error is kept[0])
