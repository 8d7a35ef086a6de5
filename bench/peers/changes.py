"""What other compilers have to be given in the place of what the programs say, and why: "" where they take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TRANSCRYPT = "Transcrypt"
PSCRIPT = "PScript"


@dataclass(frozen=True)
class Change:
    """`before`, which is in the program, becomes `after`; `said` is the row of the report."""

    before: str
    after: str
    said: str


FIELDS = ("x", "y", "z", "vx", "vy", "vz", "mass")
NO_DATACLASS = Change(
    "@dataclass\nclass Body:\n" + "".join(f"    {name}: float\n" for name in FIELDS),
    f"class Body:\n    def __init__(self, {', '.join(f'{name}: float' for name in FIELDS)}) -> None:\n"
    + "".join(f"        self.{name} = {name}\n" for name in FIELDS),
    "no dataclass",
)
DIGITS = Change(":.12f}", ".toFixed(12)}", "`toFixed` of JavaScript for `:.12f`, which is ignored")
NO_STRICT = Change(", strict=False", "", "no `strict` of `zip`")
JS_MATH = [
    Change("import math\n", "", "`Math` of JavaScript for `math`: no imports"),
    Change("math.pi", "Math.PI", ""),
    Change("math.sqrt", "Math.sqrt", ""),
]
TWO_SORTS = Change(
    "sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))",
    "sorted(sorted(counts.items(), key=lambda pair: pair[0]), key=lambda pair: -pair[1])",
    "two sorts for one by a tuple, which is compared as text",
)
TURNED = '[*words[number % 7 :], f"line{number % 5}", *words[: number % 7]]'
TURNED_LINE = f'            lines.append(" ".join({TURNED}).title())\n'
TURNED_LINES = """\
            turned = words[number % 7 :]
            turned.append(f"line{number % 5}")
            turned.extend(words[: number % 7])
            lines.append(" ".join([word.capitalize() for word in turned]))
"""
SHOWN = 'f"{word} {count}" for word, count in count_words(self._text)[:5]'

CHANGES: Mapping[tuple[str, str], Sequence[Change]] = {
    (TRANSCRYPT, "nbody"): [NO_DATACLASS, DIGITS],
    (TRANSCRYPT, "fannkuch"): [
        Change("[0] * size", "[0 for _ in range(size)]", "no list times a number, which is 0 or NaN"),
    ],
    (TRANSCRYPT, "spectral_norm"): [
        Change("[1.0] * size", "[1.0 for _ in range(size)]", "no list times a number, which is 0 or NaN"),
        NO_STRICT,
        DIGITS,
    ],
    (TRANSCRYPT, "word_count"): [
        Change(TURNED_LINE, TURNED_LINES, "no `*` in a list, which nests it; no `title`"),
        TWO_SORTS,
    ],
    (PSCRIPT, "nbody"): [Change("from dataclasses import dataclass\n", "", ""), NO_DATACLASS, *JS_MATH],
    (PSCRIPT, "spectral_norm"): [
        *JS_MATH[:1],
        *JS_MATH[2:],
        NO_STRICT,
        Change(
            "sum((item(j, i) * value for j, value in enumerate(vector)), 0.0)",
            "sum([item(j, i) * value for j, value in enumerate(vector)])",
            "`sum` of a list alone: no generator, no start",
        ),
    ],
    (PSCRIPT, "queens"): [
        Change("set()", "[]", "lists for sets"),
        Change(".add(", ".append(", ""),
        Change(".discard(", ".remove(", ""),
        Change("{found[0]}", "[{', '.join([str(column) for column in found[0]])}]", "the text of a list by hand"),
    ],
    (PSCRIPT, "word_count"): [
        Change(TURNED, 'words[number % 7 :] + [f"line{number % 5}"] + words[: number % 7]', "no `*` in a list"),
        Change(f'", ".join({SHOWN})', f'", ".join([{SHOWN}])', "no generator"),
        TWO_SORTS,
    ],
}  # fmt: skip


def changed(text: str, changes: Sequence[Change]) -> str:
    """The program with all of them. Raises ValueError for one that changes nothing any more."""
    for change in changes:
        if change.before not in text:
            raise ValueError(f"the program does not say {change.before!r} any more: bench/peers/changes.py")
        text = text.replace(change.before, change.after)
    return text
