"""`with` at the top of a module; its names are the module's."""

from __future__ import annotations


class Count:
    def __init__(self) -> None:
        self.seen: list[str] = []

    def __enter__(self) -> list[str]:
        self.seen.append("in")
        return self.seen

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        self.seen.append("out")
        return True


COUNT = Count()
with COUNT as seen:
    seen.append("inside")
    first: int = 1
    raise ValueError("ends here")


def main() -> None:
    print(seen, first, COUNT.seen is seen)
