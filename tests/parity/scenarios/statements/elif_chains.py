"""Long chains of conditions."""

from __future__ import annotations


def grade(points: int) -> str:
    if points >= 90:
        return "A"
    elif points >= 80:
        return "B"
    elif 70 <= points < 80:
        return "C"
    elif points in (60, 65) or points == 61:
        return "D"
    else:
        if points < 0:
            return "?"
        return "F"


def main() -> None:
    print([grade(p) for p in (100, 90, 89, 80, 79, 70, 69, 65, 61, 60, 0, -1)])
