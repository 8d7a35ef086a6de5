from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Broken(Exception):
    code: int
