"""Regular expressions of Python as JavaScript literals: parsed by CPython's own parser, printed anew from its tree.

The literal finds the same texts, or there is none. Refused is what ES2018 cannot say (lookbehind is too new for Safari
14) and what it says with another meaning: groups inside a repeat (JavaScript empties them at each turn) and repeats of
what may be empty (JavaScript does not take an empty turn).
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

# The parser has been here since 3.11, and says itself that it is not public: this is all that is used of it.
PARSER: Any = import_module("re._parser")
FLAGS = {"ASCII", "A", "IGNORECASE", "I", "DOTALL", "S", "MULTILINE", "M", "VERBOSE", "X", "UNICODE", "U", "NOFLAG"}
TYPES = re.ASCII | re.UNICODE | re.LOCALE
UNLIMITED: int = import_module("re._constants").MAXREPEAT
LAST = 0x10FFFF
SYNTAX = "^$\\.*+?()[]{}|/"
ESCAPES = {"\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r"}
# What `\s` stands for: Python's own idea of white space.
SPACES = ((9, 13), (28, 32), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
          (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000))  # fmt: skip
ASCII_SPACES = ((9, 13), (32, 32))
GREEDY = {(0, 1): "?", (0, UNLIMITED): "*", (1, UNLIMITED): "+"}
BEGINNINGS, ENDS = ("AT_BEGINNING", "AT_BEGINNING_STRING"), ("AT_END", "AT_END_STRING")
# Methods by the form of the literal they need.
FORMS = {"fullmatch": "full", "match": "start", "search": "any", "findall": "all", "sub": "all", "split": "all"}

Ranges = tuple[tuple[int, int], ...]


class Untranslatable(Exception):
    """This pattern has no exact equal; the arguments are what, and what to write instead."""


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
        _, found = _written(self.text, self.flags, "any")
        self.always = frozenset(found)

    def literal(self, form: str) -> str:
        """`/.../u` for one of FORMS' forms."""
        return _written(self.text, self.flags, form)[0]

    def group(self, key: object) -> int | None:
        """The number of a group by its number or name, None when there is none."""
        number = self.names.get(key) if isinstance(key, str) else key
        return number if type(number) is int and 0 <= number <= self.count else None


@cache
def parsed(text: str, flags: int) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return PARSER.parse(text, flags)
        except (re.error, OverflowError, Warning) as error:
            raise Untranslatable(
                f"a pattern that CPython objects to ({error})", "see the page about re in Python's own documentation"
            ) from None


@cache
def _written(text: str, flags: int, form: str) -> tuple[str, set[int]]:
    """The literal, and the groups that always match."""
    tree = parsed(text, flags)
    known = tree.state.flags
    if known & re.MULTILINE:
        raise Untranslatable("re.MULTILINE", "split the lines first: JavaScript begins one after \\r too")
    shown = Printer(known, folds=known & re.IGNORECASE != 0)
    body = shown.whole(tree, form)
    if shown.folds and not shown.only_ascii:
        # Without its flag `u`, JavaScript's `i` knows ASCII as re.ASCII does, but halves what is beyond 16 bits.
        shown = Printer(known, folds=False)
        body = shown.whole(tree, form)
    return f"/{body}/{'g' if form == 'all' else ''}{'i' if shown.folds else 'u'}", shown.seen


class Printer:
    """One method per node of the parser's tree. With `folds` the literal gets the flag `i`."""

    def __init__(self, flags: int, folds: bool) -> None:
        self.flags = flags
        self.folds = folds
        self.only_ascii = True
        self.inside: list[str] = []
        self.seen: set[int] = set()

    def whole(self, tree: Any, form: str) -> str:
        """The pattern with the anchors that the form asks for."""
        items = list(tree)
        start = "^" if form in ("full", "start") else ""
        end = "$" if form == "full" else ""
        while start != "" and len(items) > 0 and _is_at(items[0], BEGINNINGS):
            items = items[1:]
        while end != "" and len(items) > 0 and _is_at(items[-1], ENDS):
            items = items[:-1]
        body = self.sequence(items, alone=start == "" and end == "")
        return start + body + end if start + body + end != "" else "(?:)"

    def sequence(self, items: list[Any], alone: bool = False) -> str:
        """Nodes one after the other; `alone` where an alternative needs no group around it."""
        text = ""
        for op, value in items:
            method = getattr(self, f"_{op.name.lower()}", None)
            if method is None:
                what, advice = REFUSED.get(op.name, (op.name, "write it with what the page of the subset lists"))
                raise Untranslatable(what, advice)
            piece: str = method(value)
            if op.name == "BRANCH" and not (alone and len(items) == 1):
                piece = f"(?:{piece})"
            if piece[:1].isdigit() and re.search(r"(^|[^\\])(\\\\)*\\\d+$", text):
                piece = f"[{piece[0]}]{piece[1:]}"  # or it would belong to the number of the group
            text += piece
        return text

    # Characters

    def _literal(self, code: int) -> str:
        return self._set(((code, code),), ())

    def _not_literal(self, code: int) -> str:
        return self._set(((code, code),), (), negated=True)

    def _any(self, _: None) -> str:
        self.only_ascii = False
        return "[^]" if self.flags & re.DOTALL else "[^\\n]"

    def _in(self, items: list[Any]) -> str:
        negated = items[0][0].name == "NEGATE"
        ranges: list[tuple[int, int]] = []
        classes: list[str] = []
        for op, value in items[1 if negated else 0 :]:
            if op.name == "LITERAL":
                ranges.append((value, value))
            elif op.name == "RANGE":
                ranges.append(value)
            else:
                found = self._category(value.name)
                if isinstance(found, str):
                    classes.append(found)
                else:
                    ranges += found
        return self._set(tuple(ranges), tuple(classes), negated)

    def _category(self, name: str) -> str | Ranges:
        """A class that JavaScript has, or ranges."""
        kind = name.removeprefix("CATEGORY_").removeprefix("NOT_")
        is_not = "NOT_" in name
        ascii_only = self.flags & re.ASCII != 0
        self.only_ascii = self.only_ascii and ascii_only and not is_not
        if kind == "SPACE":
            spaces = ASCII_SPACES if ascii_only else SPACES
            return _complement(spaces) if is_not else spaces
        if kind == "DIGIT" and not ascii_only:
            return "\\P{Nd}" if is_not else "\\p{Nd}"
        if not ascii_only:
            raise Untranslatable("\\w", "add re.ASCII, or write the letters you mean as a class")
        letter = "d" if kind == "DIGIT" else "w"
        return f"\\{letter.upper() if is_not else letter}"

    def _set(self, ranges: Ranges, classes: tuple[str, ...], negated: bool = False) -> str:
        """`[...]`, without brackets where they are not needed."""
        if self._ignores_case() and not self.folds:
            ranges = _both_cases(ranges)
        self.only_ascii = self.only_ascii and not negated and all(high < 128 for _, high in ranges)
        if not negated and len(ranges) == 1 and len(classes) == 0 and ranges[0][0] == ranges[0][1]:
            return self.char(ranges[0][0])
        if ranges == NOT_SPACES and not negated and len(classes) == 0:
            ranges, negated = SPACES, True
        if len(ranges) == 0 and len(classes) == 1:
            only = classes[0]
            flipped = only[0] + (only[1].lower() if only[1].isupper() else only[1].upper()) + only[2:]
            return flipped if negated else only
        shown = [self._range(low, high) for low, high in ranges]
        # A hyphen stands last, where it needs no escape.
        body = "".join([*classes, *(item for item in shown if item != "-"), *(["-"] if "-" in shown else [])])
        return f"[{'^' if negated else ''}{chr(92) if body[:1] == '^' and not negated else ''}{body}]"

    def _range(self, low: int, high: int) -> str:
        is_plain = chr(low).isalnum() and chr(high).isalnum()
        first, last = (self.char(code, "\\]", low == high or code < 128 or is_plain) for code in (low, high))
        if low == high:
            return first
        return f"{_safe(first)}{'-' if high - low > 1 else ''}{_safe(last)}"

    def char(self, code: int, special: str = SYNTAX, may_show: bool = True) -> str:
        """One character as it stands, or escaped: in `special`, or where nobody would see what it is."""
        if 0xD800 <= code < 0xE000:
            raise Untranslatable("half of a surrogate pair", "write the character itself")
        self.only_ascii = self.only_ascii and code < 128
        char = chr(code)
        if char in special:
            return f"\\{char}"
        if char in ESCAPES:
            return ESCAPES[char]
        if may_show and char.isprintable() and unicodedata.category(char)[0] != "M":
            return char
        return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 0x10000 else f"\\u{{{code:x}}}"

    def _ignores_case(self) -> bool:
        if self.flags & re.IGNORECASE and not self.flags & re.ASCII:
            raise Untranslatable("re.IGNORECASE without re.ASCII", "add re.ASCII: other letters fold differently")
        return self.flags & re.IGNORECASE != 0

    # Structure

    def _branch(self, value: tuple[None, list[Any]]) -> str:
        before = set(self.seen)
        found: list[set[int]] = []
        shown: list[str] = []
        for alternative in value[1]:
            self.seen = set(before)
            shown.append(self.sequence(list(alternative)))
            found.append(self.seen)
        self.seen = set.intersection(*found)
        return "|".join(shown)

    def _subpattern(self, value: tuple[int | None, int, int, Any]) -> str:
        group, added, dropped, tree = value
        if group is not None and len(self.inside) > 0:
            raise Untranslatable(f"a group inside {self.inside[-1]}", "write (?:...), and a group around the whole")
        saved = self.flags
        self.flags = ((saved & ~TYPES if added & TYPES else saved) | added) & ~dropped
        if (self.flags ^ saved) & re.IGNORECASE:
            self.only_ascii = False
        body = self.sequence(list(tree), alone=True)
        self.flags = saved
        if group is None:
            return f"(?:{body})" if len(tree) == 1 and tree[0][0].name == "BRANCH" else body
        self.seen.add(group)
        return f"({body})"

    def _max_repeat(self, value: tuple[int, int, Any], lazy: str = "") -> str:
        low, high, tree = value
        if tree.getwidth()[0] == 0:
            raise Untranslatable("a repeat of what may be empty", "take the inner ? or * away")
        low, high = int(low), int(high)
        before = set(self.seen)
        if high > 1:
            self.inside.append("a repeat")
        piece = self.sequence(list(tree), alone=True)
        if high > 1:
            self.inside.pop()
        if low == 0:
            self.seen = before
        if not _is_one(tree):
            piece = f"(?:{piece})"
        if (low, high) == (1, 1):
            return piece
        count = f"{{{low}}}" if low == high else f"{{{low},{'' if high == UNLIMITED else high}}}"
        return piece + GREEDY.get((low, high), count) + lazy

    def _min_repeat(self, value: tuple[int, int, Any]) -> str:
        return self._max_repeat(value, "?")

    def _assert(self, value: tuple[int, Any], sign: str = "=") -> str:
        direction, tree = value
        if direction < 0:
            raise Untranslatable("lookbehind", "match what stands before in a group: Safari 14 has none")
        self.inside.append("a lookahead")
        body = self.sequence(list(tree), alone=True)
        self.inside.pop()
        return f"(?{sign}{body})"

    def _assert_not(self, value: tuple[int, Any]) -> str:
        return self._assert(value, "!")

    def _failure(self, _: tuple[()]) -> str:
        return "[]"

    def _groupref(self, group: int) -> str:
        if self.flags & re.IGNORECASE:
            raise Untranslatable("a group called back with re.IGNORECASE", "compare the texts afterwards")
        if group not in self.seen:
            raise Untranslatable("a group called back that may not have matched", "let the group always match")
        self.only_ascii = False
        return f"\\{group}"

    def _at(self, value: Any) -> str:
        name: str = value.name
        if name in BEGINNINGS:
            return "^"
        if name == "AT_END":
            return "(?=\\n?$)"
        if name == "AT_END_STRING":
            return "$"
        if name != "AT_BOUNDARY":
            raise Untranslatable("\\B", "say what stands there: CPython 3.14 changed it")
        if not self.flags & re.ASCII:
            raise Untranslatable("\\b", "add re.ASCII, or say what stands there")
        return "\\b"


REFUSED = {
    "ATOMIC_GROUP": ("(?>...)", "JavaScript has no atomic groups"),
    "POSSESSIVE_REPEAT": ("a possessive repeat", "JavaScript has none: make what follows begin otherwise"),
    "GROUPREF_EXISTS": ("(?(1)...)", "write the alternatives out"),
}


def _is_at(item: Any, names: tuple[str, ...]) -> bool:
    return item[0].name == "AT" and item[1].name in names


def _is_one(tree: Any) -> bool:
    """Does a quantifier after this mean the whole of it?"""
    if len(tree) != 1:
        return False
    op, value = tree[0]
    return op.name in ("LITERAL", "NOT_LITERAL", "ANY", "IN") or (op.name == "SUBPATTERN" and value[0] is not None)


def _safe(shown: str) -> str:
    """A hyphen at the edge of a range."""
    return "\\-" if shown == "-" else shown


def _complement(ranges: Ranges) -> Ranges:
    edges = [-1, *(edge for pair in ranges for edge in pair), LAST + 1]
    return tuple((low + 1, high - 1) for low, high in zip(edges[::2], edges[1::2], strict=True))


NOT_SPACES = _complement(SPACES)


def _both_cases(ranges: Ranges) -> Ranges:
    """The same ranges with the other case of their ASCII letters behind each."""
    found: list[tuple[int, int]] = []
    for low, high in ranges:
        found.append((low, high))
        for first, last, shift in ((65, 90, 32), (97, 122, -32)):
            start, end = max(low, first) + shift, min(high, last) + shift
            if start <= end and not (low <= start and end <= high):
                found.append((start, end))
    return tuple(dict.fromkeys(found))
