"""Classes with __iter__ and __next__."""

from __future__ import annotations

from collections.abc import Iterator


class Countdown:
    def __init__(self, start: int) -> None:
        self.left: int = start

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return self.left + 1


class Launch(Countdown):
    pass


class Shelf:
    def __init__(self, books: list[str]) -> None:
        self.books: list[str] = books

    def __iter__(self) -> Iterator[str]:
        for book in self.books:
            yield book.title()

    def __len__(self) -> int:
        return len(self.books)


def main() -> None:
    shelf = Shelf(["emma", "ulysses"])
    print(list(shelf), [b for b in shelf], len(shelf), sorted(shelf), ",".join(shelf), max(shelf), list(enumerate(shelf)))
    launch = Launch(2)
    print(next(launch), next(launch, 0), next(launch, 0), next(launch, None), list(Launch(3)))
    try:
        next(launch)
    except StopIteration:
        print("over")
