from __future__ import annotations

from enum import Enum


class Color(Enum):
    RED = 1
