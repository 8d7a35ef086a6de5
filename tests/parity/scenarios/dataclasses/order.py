"""order=True compares field by field."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(order=True)
class Version:
    major: int
    minor: int = 0
    name: str = ""


def main() -> None:
    versions = [Version(2), Version(1, 5), Version(1, 5, "a"), Version(0, 9)]
    print(sorted(versions), max(versions), Version(1) < Version(1, 1), Version(2) > Version(1, 9), Version(1) <= Version(1), sorted(versions, reverse=True)[0], sorted(versions, key=lambda v: v.minor)[0])
