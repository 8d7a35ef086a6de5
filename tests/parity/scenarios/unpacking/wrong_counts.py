"""Too few and too many are ValueErrors."""

from __future__ import annotations


def main() -> None:
    for values in ([1], [1, 2], [1, 2, 3], []):
        try:
            a, b = values
            print(a, b)
        except ValueError:
            print("wrong count", len(values))
        try:
            c, *d, e = values
            print(c, d, e)
        except ValueError:
            print("too few", len(values))
