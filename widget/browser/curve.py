"""Whether a point lies on the curve P-256 (SP 800-186, 3.2.1.3): WebKitGTK derives bits with one that does not.

Numbers are lists of sixteen limbs of 16 bits, the lowest first; a seventeenth is what overflows.
"""

from __future__ import annotations

BASE = 65536
LIMBS = 16
COORDINATE_BYTES = 32

PRIME: list[int] = [65535, 65535, 65535, 65535, 65535, 65535, 0, 0, 0, 0, 0, 0, 1, 0, 65535, 65535]
MINUS_THREE: list[int] = [65532, 65535, 65535, 65535, 65535, 65535, 0, 0, 0, 0, 0, 0, 1, 0, 65535, 65535]
B: list[int] = [
    0x604B, 0x27D2, 0x3C3E, 0x3BCE, 0xB0F6, 0xCC53, 0x06B0, 0x651D,
    0x86BC, 0x7698, 0xBD55, 0xB3EB, 0x93E7, 0xAA3A, 0x35D8, 0x5AC6,
]  # fmt: skip


def on_curve(point: bytes) -> bool:
    """`point` is uncompressed: 4, x, y. y*y = x*x*x - 3*x + b."""
    x = _limbs(point[1 : 1 + COORDINATE_BYTES])
    y = _limbs(point[1 + COORDINATE_BYTES :])
    if not _below_prime(x) or not _below_prime(y):
        return False
    right = _sum(_product(_sum(_product(x, x), MINUS_THREE), x), B)
    return _product(y, y) == right


def _limbs(raw: bytes) -> list[int]:
    return [raw[30 - 2 * index] * 256 + raw[31 - 2 * index] for index in range(LIMBS)]


def _below_prime(number: list[int]) -> bool:
    for index in range(LIMBS - 1, -1, -1):
        if number[index] != PRIME[index]:
            return number[index] < PRIME[index]
    return False


def _sum(left: list[int], right: list[int]) -> list[int]:
    return _reduced([*[left[index] + right[index] for index in range(LIMBS)], 0])


def _product(left: list[int], right: list[int]) -> list[int]:
    total = [0 for _ in range(LIMBS)]
    for place in range(LIMBS - 1, -1, -1):
        shifted = [0, *total]
        for index in range(LIMBS):
            shifted[index] += left[place] * right[index]
        total = _reduced(shifted)
    return total


def _reduced(number: list[int]) -> list[int]:
    """Sixteen limbs below the prime, of seventeen that may hold more than 16 bits."""
    limbs = _carried(number)
    while limbs[LIMBS] > 0:
        # 2**256 = 2**224 - 2**192 - 2**96 + 1, by this prime.
        over = limbs[LIMBS]
        limbs[LIMBS] = 0
        limbs[14] += over
        limbs[12] -= over
        limbs[6] -= over
        limbs[0] += over
        limbs = _carried(limbs)
    if not _below_prime(limbs):
        limbs = _carried([*[limbs[index] - PRIME[index] for index in range(LIMBS)], 0])
    return limbs[0:LIMBS]


def _carried(number: list[int]) -> list[int]:
    limbs: list[int] = []
    carry = 0
    for index in range(LIMBS):
        value = number[index] + carry
        carry = value // BASE
        limbs.append(value - carry * BASE)
    return [*limbs, number[LIMBS] + carry]
