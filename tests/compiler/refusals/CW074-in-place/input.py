from __future__ import annotations


class Shelf:
    def __init__(self) -> None:
        self._books: list[str] = []

    @property
    def books(self) -> list[str]:
        return self._books

    @books.setter
    def books(self, books: list[str]) -> None:
        self._books = books


def grow(shelf: Shelf, items: list[int]) -> None:
    items[1:1] += [5]
    shelf.books += ["a"]
    print({"x": int}, [shelf])
    table: dict[str, int] = {}
    table.update([["a", "b"]])
