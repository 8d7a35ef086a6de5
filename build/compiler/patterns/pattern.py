"""Regular expressions of Python as JavaScript literals: parsed by CPython's own parser, printed anew from its tree.

The literal finds the same texts, or there is none. Refused is what ES2018 cannot say (lookbehind is too new for Safari
14) and what it says with another meaning: groups inside a repeat (JavaScript empties them at each turn) and repeats of
what may be empty (JavaScript does not take an empty turn).
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from itertools import accumulate
from typing import Any

from build.compiler.depth import DEPTH
from build.compiler.patterns.context import Context
from build.compiler.patterns.printer import whole
from build.compiler.patterns.untranslatable import Untranslatable

# The parser has been here since 3.11, and says itself that it is not public: this is all that is used of it.
PARSER: Any = import_module("re._parser")
FLAGS = {"ASCII", "A", "IGNORECASE", "I", "DOTALL", "S", "MULTILINE", "M", "VERBOSE", "X", "UNICODE", "U", "NOFLAG"}
# Methods by the form of the literal they need.
FORMS = {"fullmatch": "full", "match": "start", "search": "any", "findall": "all", "sub": "all", "split": "all"}


@dataclass(eq=False)
class Pattern:
    """A pattern of the program. `always` are the groups that every match has, `forms` those of FORMS in use."""

    text: str
    flags: int = 0
    names: dict[str, int] = field(init=False)
    count: int = field(init=False)
    always: frozenset[int] = field(init=False)
    may_be_empty: bool = field(init=False)
    forms: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        tree = parsed(self.text, self.flags)
        self.names = dict(tree.state.groupdict)
        self.count = tree.state.groups - 1
        self.may_be_empty = tree.getwidth()[0] == 0
        self.always = _written(self.text, self.flags, "any")[1]

    def literal(self, form: str) -> str:
        """`/.../u` for one of FORMS' forms."""
        return _written(self.text, self.flags, form)[0]

    def group(self, key: object) -> int | None:
        """The number of a group by its number or name, None when there is none."""
        number = self.names.get(key) if isinstance(key, str) else key
        return number if type(number) is int and 0 <= number <= self.count else None


@cache
def parsed(text: str, flags: int) -> Any:
    if _groups_inside(text) > DEPTH:
        raise Untranslatable(f"more than {DEPTH} groups inside each other", "match apart")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return PARSER.parse(text, flags)
        except (re.error, OverflowError, Warning) as error:
            raise Untranslatable(
                f"a pattern that CPython objects to ({error})", "see the page about re in Python's own documentation"
            ) from None


def _groups_inside(text: str) -> int:
    """How many at most: a bracket that stands for itself counts too."""
    return max(accumulate({"(": 1, ")": -1}.get(char, 0) for char in text), default=0)


@cache
def _written(text: str, flags: int, form: str) -> tuple[str, frozenset[int]]:
    """The literal, and the groups that always match."""
    tree = parsed(text, flags)
    known = tree.state.flags
    if known & re.MULTILINE:
        raise Untranslatable("re.MULTILINE", "split the lines first: JavaScript begins one after \\r too")
    folds = known & re.IGNORECASE != 0
    found = whole(tree, form, Context(known, folds))
    if folds and not found.is_ascii:
        # Without its flag `u`, JavaScript's `i` knows ASCII as re.ASCII does, but halves what is beyond 16 bits.
        folds = False
        found = whole(tree, form, Context(known, folds))
    return f"/{found.text}/{'g' if form == 'all' else ''}{'i' if folds else 'u'}", found.seen
