from __future__ import annotations

NAMES: dict[str, int] = {"one": 1}


def f(xs: list[int], rows: list[list[float]], maybe: list[int | None], d: dict[str, int], n: int) -> float:
    total = xs[n] + rows[0][n]
    for i in range(n):
        total += rows[i][0] + xs[-1]
        xs[n] = i
        xs[i + n] = d["a"]
        xs[n] += i
        xs[i] *= 2
        maybe[n] = maybe[-1]
    while xs[0] > 3:
        xs[0] = 3
    xs[n] = 4
    return total
