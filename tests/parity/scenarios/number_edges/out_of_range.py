"""What has no result raises, and is never NaN or Infinity: roots, logarithms, powers, shifts, characters."""

from __future__ import annotations

import math
from collections.abc import Callable


def said(work: Callable[[], object]) -> str:
    try:
        work()
        return "a result"
    except ZeroDivisionError:
        return "ZeroDivisionError"
    except OverflowError:
        return "OverflowError"
    except ValueError:
        return "ValueError"


def shifted(value: int, count: int) -> list[int]:
    return [value << count, value >> count]


def main() -> None:
    for x in (-1.0, 0.0, 1.0, math.inf, 1000.0):
        print(said(lambda: math.sqrt(x)), said(lambda: math.log(x)), said(lambda: math.exp(x)), said(lambda: math.sin(x)))
        print(said(lambda: math.log(8.0, x)), said(lambda: 0.0**-x), said(lambda: 10.0**x), said(lambda: math.pow(0.0, -x)))
    for count in (-1, 0, 5):
        print(said(lambda: shifted(9, count)), said(lambda: chr(count)), said(lambda: chr(0x10FFFF + count)))
    print(1.0**math.nan, math.nan**0.0, (-1.0) ** math.inf, math.inf**-1.0, 2.0**-2, 2**-2, pow(2, -1), 0.0**0.0)
    print(math.exp(-1000.0), math.sqrt(-0.0), math.atan(math.inf), math.pow(2.0, -1.0), math.log(math.inf))
    print((1, "a", 2.5)[1:], (2.5, "a", 1)[1:], (2.5, "a", 1)[:-1], (2.5, 1)[2:])
