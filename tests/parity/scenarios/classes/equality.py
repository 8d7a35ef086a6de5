"""__eq__ by hand, in lists and through !=."""

from __future__ import annotations


class Version:
    def __init__(self, major: int, minor: int) -> None:
        self.major: int = major
        self.minor: int = minor

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self.major == other.major and self.minor == other.minor

    def __lt__(self, other: Version) -> bool:
        return (self.major, self.minor) < (other.major, other.minor)

    def __repr__(self) -> str:
        return f"v{self.major}.{self.minor}"


def main() -> None:
    a, b, c = Version(1, 2), Version(1, 2), Version(1, 10)
    print(a == b, a != b, a == c, a < c, c < a, a in [b], [a, c] == [b, c], [c, a].index(b), sorted([c, a, b]), max([a, c]), a is b, (1, a) == (1, b))
