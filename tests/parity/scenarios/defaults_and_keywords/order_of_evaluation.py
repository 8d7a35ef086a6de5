"""Arguments are evaluated from left to right."""

from __future__ import annotations

log: list[str] = []


def note(text: str) -> str:
    log.append(text)
    return text


def join(a: str, b: str = "-", c: str = "+") -> str:
    return a + b + c


def main() -> None:
    print(join(note("1"), note("2"), note("3")), join(note("4"), c=note("5")), [note("6"), note("7")], {note("8"): note("9")}, log)
