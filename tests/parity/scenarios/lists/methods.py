"""Methods of lists."""

from __future__ import annotations

def main() -> None:
    items = [3, 1, 2]
    items.append(5)
    items.extend([7, 1])
    items.insert(0, 9)
    items.insert(-1, 8)
    items.insert(100, 6)
    print(items, len(items), items[0], items[-1], 7 in items, 4 not in items)
    print(items.pop(), items.pop(0), items.pop(-2), items)
    items.remove(1)
    print(items, items.index(5), items.count(1), items.copy() == items)
    items.reverse()
    print(items)
    items.sort()
    print(items)
    items.sort(reverse=True)
    print(items, sorted(items), items[:2] + [0], [1, 2] * 2, [[0]] * 2)
    items += (1, 2)
    items[0] = 100
    items[-1] += 5
    del items[1]
    print(items)
    items.clear()
    print(items, items == [], [1, [2, 3]] == [1, [2, 3]], [1] != [1, 2], [1, 2] < [1, 3], [1] < [1, 0])
    other = items
    other.append(1)
    print(items is other, items)
