"""A long part is split by the number: "1/4" is the first of four shares, "tonight/4" another one each night."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

T = TypeVar("T")


def share(text: str) -> tuple[int, int]:
    """(1, 4) for "1/4"."""
    number, _, of = text.partition("/")
    if number == "tonight" and of.isdecimal() and int(of) > 0:
        number = str(datetime.now(UTC).date().toordinal() % int(of) + 1)
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a share like 1/4")
    return int(number), int(of)


def shared(whole: Sequence[T], wanted: tuple[int, int], weight: Callable[[T], int]) -> list[T]:
    """Those of the share: neighbours, so that all shares weigh about the same."""
    number, of = wanted
    total = sum(weight(one) for one in whole)
    found: list[T] = []
    before = 0
    for one in whole:
        middle = before + weight(one) / 2
        before += weight(one)
        if int(middle * of / total) == number - 1:
            found.append(one)
    return found
