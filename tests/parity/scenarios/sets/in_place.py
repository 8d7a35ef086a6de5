"""|=, &=, -= and update."""

from __future__ import annotations


def main() -> None:
    a = {1, 2, 3}
    a |= {4}
    a = a & {2, 3, 4, 9}
    a -= {3}
    print(sorted(a))
    a.update([7, 8], )
    a.difference_update({7})
    b = a
    b.add(100)
    c = a.copy()
    c.add(200)
    print(sorted(a), a is b, len(c))
