"""Methods of dicts; order is insertion order."""

from __future__ import annotations

def main() -> None:
    d = {"b": 1, "a": 2}
    d["c"] = 3
    d["b"] = 9
    print(d, len(d), d["b"], d.get("x"), d.get("x", 0), d.get("a", 0), "a" in d, "x" not in d)
    print(list(d), list(d.keys()), list(d.values()), list(d.items()), sorted(d), max(d.values()))
    print(d.pop("a"), d.pop("zz", -1), d.setdefault("n", 5), d.setdefault("b", 0), d)
    d.update({"q": 1, "b": 2})
    d.update([("r", 7)])
    del d["q"]
    print(d, {**d, "z": 1}, d | {"b": 0}, dict(d) == d, dict(d) is d, {"a": 1, "b": 2} == {"b": 2, "a": 1}, {"a": 1} != {"a": 2})
    for key in d:
        print(key, d[key])
    for key, value in sorted(d.items(), key=lambda pair: -pair[1]):
        print(key, value)
    counts: dict[str, int] = {}
    for char in "hello":
        counts[char] = counts.get(char, 0) + 1
    counts["l"] += 10
    print(counts, sum(counts.values()), len(counts.keys()))
    nested: dict[str, list[int]] = {}
    nested.setdefault("x", []).append(1)
    nested.setdefault("x", []).append(2)
    print(nested, dict(zip(["a", "b"], [1, 2])), dict([("k", 1)]), dict(a=1, b=2), dict.fromkeys(["x", "y"], 0))
    maybe: dict[str, int | None] = {"none": None}
    print(maybe.get("none", 5), maybe.get("other", 5), maybe["none"], {1: "a", 2: "b"}[2], {True: 1}[True])
    d.clear()
    print(d, d == {})
