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
NUMBER = 9  # its word of the block: the rounds before it are the same for all numbers of a puzzle
AFTER = 71  # behind the words: the last round reckons one that nobody wants
ROOTS: js.Value = js.new(js.window.Uint32Array, 128)  # reckoned for the first puzzle: few readers ever meet one


def search(puzzle: bytes, start: int, count: int, bits: int) -> int:
    """The port `Search`."""
    if ROOTS[0] == 0:
        ROOTS.set(js.array([_fraction(prime, is_cube) for is_cube in [False, True] for prime in primes()]))
    reader = Reader(puzzle)
    w = js.new(js.window.Uint32Array, AFTER + 8)
    for i in range(8):
        w[i] = reader.u32()
    w[10] = END
    w[15] = MESSAGE_BITS
    rounds(w, ROOTS, 0, NUMBER)
    begun = w.slice(AFTER)
    bound = 2 ** (32 - bits)
    for number in range(start, start + count):
        w[NUMBER] = number
        if rounds(w, begun, NUMBER, 64) < bound:
            return number
    return -1


def at(words: js.Value, place: int) -> int:
    word: int = words[place]
    return word


def rounds(w: js.Value, begun: js.Value, start: int, end: int) -> int:
    """Of SHA-256, from the state `begun`: the state after them is left at AFTER, and its first word, of which the
    digest has the sum with the first root, returned. The block is the first 16 of `w`; a word is reckoned seven
    rounds before it is wanted, so that a processor does both at once. The loops are two, for a branch in the one
    that every number goes through costs a tenth of it.
    """
    a = at(begun, 0) & WORD
    b = at(begun, 1) & WORD
    c = at(begun, 2) & WORD
    d = at(begun, 3) & WORD
    e = at(begun, 4) & WORD
    f = at(begun, 5) & WORD
    g = at(begun, 6) & WORD
    h = at(begun, 7) & WORD
    for i in range(start, NUMBER):
        word = at(w, i) & WORD
        s = (e >> 6 | e << 26 & WORD) ^ (e >> 11 | e << 21 & WORD) ^ (e >> 25 | e << 7 & WORD)
        step = h + s + (g ^ e & (f ^ g)) + at(ROOTS, i + 64) + word
        t = (a >> 2 | a << 30 & WORD) ^ (a >> 13 | a << 19 & WORD) ^ (a >> 22 | a << 10 & WORD)
        h = g
        g = f
        f = e
        e = d + step & WORD
        d = c
        c = b
        b = a
        a = step + t + (b & c ^ d & (b ^ c)) & WORD
    for j in range(NUMBER, end):
        word = at(w, j) & WORD
        x = at(w, j - 8) & WORD
        y = at(w, j + 5) & WORD
        s = (x >> 7 | x << 25 & WORD) ^ (x >> 18 | x << 14 & WORD) ^ x >> 3
        t = (y >> 17 | y << 15 & WORD) ^ (y >> 19 | y << 13 & WORD) ^ y >> 10
        w[j + 7] = at(w, j - 9) + s + word + t & WORD
        s = (e >> 6 | e << 26 & WORD) ^ (e >> 11 | e << 21 & WORD) ^ (e >> 25 | e << 7 & WORD)
        step = h + s + (g ^ e & (f ^ g)) + at(ROOTS, j + 64) + word
        t = (a >> 2 | a << 30 & WORD) ^ (a >> 13 | a << 19 & WORD) ^ (a >> 22 | a << 10 & WORD)
        h = g
        g = f
        f = e
        e = d + step & WORD
        d = c
        c = b
        b = a
        a = step + t + (b & c ^ d & (b ^ c)) & WORD
    w[AFTER] = a
    w[AFTER + 1] = b
    w[AFTER + 2] = c
    w[AFTER + 3] = d
    w[AFTER + 4] = e
    w[AFTER + 5] = f
    w[AFTER + 6] = g
    w[AFTER + 7] = h
    return a + at(ROOTS, 0) & WORD


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
