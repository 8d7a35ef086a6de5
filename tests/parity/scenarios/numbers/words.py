"""Words of 32 bits, as hashes use them: masked where they are assigned, then shifted, turned and mixed."""

from __future__ import annotations

WORD = 0xFFFFFFFF


def turned(word: int, high: int) -> int:
    x = word & WORD
    y: int = high & WORD
    return (x >> 7 | x << 25 & WORD) ^ (y >> 18 | y << 14 & WORD) ^ x >> 3 ^ y >> 31 ^ y << 31 & WORD


def mixed(start: int, rounds: int) -> list[int]:
    a = start & WORD
    b = a ^ WORD
    c = 0x9E3779B9
    for number in range(rounds):
        step = a + b + c + number
        c = b
        b = a ^ b & c
        a = step + (a << 5 & WORD) + (a >> 27) & WORD
    return [a, b, c, a | b, b & c, a ^ c]


def grown(start: int) -> int:
    """Not a word everywhere: it grows out of 32 bits."""
    a = start & WORD
    for _ in range(4):
        a = a * 17
    b = start & WORD
    b += 5
    return (a ^ b) + (a & b) + (a >> 3) + (b >> 3)


def main() -> None:
    words = [0, 1, 127, 2**31 - 1, 2**31, 2**31 + 1, 2**32 - 1, 2**32, 2**40 + 12345, 2**53 - 1, -1, -2, -(2**31), -(2**40)]
    for word in words:
        print(word, [turned(word, other) for other in words])
        print(mixed(word, 1), mixed(word, 40))
        print(word << 7 & WORD, word << 31 & WORD, word << 0 & WORD, word << 21 & 0x7FFFFFFF, (word & WORD) >> 31)
        print(grown(word))
