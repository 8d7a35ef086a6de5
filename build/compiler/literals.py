"""Values of literals from their spelling, by CPython's own rules."""

from __future__ import annotations

import ast
import re
import warnings

# The driver writes a literal as \x01 hex \x02; adjacent literals stand side by side.
PIECE = re.compile("\x01([0-9a-f]*)\x02")
ESCAPED = re.compile(r"\\(.)|(\")", re.DOTALL)


class Unreadable(Exception):
    """A literal that CPython refuses, such as a truncated escape."""


def read_number(spelling: str) -> int | float | complex:
    value = _evaluate(spelling)
    assert isinstance(value, int | float | complex)
    return value


def read_bytes(spelling: str) -> bytes:
    parts = [_evaluate(_spelled(piece)) for piece in PIECE.findall(spelling)]
    assert all(isinstance(part, bytes) for part in parts)
    return b"".join(part for part in parts if isinstance(part, bytes))


def read_text(spelling: str) -> str:
    """The text, whatever its prefixes: the tree does not tell "u".

    Between literals stands the text of an f-string, still escaped, for which the parser uses JavaScript's
    escapes: those are also Python's.
    """
    parts: list[str] = []
    end = 0
    for match in PIECE.finditer(spelling):
        parts += [_unescape(spelling[end : match.start()]), str(_evaluate(_spelled(match[1])))]
        end = match.end()
    parts.append(_unescape(spelling[end:]))
    return "".join(parts)


def _spelled(piece: str) -> str:
    return bytes.fromhex(piece).decode("utf-8")


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    quoted = ESCAPED.sub(lambda match: match[0] if match[2] is None else '\\"', text)
    return str(_evaluate(f'"""{quoted}"""'))


def _evaluate(literal: str) -> object:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes that Python will refuse one day
            return ast.literal_eval(literal)
    except (SyntaxError, ValueError) as error:
        message = error.msg if isinstance(error, SyntaxError) else str(error)
        raise Unreadable(message or "this literal is not readable") from None
