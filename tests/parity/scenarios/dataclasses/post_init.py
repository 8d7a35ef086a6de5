"""__post_init__ and fields that are not given."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Circle:
    radius: float
    area: float = field(init=False, default=0.0)
    notes: list[str] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self.area = 3.0 * self.radius**2
        self.notes.append(f"made {self.radius}")


def main() -> None:
    circle = Circle(2.0)
    print(circle, circle.area, circle.notes, Circle(1.0) == Circle(1.0), Circle(0.5).area)
