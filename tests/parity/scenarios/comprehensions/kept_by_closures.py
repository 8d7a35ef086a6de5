"""One of several variables is kept by a closure: the others belong to their own loop."""

from __future__ import annotations


def main() -> None:
    print([max([i, i], key=lambda k: j) for i in sorted([4, -3]) for j in [1, 2]])
    print([max([k, i], key=lambda k: j) for i in [4, -3] if max([1], key=lambda n: i) > 0 for j in [1, 2] for k in [3]])
    for function in (lambda: first for first in [1, 2] for second in [4, first]):
        print(function())
    functions = [lambda: left for left, right in [(1, 2), (3, 4)] for other in [left, right]]
    print([function() for function in functions])
