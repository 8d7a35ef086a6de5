"""Characters and classes of characters in a literal."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from build.compiler.patterns.context import Context, Piece
from build.compiler.patterns.untranslatable import Untranslatable

LAST = 0x10FFFF
SYNTAX = "^$\\.*+?()[]{}|/"
ESCAPES = {"\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r"}
# What `\s` stands for: Python's own idea of white space.
SPACES = ((9, 13), (28, 32), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
          (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000))  # fmt: skip
ASCII_SPACES = ((9, 13), (32, 32))

Ranges = tuple[tuple[int, int], ...]


def _complement(ranges: Ranges) -> Ranges:
    edges = [-1, *(edge for pair in ranges for edge in pair), LAST + 1]
    return tuple((low + 1, high - 1) for low, high in zip(edges[::2], edges[1::2], strict=True))


NOT_SPACES = _complement(SPACES)
# What `\w` stands for without re.ASCII: what str.isalnum() says, which are these categories, and the underscore.
WORDS = "\\p{L}\\p{N}_"


def visit_LITERAL(code: int, context: Context) -> Piece:
    return _set(((code, code),), (), context)


def visit_NOT_LITERAL(code: int, context: Context) -> Piece:
    return _set(((code, code),), (), context, negated=True)


def visit_ANY(_: None, context: Context) -> Piece:
    return Piece("[^]" if context.flags & re.DOTALL else "[^\\n]", is_ascii=False)


def visit_IN(items: list[Any], context: Context) -> Piece:
    negated = items[0][0].name == "NEGATE"
    items = items[1 if negated else 0 :]
    categories = [value.name for op, value in items if op.name == "CATEGORY"]
    if _is_no_word(items, categories, context):
        negated = not negated
    ranges: list[tuple[int, int]] = []
    classes: list[str] = []
    for op, value in items:
        found = _category(value.name, context) if op.name == "CATEGORY" else None
        if isinstance(found, str):
            classes.append(found)
        else:
            ranges += found if found is not None else [value if op.name == "RANGE" else (value, value)]
    is_ascii = all(context.flags & re.ASCII and "NOT_" not in name for name in categories)
    return _set(_joined(ranges), tuple(classes), context, negated, is_ascii)


def _is_no_word(items: list[Any], categories: list[str], context: Context) -> bool:
    """`\\W` of all scripts, for which JavaScript has no single word; so it must stand alone."""
    if context.flags & re.ASCII or "CATEGORY_NOT_WORD" not in categories:
        return False
    if len(items) > 1:
        raise Untranslatable("\\W beside others in a class", "add re.ASCII, or write [^\\w...]")
    return True


def _category(name: str, context: Context) -> str | Ranges:
    """A class that JavaScript has, or ranges."""
    kind = name.removeprefix("CATEGORY_").removeprefix("NOT_")
    is_not = "NOT_" in name
    ascii_only = context.flags & re.ASCII != 0
    if kind == "SPACE":
        spaces = ASCII_SPACES if ascii_only else SPACES
        return _complement(spaces) if is_not else spaces
    if kind == "DIGIT" and not ascii_only:
        return "\\P{Nd}" if is_not else "\\p{Nd}"
    if not ascii_only:
        return WORDS
    letter = "d" if kind == "DIGIT" else "w"
    return f"\\{letter.upper() if is_not else letter}"


def _set(
    ranges: Ranges, classes: tuple[str, ...], context: Context, negated: bool = False, is_ascii: bool = True
) -> Piece:
    if _ignores_case(context) and not context.folds:
        ranges = _both_cases(ranges)
    return Piece(
        _class_text(ranges, classes, negated),
        is_ascii=is_ascii and not negated and all(high < 128 for _, high in ranges),
    )


def _class_text(ranges: Ranges, classes: tuple[str, ...], negated: bool) -> str:
    """`[...]`, without brackets where they are not needed."""
    if not negated and len(ranges) == 1 and len(classes) == 0 and ranges[0][0] == ranges[0][1]:
        return _char(ranges[0][0])
    if ranges == NOT_SPACES and not negated and len(classes) == 0:
        ranges, negated = SPACES, True
    if len(ranges) == 0 and len(classes) == 1 and classes[0] != WORDS:
        only = classes[0]
        return only[0] + only[1].swapcase() + only[2:] if negated else only
    shown = [_range(low, high) for low, high in ranges]
    # A hyphen stands last, where it needs no escape.
    body = "".join([*classes, *(item for item in shown if item != "-"), *(["-"] if "-" in shown else [])])
    return f"[{'^' if negated else ''}{chr(92) if body[:1] == '^' and not negated else ''}{body}]"


def _range(low: int, high: int) -> str:
    is_plain = chr(low).isalnum() and chr(high).isalnum()
    first, last = (_char(code, "\\]", low == high or code < 128 or is_plain) for code in (low, high))
    if low == high:
        return first
    return f"{_safe(first)}{'-' if high - low > 1 else ''}{_safe(last)}"


def _char(code: int, special: str = SYNTAX, may_show: bool = True) -> str:
    """One character as it stands, or escaped: in `special`, or where nobody would see what it is."""
    if 0xD800 <= code < 0xE000:
        raise Untranslatable("half of a surrogate pair", "write the character itself")
    char = chr(code)
    if char in special:
        return f"\\{char}"
    if char in ESCAPES:
        return ESCAPES[char]
    if may_show and char.isprintable() and unicodedata.category(char)[0] != "M":
        return char
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 0x10000 else f"\\u{{{code:x}}}"


def _ignores_case(context: Context) -> bool:
    if context.flags & re.IGNORECASE and not context.flags & re.ASCII:
        raise Untranslatable("re.IGNORECASE without re.ASCII", "add re.ASCII: other letters fold differently")
    return context.flags & re.IGNORECASE != 0


def _safe(shown: str) -> str:
    """A hyphen at the edge of a range."""
    return "\\-" if shown == "-" else shown


def _joined(ranges: list[tuple[int, int]]) -> Ranges:
    """Those that touch as one, in the order of their characters; as they stand where none do."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if len(found) > 0 and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(found if len(found) < len(ranges) else ranges)


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
