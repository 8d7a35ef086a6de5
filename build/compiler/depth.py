"""How deep expressions and statements nest: no deeper than the phases can follow."""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from build.compiler.errors import NotPython
from build.compiler.python_tree import python_tree

DEPTH = 200  # inside each other; CPython itself ends at 200 brackets and 100 indents
TOO_DEEP = "CW003"
FRAMES = 5_000  # ten calls of a phase for each of them, and twice that to spare


@contextmanager
def room() -> Iterator[None]:
    """Lets the phases recurse as deep as `DEPTH` asks."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def too_deep(path: str, text: str) -> NotPython:
    """The refusal of a text that nests too deeply, at the first place that does, if a tree can be made at all."""
    try:
        node = first_too_deep(python_tree(text))
    except (RecursionError, MemoryError):
        node = None
    line, column = _busiest_line(text) if node is None else (node.lineno, _column(text, node))
    return NotPython(path, line, column, str(DEPTH), TOO_DEEP)


def first_too_deep(tree: ast.Module) -> ast.expr | ast.stmt | None:
    waiting: list[tuple[ast.AST, int]] = [(tree, 0)]
    while len(waiting) > 0:
        node, depth = waiting.pop()
        if isinstance(node, ast.expr | ast.stmt):
            depth += 1
            if depth > DEPTH:
                return node
        waiting += [(child, depth) for child in reversed(list(ast.iter_child_nodes(node)))]
    return None


def _column(text: str, node: ast.expr | ast.stmt) -> int:
    line = text.split("\n")[node.lineno - 1]
    return len(line.encode()[: node.col_offset].decode("utf-8", "replace")) + 1


def _busiest_line(text: str) -> tuple[int, int]:
    """Where the statement with the most operators begins."""
    counts: Counter[tuple[int, int]] = Counter()
    start: tuple[int, int] | None = None
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.NEWLINE:
                start = None
            elif token.type == tokenize.OP or token.string in ("not", "lambda", "if"):
                start = start or token.start
                counts[start] += 1
            elif token.type not in (tokenize.INDENT, tokenize.DEDENT, tokenize.NL, tokenize.COMMENT):
                start = start or token.start
    except (tokenize.TokenError, SyntaxError):
        pass  # the parser gave up before this place
    found = counts.most_common(1)
    return (found[0][0][0], found[0][0][1] + 1) if len(found) > 0 else (1, 1)
