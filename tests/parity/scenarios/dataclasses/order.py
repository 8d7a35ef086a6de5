"""order=True compares field by field."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(order=True)
class Version:
    major: int
    minor: int = 0
    name: str = ""


@dataclass(order=True)
class Task:
    rank: int
    name: str = field(compare=False)


def main() -> None:
    print(Task(1, "b") < Task(1, "a"), Task(1, "a") <= Task(1, "b"), Task(1, "b") == Task(1, "a"), sorted([Task(2, "a"), Task(1, "z"), Task(1, "b")]))
    versions = [Version(2), Version(1, 5), Version(1, 5, "a"), Version(0, 9)]
    print(sorted(versions), max(versions), Version(1) < Version(1, 1), Version(2) > Version(1, 9), Version(1) <= Version(1), sorted(versions, reverse=True)[0], sorted(versions, key=lambda v: v.minor)[0])
