"""What Brython's parser reads otherwise than CPython, and is refused for that."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from build.compiler.errors import NotPython
from build.compiler.spans import Span, Spans

DEVIATION = "CW004"
SIMPLER = "write it in another, simpler way"  # where nobody knows yet why
LONE_BACKSLASH = re.compile(r"^[ \t\f]*(\\)$", re.M)
NAMED = re.compile(r"(?<!\\)(?:\\\\)*(\\)N\{")
ESCAPED_BRACE = re.compile(r"(?<!\\)(?:\\\\)*(\\)[{}]")
CONTINUED = re.compile(r"(?<!\\)(?:\\\\)*\\\n")
LEADING_ZEROS = re.compile(r"(?<![\w.])0[\d_]*[1-9][\d_]*[.ej]", re.I)
WHOLE_WITH_EXPONENT = re.compile(r"(?<![\w.])\d[\d_]*e[+-]?\d[\d_]*(?=\.)", re.I)
NOT_IN_A_FORMAT = re.compile(r"""['"\\\n]""")

# Where it stands, what it is and what to write instead.
Found = Iterator[tuple[int, str, str]]


def check_deviations(path: str, text: str) -> None:
    """Raises NotPython at the first of them. `text` is what CPython compiles."""
    spans = Spans(text)
    found = min((found for look in LOOKS for found in look(spans)), default=None)
    if found is not None:
        place, what, instead = found
        before = text[:place].split("\n")
        raise NotPython(path, len(before), len(before[-1]) + 1, what, DEVIATION, instead)


def _backslashes(spans: Spans) -> Found:
    for found in LONE_BACKSLASH.finditer(spans.text):
        if not any(span.holds(found.start(1)) for span in [*spans.strings, *spans.brackets]):
            yield found.start(1), "a backslash where a line begins", "put it behind the line before, or use brackets"


def _braces(spans: Spans) -> Found:
    for span in spans.f_strings:
        escaped = ESCAPED_BRACE.search(span.text)
        if "r" not in span.prefix and escaped is not None:
            yield span.first + escaped.start(1), "a backslash before a brace in an f-string", "write two backslashes"


def _form_feeds(spans: Spans) -> Found:
    for span in spans.f_strings if "\f" in spans.text else []:
        if "\f" in span.text:
            yield span.first + span.text.index("\f"), "a form feed inside an f-string", r"write \f"


def _names(spans: Spans) -> Found:
    for span in spans.f_strings if r"\N{" in spans.text else []:
        named = NAMED.search(span.text)
        if "r" not in span.prefix and named is not None:
            what = r"a character by its name, `\N{...}`, inside an f-string"
            yield span.first + named.start(1), what, r"write the character itself, or its number: \u2022"


def _numbers(spans: Spans) -> Found:
    """Up to Python 3.11 only the tree tells whether there are numbers inside of an f-string."""
    what, instead = "a number that begins with zeros", "leave them out"
    if LEADING_ZEROS.search(spans.text) is not None:
        for span in spans.numbers:
            if LEADING_ZEROS.match(span.text) is not None:
                yield span.first, what, instead
        for span in spans.f_strings:
            zeros = LEADING_ZEROS.search(span.text)
            if zeros is not None and any(isinstance(_constant(node), float | complex) for node in _walk(span)):
                yield span.first + zeros.start(), what, instead


def _attributes(spans: Spans) -> Found:
    what, instead = "an attribute right behind a whole number with an exponent", "write 1.0e3, or put it in brackets"
    if WHOLE_WITH_EXPONENT.search(spans.text) is not None:
        for span in spans.numbers:
            if WHOLE_WITH_EXPONENT.match(spans.text, span.first) is not None:
                yield span.first, what, instead
        for span in spans.f_strings:
            whole = WHOLE_WITH_EXPONENT.search(span.text)
            named = [node.value for node in _walk(span) if isinstance(node, ast.Attribute)]
            if whole is not None and any(isinstance(_constant(value), float) for value in named):
                yield span.first + whole.start(), what, instead


def _formats(spans: Spans) -> Found:
    for span in spans.f_strings:
        nodes = [node for node in _walk(span) if isinstance(node, ast.FormattedValue)]
        forms = [node.format_spec for node in nodes if isinstance(node.format_spec, ast.JoinedStr)]
        parts = [_constant(part) for form in forms for part in form.values]
        if any(isinstance(part, str) and NOT_IN_A_FORMAT.search(part) is not None for part in parts):
            what = "a quote, a backslash or a line's end in the format of an f-string"
            yield span.first, what, "write it before or behind the braces"
        elif len(forms) > 0 and _goes_on(span):
            what = "a line continued inside an f-string that has a format"
            yield span.first, what, "end the text there, and go on with another in the next line"


LOOKS: list[Callable[[Spans], Found]] = [_backslashes, _braces, _form_feeds, _names, _numbers, _attributes, _formats]


def _goes_on(literal: Span) -> bool:
    """In the next line. From Python 3.12 on one without three quotes may, between its braces."""
    return CONTINUED.search(literal.text) is not None or ("\n" in literal.text and not literal.is_triple)


def _walk(literal: Span) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(literal.text, mode="eval"))


def _constant(node: ast.AST) -> object:
    return node.value if isinstance(node, ast.Constant) else None
