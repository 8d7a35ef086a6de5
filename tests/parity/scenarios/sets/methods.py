"""Methods of sets."""

from __future__ import annotations

def main() -> None:
    s = {3, 1, 2}
    s.add(5)
    s.add(1)
    s.discard(9)
    s.remove(3)
    print(sorted(s), len(s), 1 in s, 3 not in s, s == {1, 2, 5}, s != {1})
    a, b = {1, 2, 3}, {2, 3, 4}
    print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), a <= b, {2} <= a, {2} < a, a >= {1}, a < a)
    print(sorted(a.union([9])), sorted(a.intersection([1])), sorted(a.difference([1])), a.issubset({1, 2, 3, 4}), a.isdisjoint({9}))
    a |= {7}
    a.update([8])
    a -= {1}
    print(sorted(a), set(), {1}, {"a"}, len(set("hello")), sorted(set([1, 1, 2])))
    try:
        a.remove(100)
    except KeyError as error:
        print("KeyError", error)
    print(sorted({x % 3 for x in range(10)}), sorted(frozenset([1, 2])))
