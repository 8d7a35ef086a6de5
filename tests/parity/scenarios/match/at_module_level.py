"""match at the top of a module; what it captures belongs to the module."""

from __future__ import annotations

SETTINGS: dict[str, int] = {"level": 3, "other": 4}

match SETTINGS:
    case {"level": level} if level > 5:
        label: str = "high"
    case {"level": level, **others}:
        label = f"low {len(others)}"
    case _:
        level = 0
        label = "none"


def main() -> None:
    print(level, label)
