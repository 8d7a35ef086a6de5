"""A long part is split by the number: "1/4" is the first of four shares."""

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


def shared(whole: Sequence[T], wanted: tuple[int, int]) -> list[T]:
    """Those of the share; neighbours go to different shares."""
    number, of = wanted
    return list(whole[number - 1 :: of])
