"""defaultdict and Counter: what is missing, what is counted, and in which order it is shown."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field


@dataclass
class Index:
    lines: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, number: int, line: str) -> None:
        for word in line.split():
            self.lines[word].append(number)
            self.counts[word] += 1


class Box:
    def __init__(self) -> None:
        self.items: list[str] = []


def defaults() -> None:
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for word in ["a", "bb", "cc", "d", "eee"]:
        groups[len(word)].append(word)
    print(dict(groups), groups[9], len(groups), 9 in groups, 10 in groups, groups.get(11), groups.get(1, []))
    totals: defaultdict[str, int] = defaultdict(int)
    for name, n in [("x", 2), ("y", 3), ("x", 5)]:
        totals[name] += n
    print(dict(totals), totals["z"], sorted(totals), [k for k in totals if totals[k] > 0], totals == {"x": 7, "y": 3, "z": 0})
    seen: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    seen[(1, 2)].add("a")
    seen[1, 2].add("b")
    print(len(seen), sorted(seen[(1, 2)]), seen.pop((1, 2)) == {"a", "b"}, dict(seen))
    nested: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    nested["a"]["b"] += 1
    nested["a"]["c"] -= 1
    print({key: dict(inner) for key, inner in nested.items()})
    boxes: defaultdict[str, Box] = defaultdict(Box)
    boxes["one"].items.append("thing")
    queues: defaultdict[str, deque[int]] = defaultdict(deque)
    queues["q"].append(1)
    print(boxes["one"].items, boxes["two"].items, len(boxes), queues["q"], queues["r"])
    made: list[str] = []

    def make() -> float:
        made.append("made")
        return 0.5

    halves: defaultdict[str, float] = defaultdict(make, {"known": 1.5})
    halves["a"] *= 3
    print(dict(halves), halves["known"], halves.setdefault("b", 2.0), made, halves.copy()["c"], len(halves), made)
    none: defaultdict[str, int] = defaultdict(None)
    try:
        print(none["a"])
    except KeyError as error:
        print("missing", error)
    try:
        for key in totals:
            print(key, totals[key + "!"])
    except RuntimeError:
        print("changed while walked")


def counts() -> None:
    letters = Counter("abracadabra")
    print(letters, letters["a"], letters["?"], len(letters), letters.most_common(2), letters.total())
    print(letters.most_common(), sorted(letters.elements()), dict(letters), list(letters)[:2], max(letters.values()))
    letters.update("banana")
    letters.update({"z": 3})
    letters.subtract(["a", "q"])
    letters["new"] += 2
    letters["r"] = 0
    del letters["b"]
    del letters["nothing"]
    print(letters, "q" in letters, letters.get("q"), letters.get("w", 7), letters.pop("z"), letters.copy() == letters)
    one, other = Counter({"a": 3, "b": 1}), Counter(["a", "c", "c"])
    print(one + other, one - other, other - one, one & other, one | other, one == Counter(a_or_b()), one == {"a": 3, "b": 1})
    print(Counter({"a": 1, "b": 0}) == Counter(["a"]), Counter({"a": 1}) != Counter(), bool(Counter("")))
    places = Counter((n % 2, n % 3) for n in range(8))
    print(places[(0, 0)], places, places.most_common(1), Counter([True, False, True]), Counter([3, 1, 3]).most_common(0))
    words: Counter[str] = Counter()
    for word in "the cat the dog the end".split():
        words[word] += 1
    print(words, [f"{word}: {count}" for word, count in words.most_common(3)], [Counter("aab")], {"k": Counter("b")})


def a_or_b() -> list[str]:
    return ["a", "b", "a", "a"]


def main() -> None:
    defaults()
    counts()
    index = Index()
    index.add(1, "so it is")
    index.add(2, "it is so so")
    print(dict(index.lines), index.counts, index.counts.most_common(1)[0][0])
