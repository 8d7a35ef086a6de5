"""Lists complain where Python does."""

from __future__ import annotations

def main() -> None:
    items = [1, 2]
    empty: list[int] = []
    for n in range(9):
        try:
            if n == 0:
                print(items[2])
            elif n == 1:
                print(items[-3])
            elif n == 2:
                items[5] = 1
            elif n == 3:
                print(empty.pop())
            elif n == 4:
                print(items.pop(4))
            elif n == 5:
                items.remove(9)
            elif n == 6:
                print(items.index(9))
            elif n == 7:
                del items[7]
            else:
                a, b, c = items
                print(a, b, c)
        except IndexError:
            print(n, "IndexError")
        except ValueError:
            print(n, "ValueError")
    print(items)
