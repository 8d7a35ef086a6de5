"""Properties are computed at each look."""

from __future__ import annotations


class Temperature:
    def __init__(self, celsius: float) -> None:
        self.celsius: float = celsius

    @property
    def fahrenheit(self) -> float:
        return self.celsius * 1.8 + 32.0

    @property
    def is_cold(self) -> bool:
        return self.celsius < 5.0


def main() -> None:
    t = Temperature(10.0)
    print(t.fahrenheit, t.is_cold)
    t.celsius = -40.0
    print(t.fahrenheit, t.is_cold, "cold" if t.is_cold else "warm")
