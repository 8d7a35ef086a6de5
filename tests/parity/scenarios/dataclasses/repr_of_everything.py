"""What each kind of field looks like."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class All:
    i: int
    f: float
    s: str
    b: bytes
    flag: bool
    none: str | None
    items: list[float]
    pair: tuple[int, str]
    table: dict[str, float]


def main() -> None:
    print(All(1, 2.0, "it's", b"\x00a", True, None, [1.0, 2.5], (1, "x"), {"k": 1.0}))
    print([All(0, -0.0, "", b"", False, "some", [], (0, ""), {})])
