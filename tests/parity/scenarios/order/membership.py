"""`in` looks at the left side first, also where JavaScript asks the container for it."""

from __future__ import annotations


def said(text: str, value: int) -> int:
    print(text)
    return value


def shown(text: str, values: list[int]) -> list[int]:
    print(text)
    return values


def main() -> None:
    rows = {1: [1, 2], 2: [3]}
    counts = {1: {"a": 1}}
    try:
        print([5].index(6) in rows[9])
    except ValueError:
        print("the left side")
    except KeyError:
        print("the right side")
    try:
        print([1][3] not in rows[9])
    except IndexError:
        print("the left side")
    except KeyError:
        print("the right side")
    try:
        print("abc"[9] in counts[4])
    except IndexError:
        print("the left side")
    except KeyError:
        print("the right side")
    print(said("left", 2) in shown("right", [1, 2]))
    print(said("left", 2) not in set(shown("right", [1, 2])))
    print(rows[2][0] in rows[2], rows[1][0] in rows[2], str(said("x", 1)) in "123" + str(said("y", 2)))
