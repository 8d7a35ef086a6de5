"""What may differ: each with the words of docs/PYTHON_SUBSET.md that name it."""

from __future__ import annotations

import re
from dataclasses import dataclass

TEXT = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
SET = re.compile(r"\{([^{}:]+)\}")
OBJECT = re.compile(r"<stranger\.[\w.<>]+ object at 0x[0-9a-f]+>")
MARK = re.compile("\0(\\d+)\0")


@dataclass(frozen=True)
class Named:
    """Where `pattern` finds "program, new line, statement" the sides may differ; `words` on the page say why."""

    pattern: str
    words: str
    never_ends: bool = False


NAMED = (
    Named(r"\.test_mutating_iteration_delete\w*\n", "or that is as long as before at each turn", never_ends=True),
    Named(r"\.(capitalize|isprintable)\(\)|repr\('\\U000", "as are the letters that Unicode got since"),
    Named(
        r"test_float_containment\n|in \[nan\]",
        "`in` finds any NaN in a list that holds one, and `count`, `index` and `==` of lists find none",
    ),
    Named(r"\.test_(recursive_)?repr\w*\n", "so does the text of what holds itself"),
    Named(r"in str\(e\)|test_unicode_change_attributes\n", "messages of built-in errors have other words"),
    Named(r"pow\(-1, ", "as does a negative number to the power of a fraction"),
    Named(r"round\(.*, -?3\d\d\)", "`round` to more than 100 digits ends in RangeError"),
    Named(r"int\('0\d+', 0\)", "`int(text, 0)` takes leading zeros"),
    Named(r"case \{Keys\.KEY: y, 'a': z\}", "a mapping pattern may have two dotted keys of one value"),
)
# What `plain` takes out of the lines.
PRINTED = (
    "`hash` order of sets",
    "a bytearray prints as bytes",
    "an object without a text of its own prints as `<object>` where it stands in another",
)


def plain(line: str) -> str:
    """A printed line with its sets in one order and one form. What stands in texts is left alone."""
    line = OBJECT.sub("<object>", line)
    texts = TEXT.findall(line)
    numbers = iter(range(len(texts)))
    bare = TEXT.sub(lambda _: f"\0{next(numbers)}\0", line)
    bare = re.sub(r"bytearray\((b\0\d+\0)\)", r"\1", bare)

    def ordered(found: re.Match[str]) -> str:
        items = [MARK.sub(lambda mark: texts[int(mark[1])], item) for item in found[1].split(", ")]
        texts.append("{" + ", ".join(sorted(items)) + "}")
        return f"\0{len(texts) - 1}\0"

    bare = SET.sub(ordered, bare)
    while MARK.search(bare) is not None:
        bare = MARK.sub(lambda mark: texts[int(mark[1])], bare)
    return bare


def why(program: str, statement: str) -> Named | None:
    return next((named for named in NAMED if re.search(named.pattern, f"{program}\n{statement}") is not None), None)


def never_ends(program: str) -> bool:
    """Is it named that this program does not end when compiled?"""
    named = why(program, "")
    return named is not None and named.never_ends
