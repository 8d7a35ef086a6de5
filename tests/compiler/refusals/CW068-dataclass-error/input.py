from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Broken(Exception):
    code: int


@dataclass
class Counted:
    count: int = 0

    def __post_init__(self) -> None:
        self.count += 1


@dataclass
class Named(Counted):
    name: str = ""
