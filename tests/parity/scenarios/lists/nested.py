"""Lists of lists."""

from __future__ import annotations


def main() -> None:
    grid = [[row * 3 + column for column in range(3)] for row in range(3)]
    print(grid, grid[1][2], [row[0] for row in grid], [list(row) for row in zip([1, 2], [3, 4])], sum(sum(row) for row in grid))
    grid[0][1] += 10
    grid[2].append(99)
    grid[1] = []
    print(grid, len(grid[2]), [len(row) for row in grid])
