"""round() goes to the even neighbour; digits round by the exact value."""

from __future__ import annotations

import math


def main() -> None:
    for x in [0.5, 1.5, 2.5, -0.5, -1.5, 2.4, 2.6, 1e15 + 0.5]:
        print(x, round(x), int(x), math.floor(x), math.ceil(x), math.trunc(x))
    for y in [2.675, 0.125, 1.005, 1234.5678, -0.125, 0.375, 5.5]:
        print(y, round(y, 2), round(y, 1), round(y, 0), f"{y:.2f} {y:.1f} {y:.0f}")
    print(round(7), round(1234.5, -2), f"{0.5:.0f} {1.5:.0f} {2.5:.0f} {3.5:.0f}")
    print(f"{1e20:.1f} {1e22:.1f} {-0.0:.1f}")
