"""The two regular expressions of a program, put together from pieces."""

from __future__ import annotations

from collections.abc import Callable, Sequence

PIECES = [
    "a",
    "b?",
    "x*",
    "[a-c]+",
    "[^a ]",
    ".",
    "[^\\s,]{1,2}",
    "\\d+",
    "-?[0-9]",
    "(?:ab|c|)",
    "(?:x|y)+?",
    "(?i:h)",
    "(?=.)",
    "(?!b)",
    "\\w+",
    "😀?",
    "[é-ÿ]?",
    "^",
    "$",
    "\\Z",
]
FLAGS = ["re.ASCII", "re.ASCII", "re.ASCII | re.IGNORECASE", "re.ASCII | re.DOTALL"]


def constants(pick: Callable[[Sequence[str]], str]) -> str:
    """SOME matches a character at least; the group of ALL may be missing."""
    some = pick(PIECES) + pick(["a", "[b-y]", "[^a-b]", " |,|b", "😀"]) + pick(PIECES)
    inner = f"(?P<inner>{pick(PIECES)}a|{pick(PIECES)})"
    whole = pick(PIECES) + inner + pick(["", "|b"]) + pick(PIECES)
    flags = pick(FLAGS)
    return f'SOME = re.compile(r"{some}", {flags})\nALL = re.compile(r"{whole}", {flags})\n'
