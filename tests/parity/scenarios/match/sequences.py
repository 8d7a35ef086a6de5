"""Sequence patterns: fixed shapes, one star anywhere, nested; strings and bytes are none."""

from __future__ import annotations


def shape(items: list[int]) -> str:
    match items:
        case []:
            return "empty"
        case [0, *_]:
            return "from zero"
        case [only]:
            return f"one {only}"
        case [first, second]:
            return f"two {first} {second}"
        case [1, *middle, 1]:
            return f"between ones {middle}"
        case [first, *rest] if first == len(rest):
            return f"counted {rest}"
        case [*front, 9]:
            return f"to nine {front}"
        case [first, _, *_, last]:
            return f"{first} .. {last}"
        case _:
            return "never"


def nested(rows: list[list[str]]) -> str:
    match rows:
        case [[a], [b]]:
            return a + b
        case [[], *_]:
            return "first empty"
        case [[first, *_], *others]:
            return f"{first} and {len(others)}"
        case _:
            return "none"


def of_tuple(pair: tuple[int, str]) -> str:
    match pair:
        case (0, text):
            return text
        case (1 | 2, "a" | "b"):
            return "small"
        case (number, _):
            return str(number)


def any_length(items: tuple[int, ...]) -> list[int]:
    match items:
        case (first, *rest):
            return [*rest, first]
        case ():
            return [-1]
        case _:
            return [-2]


def of_object(value: object) -> str:
    match value:
        case [_, _]:
            return "two items"
        case [*_]:
            return "a sequence"
        case _:
            return "no sequence"


def no_parentheses(a: int, b: str) -> str:
    match a, b:
        case 1, "x":
            return "1x"
        case 1, other:
            return other
        case more, "x":
            return str(more)
        case both:
            return str(both)


def star_is_a_list(items: tuple[int, int, int]) -> str:
    match items:
        case first, *rest:
            return f"{first} {rest}"


def main() -> None:
    for items in ([], [0], [0, 5], [4], [4, 5], [1, 2, 3, 1], [2, 6, 7], [5, 5, 9], [8, 7, 6]):
        print(items, shape(items))
    print(nested([["a"], ["b"]]), nested([[], ["x"]]), nested([["p", "q"], [], []]), nested([]))
    print(of_tuple((0, "t")), of_tuple((2, "b")), of_tuple((2, "c")))
    print(any_length((1, 2, 3)), any_length(()), any_length((7,)))
    objects: list[object] = ["ab", b"ab", [1, 2], [3, 4], [], {"a": 1, "b": 2}, {1, 2}, None, range(2)]
    print([of_object(value) for value in objects])
    print(no_parentheses(1, "x"), no_parentheses(1, "y"), no_parentheses(2, "x"), no_parentheses(2, "y"))
    print(star_is_a_list((1, 2, 3)))
