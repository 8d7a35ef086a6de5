"""`else` of loops: after the last round, not after a break."""

from __future__ import annotations


def first_factor(n: int) -> str:
    for d in range(2, n):
        if n % d == 0:
            found = f"{n} = {d} * {n // d}"
            break
    else:
        found = f"{n} is prime"
    return found


def place(items: list[str], wanted: str) -> int:
    index = 0
    while index < len(items):
        if items[index] == wanted:
            break
        index += 1
    else:
        index = -1
    return index


def always(items: list[int]) -> int:
    for item in items:
        if item > 2:
            continue
        if item < 0:
            return item
    else:
        return len(items)


def nested(rows: list[list[int]]) -> list[str]:
    said: list[str] = []
    for row in rows:
        for cell in row:
            if cell == 0:
                said.append("zero")
                break
        else:
            said.append("none")
            if len(row) == 3:
                break
            continue
        said.append("went on")
    else:
        said.append("all")
    return said


def tried(items: list[str]) -> str:
    for item in items:
        try:
            number = int(item)
            if number > 1:
                break
        except ValueError:
            continue
        finally:
            print("tried", item)
    else:
        return "nothing"
    return f"{number}"


def forever() -> str:
    count = 0
    while True:
        count += 1
        if count == 3:
            break
    else:
        return "never"
    return "left"


def main() -> None:
    print(first_factor(7), first_factor(9), first_factor(2))
    print(place(["a", "b"], "b"), place(["a", "b"], "z"), place([], "z"))
    print(always([1, 5]), always([-2]), always([]))
    print(nested([[1, 0], [2], [3, 4]]), nested([[1, 2, 3], [0]]), nested([]))
    print(tried(["x", "1", "5", "6"]), tried(["x"]), forever())
    for letter in "ab":
        print(letter)
    else:
        print("done")
    for key in {"k": 1}:
        if key == "k":
            break
    else:
        print("not said")
