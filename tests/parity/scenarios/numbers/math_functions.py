"""The functions of math that the subset has."""

from __future__ import annotations

import math


def main() -> None:
    print(math.floor(2.7), math.floor(-2.7), math.ceil(2.1), math.ceil(-2.1), math.trunc(-2.7), math.floor(-0.5), math.ceil(-0.5))
    print(math.sqrt(16.0), math.sqrt(2.0), math.fabs(-3.5), math.pow(2.0, 3.0), math.log2(8.0), math.log10(1000.0))
    print(math.isnan(float("nan")), math.isinf(float("-inf")), math.isfinite(1.0), math.pi, math.e, math.inf)
