from __future__ import annotations

import re

SHORT = re.compile(r"a|ab|abc")
LONG = re.compile(r"abc|ab|a")
PREFIXES = re.compile(r"foo|foobar|f")
EMPTY = re.compile(r"(?:|a)b?")
INSIDE = re.compile(r"x(?:a|ab)(?:c|bcd)?")
WORDS = re.compile(r"(?:one|two)(?:, (?:one|two))*")


def shown(found: re.Match[str] | None) -> str:
    return "-" if found is None else found.group()


def main() -> None:
    for text in ["abc", "ab", "a", "b", "foobar", "fo", "xabcd", "xac", ""]:
        print(text, shown(SHORT.match(text)), shown(SHORT.fullmatch(text)), shown(LONG.search(text)), shown(EMPTY.match(text)))
        print(text, shown(PREFIXES.match(text)), shown(PREFIXES.fullmatch(text)), shown(INSIDE.match(text)))
    print([WORDS.fullmatch(text) is not None for text in ["one", "one, two", "two, one, one", "one,", ", two"]])
