"""Puzzles of the sign-in service, by a SHA-256 (FIPS 180-4) of our own: each digest of WebCrypto is a promise."""

from __future__ import annotations

from widget.wire.codec import U32, Reader

WORD = 0xFFFFFFFF
MESSAGE_BITS = 320  # 32 bytes of puzzle and 8 of answer: with their end they fill one block
END = 0x80000000


def search(puzzle: bytes, start: int, count: int, bits: int) -> int:
    """The port `Search`."""
    reader = Reader(puzzle)
    head = [*[reader.u32() for _ in range(8)], 0]
    bound = 2 ** (32 - bits)
    for number in range(start, start + count):
        if first_word([*head, number, END, 0, 0, 0, 0, MESSAGE_BITS]) < bound:
            return number
    return -1


def first_word(w: list[int]) -> int:
    """The first 32 bits of the SHA-256 whose one block is these 16 words, to which the others are added."""
    for i in range(48):
        x = w[i + 1] & WORD
        y = w[i + 14] & WORD
        s = x >> 7 ^ x << 25 & WORD ^ x >> 18 ^ x << 14 & WORD ^ x >> 3
        t = y >> 17 ^ y << 15 & WORD ^ y >> 19 ^ y << 13 & WORD ^ y >> 10
        w.append(w[i] + s + w[i + 9] + t & WORD)
    a = ROOTS[0] & WORD
    b = ROOTS[1] & WORD
    c = ROOTS[2] & WORD
    d = ROOTS[3] & WORD
    e = ROOTS[4] & WORD
    f = ROOTS[5] & WORD
    g = ROOTS[6] & WORD
    h = ROOTS[7] & WORD
    for j in range(64):
        s = e >> 6 ^ e << 26 & WORD ^ e >> 11 ^ e << 21 & WORD ^ e >> 25 ^ e << 7 & WORD
        step = h + s + (g ^ e & (f ^ g)) + ROOTS[j + 64] + w[j]
        t = a >> 2 ^ a << 30 & WORD ^ a >> 13 ^ a << 19 & WORD ^ a >> 22 ^ a << 10 & WORD
        h = g
        g = f
        f = e
        e = d + step & WORD
        d = c
        c = b
        b = a
        a = step + t + (b & c ^ d & (b ^ c)) & WORD
    return a + ROOTS[0] & WORD


def _fraction(number: int, is_cube: bool) -> int:
    """The first 32 bits after the point of the cube root or the square root."""
    root, step = 0.0, 16.0
    for _ in range(48):
        step = step / 2
        more = root + step
        if more * more * (more if is_cube else 1.0) <= number:
            root = more
    return int(root * U32) & WORD


PRIMES: list[int] = [number for number in range(2, 312) if all(number % max(less, 2) > 0 for less in range(2, number))]
# Square roots, then from 64 on cube roots.
ROOTS: list[int] = [_fraction(prime, is_cube) for is_cube in [False, True] for prime in PRIMES]
