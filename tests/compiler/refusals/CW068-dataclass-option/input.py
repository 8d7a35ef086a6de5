from __future__ import annotations

import dataclasses
from dataclasses import dataclass

QUIET = True


@dataclass(frozen=True, repr=False, slots=True)
class Point:
    x: int


@dataclasses.dataclass(eq=QUIET)
class Place:
    x: int
