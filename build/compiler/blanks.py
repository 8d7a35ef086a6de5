"""What Brython's tokenizer reads otherwise: form feeds, backslashes that begin lines, names and quotes in f-strings."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field

from build.compiler.errors import NotPython

WHITE_SPACE = "CW004"
FORM_FEED = re.compile("\f")
LONE_BACKSLASH = re.compile(r"^[ \t\f]*(\\)$", re.M)
LEADING = re.compile(r"[ \t\f]*\f")
NAMED = re.compile(r"(?<!\\)(?:\\\\)*(\\)N\{")
PREFIX = re.compile("[a-z]*", re.I)
FORMATTED = re.compile(r"""f[r]?["'].*:.*["']""", re.I)  # worth a look


@dataclass(frozen=True)
class Unfed:
    """A text without form feeds between its tokens; `cut` has by line how many columns its beginning lost."""

    text: str
    cut: dict[int, int] = field(default_factory=dict)


def check_blanks(path: str, text: str) -> None:
    r"""Raises NotPython for a line that begins with a backslash; in f-strings for form feeds, `\N{...}` and quotes."""
    for found in LONE_BACKSLASH.finditer(text):
        if not any(first < found.start(1) < last for first, last in [*_texts(text), *_brackets(text)]):
            raise _refused(path, text, found.start(1), "a backslash where a line begins")
    for first, last in _texts(text) if "\f" in text or "\\N" in text else []:
        prefix = PREFIX.match(text[first:last])
        kind = prefix[0].lower() if prefix is not None else ""
        fed = FORM_FEED.search(text, first, last)
        named = NAMED.search(text, first, last)
        if "f" in kind and fed is not None:
            raise _refused(path, text, fed.start(), "a form feed inside an f-string")
        if "f" in kind and "r" not in kind and named is not None:
            raise _refused(path, text, named.start(1), r"a character by its name, `\N{...}`, inside an f-string")
    for node in ast.walk(ast.parse(text)) if FORMATTED.search(text) is not None else []:
        if isinstance(node, ast.FormattedValue) and _has_quotes(node.format_spec):
            raise NotPython(path, node.lineno, 1, "quotes beside a value in the format of an f-string", WHITE_SPACE)


def _has_quotes(form: ast.expr | None) -> bool:
    """Brython takes them for the ends of texts where a value stands beside them."""
    parts = form.values if isinstance(form, ast.JoinedStr) else []
    texts = "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
    return len(parts) > 1 and ("'" in texts or '"' in texts)


def unfed(text: str) -> Unfed:
    """A form feed is a blank; where a line begins it also takes back what stands before it."""
    if "\f" not in text:
        return Unfed(text)
    kept = {place for first, last in _texts(text) for place in range(first, last)}
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


def _refused(path: str, text: str, place: int, what: str) -> NotPython:
    before = text[:place].split("\n")
    return NotPython(path, len(before), len(before[-1]) + 1, what, WHITE_SPACE)


def _texts(text: str) -> list[tuple[int, int]]:
    """From where to where strings and comments reach. From Python 3.12 on an f-string has tokens of its parts."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for kind, _, first, last in _tokens(text):
        name = tokenize.tok_name[kind]
        if name in ("STRING", "COMMENT"):
            found.append((first, last))
        elif name.endswith("STRING_START"):
            opened.append(first)
        elif name.endswith("STRING_END"):
            found.append((opened.pop(), last))
    return found


def _brackets(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for kind, string, first, last in _tokens(text):
        if kind == tokenize.OP and string in "([{":
            opened.append(first)
        elif kind == tokenize.OP and string in ")]}" and len(opened) > 0:
            found.append((opened.pop(), last))
    return found


def _tokens(text: str) -> Iterator[tuple[int, str, int, int]]:
    """Kind, text, start and end of each. `text` is what CPython compiles, so the tokenizer may not complain."""
    starts = [0, *(found.end() for found in re.finditer("\n", text)), len(text)]
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        first, last = (starts[min(line, len(starts)) - 1] + column for line, column in (token.start, token.end))
        yield token.type, token.string, first, last
