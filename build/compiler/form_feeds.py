"""Form feeds between tokens, which Brython's tokenizer does not take for blanks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from build.compiler.spans import Spans

LEADING = re.compile(r"[ \t\f]*\f")


@dataclass(frozen=True)
class Unfed:
    """A text without form feeds between its tokens; `cut` has by line how many columns its beginning lost."""

    text: str
    cut: dict[int, int] = field(default_factory=dict)


def unfed(text: str) -> Unfed:
    """A form feed is a blank; where a line begins it also takes back what stands before it."""
    if "\f" not in text:
        return Unfed(text)
    kept = {place for span in Spans(text).strings for place in range(span.first, span.last)}
    lines: list[str] = []
    cut: dict[int, int] = {}
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        leading = LEADING.match(line)
        if leading is not None and start not in kept:
            cut[number] = leading.end()
        rest = cut.get(number, 0)
        chars = [
            " " if char == "\f" and start + at not in kept else char for at, char in enumerate(line[rest:], start=rest)
        ]
        lines.append("".join(chars))
        start += len(line) + 1
    return Unfed("\n".join(lines), cut)
