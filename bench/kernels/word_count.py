"""The words of a text, counted and sorted: texts, a dict, a sort by two keys."""

from __future__ import annotations

LINES = 40
TEXT = "the quick brown fox jumps over the lazy dog while the other dog sleeps"


class Kernel:
    """One time is 40 lines of 14 words."""

    def __init__(self) -> None:
        lines: list[str] = []
        words = TEXT.split()
        for number in range(LINES):
            lines.append(" ".join([*words[number % 7 :], f"line{number % 5}", *words[: number % 7]]).title())
        self._text = "\n".join(lines)

    def run(self, times: int) -> str:
        shown = ""
        for _ in range(times):
            shown = ", ".join(f"{word} {count}" for word, count in count_words(self._text)[:5])
        return shown


def count_words(text: str) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for line in text.splitlines():
        for word in line.lower().split():
            counts[word] = counts.get(word, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
