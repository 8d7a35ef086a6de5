"""A manager that is kept: entered again and again, and entered inside itself; the name may be given away inside."""

from __future__ import annotations


class Depth:
    def __init__(self) -> None:
        self.depth: int = 0

    def __enter__(self) -> int:
        self.depth += 1
        return self.depth

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.depth -= 1
        print("left", self.depth)


class Owner:
    def __init__(self) -> None:
        self.depth: Depth = Depth()

    def twice(self) -> int:
        with self.depth as one, self.depth as two:
            return one * 10 + two

    def exchanged(self) -> None:
        old = self.depth
        with self.depth as level:
            self.depth = Depth()
            print(level, old.depth, self.depth.depth)
        print(old.depth, self.depth.depth)


def main() -> None:
    depth = Depth()
    with depth as one:
        with depth as two:
            print(one, two, depth.depth)
    with depth:
        print(depth.depth)
    manager = Depth()
    with manager:
        kept = manager
        manager = Depth()
        print(kept.depth, manager.depth)
    print(kept.depth)
    owner = Owner()
    print(owner.twice())
    owner.exchanged()
