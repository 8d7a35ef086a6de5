from __future__ import annotations

from enum import Enum, IntEnum


class Color(IntEnum):
    RED = 1


class Word(Enum):
    YES = "yes"


class Other(Word):
    pass
