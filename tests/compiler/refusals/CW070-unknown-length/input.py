from __future__ import annotations


def main(lines: list[str], rows: list[list[int]], pairs: list[tuple[int, ...]]) -> None:
    print([key for key, value in rows], {key: value for key, value in pairs})
    print(any(first == second for first, second in lines), [value for number, (value,) in enumerate(rows)])
    print([last for *others, last in [(1, 2, 3)]])
