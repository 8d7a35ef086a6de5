from __future__ import annotations


def ask(number: int, data: bytes) -> None:
    try:
        print(number, number in data)
    except ValueError as error:
        print(number, type(error).__name__)


def main() -> None:
    for number in (0, 97, 98, 255, 256, -1, -3):
        ask(number, b"ab\x00\xff")
    print(97 in b"abc", b"bc" in b"abc", 10 in b"abc")
