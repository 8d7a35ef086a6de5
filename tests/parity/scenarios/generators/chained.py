"""itertools.chain: one after the other, taken as they are asked for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from itertools import chain

log: list[str] = []


def counted(name: str, count: int) -> Iterator[int]:
    try:
        for n in range(count):
            log.append(f"{name}{n}")
            yield n
    finally:
        log.append(f"end {name}")


def first_above(limit: int) -> int | None:
    for n in chain(counted("a", 2), counted("b", 9)):
        if n > limit:
            return n
    return None


def main() -> None:
    print(list(chain([1, 2], (3,), {4}, range(5, 7))), list(chain()), "".join(chain("ab", ["cd"])), sorted(chain({"k": 1}, ["a"])))
    rows = [[1, 2], [], [3]]
    print(list(chain.from_iterable(rows)), list(chain(*rows)), sum(chain(*rows, [10])), list(itertools.chain(rows, [[4]])))
    print(list(chain.from_iterable({"ab": 1, "c": 2})), [*chain.from_iterable([{"x": 1}, {"y": 2}])], list(chain(*[{"z": 1}])))
    print(first_above(0), log)
    log.clear()
    walked = chain(counted("c", 2), (n * 10 for n in [1, 2]))
    print(next(walked), log, list(walked), log, next(walked, -1))
    held = counted("d", 3)
    for n in chain([7], held):
        if n == 0:
            break
    print(next(held), log[-2:], {a: b for a, b in zip(chain("x", "y"), chain([1], [2]))})
    print(any(n > 1 for n in chain([1], [2], counted("e", 1))), max(chain([1], [5]), key=lambda n: -n), log[-1])
