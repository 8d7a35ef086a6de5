"""Puzzles of the sign-in service, by a SHA-256 (FIPS 180-4) of our own: each digest of WebCrypto is a promise.

The words are in typed arrays, read by functions of this file alone, and `x & WORD` says to the compiler and to the
browser that x has 32 bits: that is ten times as fast as lists are in a script that reads many kinds of them.
"""

from __future__ import annotations

from widget.browser import js
from widget.wire.codec import U32, Reader

WORD = 0xFFFFFFFF
MESSAGE_BITS = 320  # 32 bytes of puzzle and 8 of answer: with their end they fill one block
END = 0x80000000
ROOTS: js.Value = js.new(js.window.Uint32Array, 128)  # reckoned for the first puzzle: few readers ever meet one


def search(puzzle: bytes, start: int, count: int, bits: int) -> int:
    """The port `Search`."""
    if ROOTS[0] == 0:
        ROOTS.set(js.array([_fraction(prime, is_cube) for is_cube in [False, True] for prime in primes()]))
    reader = Reader(puzzle)
    w = js.new(js.window.Uint32Array, 64)
    for i in range(8):
        w[i] = reader.u32()
    w[10] = END
    w[15] = MESSAGE_BITS
    bound = 2 ** (32 - bits)
    for number in range(start, start + count):
        w[9] = number
        if first_word(w) < bound:
            return number
    return -1


def root_at(place: int) -> int:
    """Of the 64 square roots and the 64 cube roots."""
    word: int = ROOTS[place]
    return word


def first_word(w: js.Value) -> int:
    """The first 32 bits of the SHA-256 whose one block is the first 16 of these 64 words; the others are reckoned."""
    for i in range(16, 64):
        near: int = w[i - 2]
        late: int = w[i - 7]
        early: int = w[i - 15]
        last: int = w[i - 16]
        x = early & WORD
        y = near & WORD
        s = x >> 7 ^ x << 25 & WORD ^ x >> 18 ^ x << 14 & WORD ^ x >> 3
        t = y >> 17 ^ y << 15 & WORD ^ y >> 19 ^ y << 13 & WORD ^ y >> 10
        w[i] = last + s + late + t & WORD
    a = root_at(0) & WORD
    b = root_at(1) & WORD
    c = root_at(2) & WORD
    d = root_at(3) & WORD
    e = root_at(4) & WORD
    f = root_at(5) & WORD
    g = root_at(6) & WORD
    h = root_at(7) & WORD
    for j in range(64):
        word: int = w[j]
        s = e >> 6 ^ e << 26 & WORD ^ e >> 11 ^ e << 21 & WORD ^ e >> 25 ^ e << 7 & WORD
        step = h + s + (g ^ e & (f ^ g)) + root_at(j + 64) + word
        t = a >> 2 ^ a << 30 & WORD ^ a >> 13 ^ a << 19 & WORD ^ a >> 22 ^ a << 10 & WORD
        h = g
        g = f
        f = e
        e = d + step & WORD
        d = c
        c = b
        b = a
        a = step + t + (b & c ^ d & (b ^ c)) & WORD
    return a + root_at(0) & WORD


def primes() -> list[int]:
    """The first 64."""
    return [number for number in range(2, 312) if all(number % max(less, 2) > 0 for less in range(2, number))]


def _fraction(number: int, is_cube: bool) -> int:
    """The first 32 bits after the point of the cube root or the square root."""
    root, step = 0.0, 16.0
    for _ in range(48):
        step = step / 2
        more = root + step
        if more * more * (more if is_cube else 1.0) <= number:
            root = more
    return int(root * U32) & WORD
