"""Arguments are evaluated from left to right."""

from __future__ import annotations

log: list[str] = []


def note(name: str) -> str:
    log.append(name)
    return name


def take(a: str, b: str, c: str = "c") -> str:
    return a + b + c


def main() -> None:
    print(take(note("1"), note("2"), note("3")), take(note("4"), c=note("5"), b="x"))
    print({note("k1"): note("v1"), note("k2"): note("v2")}, [note("a"), note("b")], (note("c"), note("d")))
    print(note("l") + note("r"), note("x") < note("y"), f"{note('f')}{note('g')}")
    print(log)
