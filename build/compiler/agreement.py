"""That both parsers made one tree: where they did not, and `deviations.py` does not know why, a text is refused."""

from __future__ import annotations

import ast
from itertools import zip_longest

from build.compiler.depth import room
from build.compiler.deviations import DEVIATION, SIMPLER
from build.compiler.errors import NotPython
from build.compiler.python_tree import python_tree

PLACES = ("lineno", "col_offset", "end_lineno", "end_col_offset")
NO_MATTER = "kind"  # whether a text said u"..."


def check_agreement(path: str, text: str, tree: ast.Module) -> None:
    """Raises NotPython at the first statement of `tree` that CPython reads otherwise."""
    with room():
        for ours, theirs in zip_longest(tree.body, python_tree(text).body):
            if not _same(ours, theirs, True):
                found = theirs or ours
                raise NotPython(path, found.lineno, found.col_offset + 1, "this statement", DEVIATION, SIMPLER)


def _same(ours: object, theirs: object, is_placed: bool) -> bool:
    """CPython's own places inside an f-string vary by version, so they are not compared."""
    if type(ours) is not type(theirs):
        return False
    if isinstance(ours, list) and isinstance(theirs, list):
        pairs = zip(ours, theirs, strict=False)
        return len(ours) == len(theirs) and all(_same(one, other, is_placed) for one, other in pairs)
    if not isinstance(ours, ast.AST):
        return ours == theirs
    inside = is_placed and not isinstance(ours, ast.JoinedStr)
    parts = (name for name in ours._fields if name != NO_MATTER)
    return (not is_placed or _attributes(ours, PLACES) == _attributes(theirs, PLACES)) and all(
        _same(getattr(ours, name, None), getattr(theirs, name, None), inside) for name in parts
    )


def _attributes(node: object, names: tuple[str, ...]) -> list[object]:
    return [getattr(node, name, None) for name in names]
