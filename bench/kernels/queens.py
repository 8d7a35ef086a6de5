"""Queens that cannot take each other: recursion, and sets of ints."""

from __future__ import annotations

SIZE = 6


class Kernel:
    """One time is all boards of six."""

    def run(self, times: int) -> str:
        found: list[list[int]] = []
        for _ in range(times):
            found = boards(SIZE)
        return f"{len(found)} boards of {SIZE}, the first {found[0]}"


def boards(size: int) -> list[list[int]]:
    found: list[list[int]] = []
    place(size, [], set(), set(), set(), found)
    return found


def place(
    size: int, board: list[int], columns: set[int], rising: set[int], falling: set[int], found: list[list[int]]
) -> None:
    row = len(board)
    if row == size:
        found.append(board[:])
        return
    for column in range(size):
        if column in columns or row + column in rising or row - column in falling:
            continue
        board.append(column)
        columns.add(column)
        rising.add(row + column)
        falling.add(row - column)
        place(size, board, columns, rising, falling, found)
        board.pop()
        columns.discard(column)
        rising.discard(row + column)
        falling.discard(row - column)
