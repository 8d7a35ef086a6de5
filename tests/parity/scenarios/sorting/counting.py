"""The most frequent first, then by name."""

from __future__ import annotations


def main() -> None:
    counts: dict[str, int] = {}
    for word in "b a c a b d".split():
        counts[word] = counts.get(word, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    print(ranked, [name for name, _ in ranked][:2], sorted(counts, key=lambda name: counts[name]), max(counts.values()))
