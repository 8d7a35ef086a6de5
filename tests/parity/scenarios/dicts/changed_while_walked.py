"""Loops that change the dict or set they walk: the size must stay."""

from __future__ import annotations


class Shelf:
    def __init__(self) -> None:
        self.books: dict[str, int] = {"a": 1, "b": 2}

    def shrink(self) -> None:
        for name in self.books:
            del self.books[name]

    def grow(self) -> None:
        for name, count in self.books.items():
            self.books[name + "x"] = count

def main() -> None:
    counts = {"a": 1, "b": 2, "c": 3}
    for key in counts:
        counts[key] += 1
    print(counts)
    try:
        for key in counts:
            if key == "b":
                del counts[key]
    except RuntimeError:
        print("RuntimeError", counts)
    try:
        for key in counts.keys():
            counts.pop(key)
    except RuntimeError:
        print("RuntimeError", counts)
    counts = {"a": 1, "b": 2, "c": 3}
    try:
        for value in counts.values():
            counts[str(value)] = value
    except RuntimeError:
        print("RuntimeError", counts)
    for key in counts:
        if key == "b":
            counts.pop(key)
            break
    print(counts)
    for key in list(counts):
        del counts[key]
    print(counts)
    seen = {1, 2, 3}
    try:
        for item in seen:
            seen.add(item + 10)
    except RuntimeError:
        print("RuntimeError", sorted(seen))
    seen = {1}
    for item in seen:
        seen.discard(5)
        seen.add(1)
    print(seen)
    shelf = Shelf()
    for work in (shelf.shrink, shelf.grow):
        try:
            work()
        except RuntimeError:
            print("RuntimeError", shelf.books)
    last = {"z": 1}
    try:
        for key in last:
            last.clear()
    except RuntimeError:
        print("RuntimeError", last)
