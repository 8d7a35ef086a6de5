"""Defaults, factories and keyword arguments."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Settings:
    name: str
    size: int = 10
    ratio: float = 0.5
    tags: list[str] = field(default_factory=list)
    extra: dict[str, int] = field(default_factory=dict)


def main() -> None:
    a, b = Settings("a"), Settings("b", 3, tags=["x"])
    a.tags.append("own")
    print(a, b, Settings(name="c", ratio=1.0), a.tags, b.tags, Settings("d").extra)
