"""What a loop unpacks is counted, at any depth, and a star stands anywhere."""

from __future__ import annotations


def counted(rows: list[list[int]]) -> None:
    try:
        for first, second in rows:
            print(first, second)
    except ValueError:
        print("another count")
    try:
        for number, (first, second) in enumerate(rows):
            print(number, first, second)
    except ValueError:
        print("another count, below")


def main() -> None:
    counted([[1, 2], [3, 4]])
    counted([[1, 2], [3, 4, 5]])
    counted([[1]])
    for *others, last in [(1, 2, 3), (4, 5, 6)]:
        print(others, last)
    for first, *others, last in [[1, 2, 3, 4], [4, 5]]:
        print(first, others, last)
    for number, (*some, end) in enumerate([[1, 2], [3]]):
        print(number, some, end)
    try:
        for one, two, *rest in ["ab😀", "a"]:
            print(one, two, rest)
    except ValueError:
        print("too few")
    (left, *right), middle = [1, 2], 3
    print(left, right, middle)
    for (left, *right), [middle] in [([1, 2, 3], [4]), ([5], [6])]:
        print(left, right, middle)
    try:
        [left, middle], last = [7, 8, 9], 10
        print(left, middle, last)
    except ValueError:
        print("too many")
    for one, two in ["xy", "😀z"]:
        print(one, two)
    for key, value in [{"a": 1, "b": 2}]:
        print(key, value)
