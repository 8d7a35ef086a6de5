"""Groups and counts."""

from __future__ import annotations


def main() -> None:
    words = ["apple", "avocado", "bean", "beet", "corn"]
    groups: dict[str, list[str]] = {}
    counts: dict[int, int] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word)
        counts[len(word)] = counts.get(len(word), 0) + 1
    print(groups, counts, sorted(groups.items(), key=lambda item: -len(item[1])), {k: len(v) for k, v in groups.items()})
