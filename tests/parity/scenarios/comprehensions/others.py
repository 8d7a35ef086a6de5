"""Sets, dicts, generators."""

from __future__ import annotations

def main() -> None:
    print(sorted({x % 3 for x in range(7)}), {k: v * 2 for k, v in {"a": 1}.items()}, {w: len(w) for w in ["a", "bb"] if w != "a"})
    print({i: [j for j in range(i)] for i in range(3)}, sum(x for x in range(4)), ",".join(w.upper() for w in ["a", "b"]))
    squares = (x * x for x in range(4))
    print(next(squares), next(squares), list(squares), list(squares))
    pairs = ((a, b) for a in [1, 2] for b in [3, 4] if a + b > 4)
    for pair in pairs:
        print(pair)
    print(next((x for x in [1, 5, 7] if x > 4), None), next((x for x in [1] if x > 4), None), next((x * 2 for x in [3]), 0))
    print(dict((c, ord(c)) for c in "ab"), set(c for c in "aa"), tuple(n + 1 for n in [1, 2]), sorted(-n for n in [1, 3, 2]))
