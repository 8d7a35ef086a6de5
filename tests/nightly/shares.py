"""A long part is split by the number: "1/4" is the first of four shares of its tests."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def share(text: str) -> tuple[int, int]:
    """(1, 4) for "1/4"."""
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a share like 1/4")
    return int(number), int(of)


def shared(tests: Sequence[T], wanted: tuple[int, int]) -> tuple[list[T], list[T]]:
    """Those of the share, and the others; neighbours go to different shares."""
    number, of = wanted
    others = [test for at, test in enumerate(tests) if at % of != number - 1]
    return list(tests[number - 1 :: of]), others
