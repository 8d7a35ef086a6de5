from __future__ import annotations


class Point:
    """These may stand here."""

    ...
    x: int = 1
    y = z = 2

    if x == 1:
        w = 3
    for w in [1]:
        pass
    print(x)
    x, y = 3, 4
    z += 1

    def where() -> int:
        return 1
