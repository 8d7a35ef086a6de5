"""enumerate, zip, reversed, range, any, all, map, filter."""

from __future__ import annotations

def main() -> None:
    print(list(range(5)), list(range(2, 5)), list(range(5, 0, -2)), list(range(0)), len(range(10)), 3 in range(5), range(5)[2])
    print(list(enumerate(["a", "b"])), list(enumerate("ab", 5)), list(zip([1, 2, 3], "ab")), list(zip()), list(reversed([1, 2])))
    print(any([False, True]), any([]), all([True, False]), all([]), any(x > 2 for x in [1, 2]), all(x > 0 for x in [1, 2] if x != 0))
    print(list(map(lambda x: x * 2, [1, 2])), list(filter(lambda x: x > 1, [1, 2])), list(map(str, [1, 2])), any(a == b for a in [1, 2] for b in [2, 3]))
    print(sum(n for n in range(5)), sum(len(w) for w in ["a", "bb"]), max(len(w) for w in ["a", "bb"]), tuple(x for x in [1, 2]))
    for i in range(3):
        i += 10
        print(i)
    for i in reversed(range(3)):
        print(i)
    for i in range(0, 10, 4):
        print(i)
    stop = 2
    for i in range(stop):
        stop = 100
        print(i, stop)
    try:
        print(list(zip([1], [1, 2], strict=True)))
    except ValueError:
        print("strict")
