from __future__ import annotations

from collections.abc import Sequence


def ask(items: list[int] | tuple[int, ...], pairs: list[tuple[int, int]], seq: Sequence[int]) -> None:
    print(items == [1], [1, 2] in pairs, pairs == [[1, 2]], seq == [1], [True] == [1])
