"""Names that are only asked for by a default of a lambda, or bound inside the value of an annotated name."""

from __future__ import annotations


def chosen(flag: bool) -> int:
    if flag:
        step = 3
    else:
        return 0
    add = lambda value=step: value + 1
    step = 7
    return add()


def kept(flag: bool) -> int:
    if flag:
        first = 5
    later = lambda given=first: given
    return later()


def annotated(text: str) -> str:
    length: int = (count := len(text)) + 1
    return f"{length} {count}"


def main() -> None:
    print(chosen(True), chosen(False))
    print(kept(True))
    print(annotated("abc"))
