"""while, break, continue, nested loops."""

from __future__ import annotations

def main() -> None:
    n = 0
    while True:
        n += 1
        if n % 2 == 0:
            continue
        if n > 7:
            break
        print(n)
    for i in range(3):
        for j in range(3):
            if j == i:
                break
            print(i, j)
        else_less = i
    print(else_less)
    i = 5
    for i in range(0):
        pass
    print(i)
    for i in range(3):
        pass
    print(i)
    for char in "ab":
        print(char, end_marker(char))


def end_marker(char: str) -> bool:
    return char == "b"
