from __future__ import annotations

WORD = 0xFFFFFFFF


def f(w: list[int], n: int) -> int:
    a = w[0] & WORD
    b = a ^ WORD
    c = n & WORD
    for i in range(n):
        s = a >> 6 | a << 26 & WORD
        b = c
        c = a & b ^ s
        a = c + w[i] & WORD
        n = a
    return b >> 3 ^ n
