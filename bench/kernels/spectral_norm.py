"""The largest eigenvalue of an endless matrix, approached: enumerate and zip over lists of floats."""

from __future__ import annotations

import math

SIZE = 24
ROUNDS = 2


class Kernel:
    """One time is two rounds over 24 numbers."""

    def run(self, times: int) -> str:
        found = 0.0
        for _ in range(times):
            found = spectral_norm(SIZE)
        return f"the norm is {found:.12f}"


def item(i: int, j: int) -> float:
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times_matrix(vector: list[float]) -> list[float]:
    result: list[float] = []
    for i in range(len(vector)):
        total = 0.0
        for j, value in enumerate(vector):
            total += item(i, j) * value
        result.append(total)
    return result


def times_turned(vector: list[float]) -> list[float]:
    return [sum((item(j, i) * value for j, value in enumerate(vector)), 0.0) for i in range(len(vector))]


def spectral_norm(size: int) -> float:
    one = [1.0] * size
    other = one
    for _ in range(ROUNDS):
        other = times_turned(times_matrix(one))
        one = times_turned(times_matrix(other))
    both = 0.0
    square = 0.0
    for a, b in zip(one, other, strict=False):
        both += a * b
        square += b * b
    return math.sqrt(both / square)
