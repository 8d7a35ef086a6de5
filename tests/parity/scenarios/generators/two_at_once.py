"""Two runs of one generator do not meet."""

from __future__ import annotations

from collections.abc import Iterator


def steps(name: str) -> Iterator[str]:
    for n in range(2):
        yield f"{name}{n}"


def main() -> None:
    a, b = steps("a"), steps("b")
    print(next(a), next(b), next(b), next(a), next(a, "over"), list(b))
    print([x + y for x in steps("x") for y in steps("y")])
