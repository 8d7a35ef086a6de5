"""The standard `ast` tree that an answer of Brython's parser holds."""

from __future__ import annotations

import ast
import json
import unicodedata
from typing import Any

from build.compiler.depth import DEPTH, room, too_deep
from build.compiler.deviations import DEVIATION, SIMPLER
from build.compiler.errors import NotPython
from build.compiler.form_feeds import unfed
from build.compiler.literals import Unreadable, read_bytes, read_number, read_text

OUT_OF_STACK = "Maximum call stack size exceeded"
NAMED_CONSTANTS = {"None": None, "True": True, "False": False, "Ellipsis": ...}


class _TooDeep(Exception):
    """The tree is deeper than the phases follow."""


def read_tree(path: str, text: str, answer: str) -> ast.Module:
    """Raises NotPython for what Brython refuses, though CPython takes it, and for what nests too deeply."""
    try:
        with room():
            return _tree(path, text, json.loads(answer))
    except (RecursionError, _TooDeep):  # the place is looked for in the room that CPython's own tree has
        raise too_deep(path, text) from None


def _tree(path: str, text: str, answer: dict[str, Any]) -> ast.Module:
    if answer.get("error") == OUT_OF_STACK:
        raise _TooDeep
    if "error" in answer:
        raise NotPython(path, answer["line"], answer["column"], answer["error"], DEVIATION, SIMPLER)
    tree = _Builder(path, text).build(answer["tree"])
    assert isinstance(tree, ast.Module)
    return tree


class _Builder:
    """Makes `ast` objects from the driver's JSON; columns become UTF-8 bytes as CPython counts them."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.cut = unfed(text).cut

    def build(self, value: Any, depth: int = 0) -> Any:
        """`depth` counts the expressions and statements around."""
        if isinstance(value, list):
            return [self.build(item, depth) for item in value]
        if isinstance(value, str):
            return value if value.isascii() else unicodedata.normalize("NFKC", value)  # names, as CPython reads them
        if not isinstance(value, dict):
            return value
        return self._node(value, depth)

    def _node(self, data: dict[str, Any], depth: int) -> ast.AST:
        kind = getattr(ast, data["_"], None)
        if kind is None or data.get("is_lazy"):
            raise self._problem(data, f"this syntax is newer than the compiler knows ({data['_']})")
        depth += issubclass(kind, ast.expr | ast.stmt)
        if depth > DEPTH:
            raise _TooDeep
        return self._constant(data) if kind is ast.Constant else self._branch(kind, data, depth)

    def _branch(self, kind: type[ast.AST], data: dict[str, Any], depth: int) -> ast.AST:
        fields = {name: self.build(data[name], depth) for name in kind._fields if name in data}
        node: ast.AST = kind(**fields)
        if "type_params" in kind._fields and not hasattr(node, "type_params"):
            node.type_params = []  # type: ignore[attr-defined]
        if isinstance(node, ast.JoinedStr):
            node.values = _without_empty(node.values)
        self._place(node, data)
        if isinstance(node, ast.JoinedStr):
            _keep_inside(node)
        return node

    def _constant(self, data: dict[str, Any]) -> ast.Constant:
        spelling: dict[str, str] = data["value"]
        try:
            node = ast.Constant(self._value(spelling))
        except Unreadable as error:
            raise self._problem(data, str(error)) from None
        self._place(node, data)
        return node

    def _value(self, spelling: dict[str, str]) -> Any:
        if "name" in spelling:
            return NAMED_CONSTANTS[spelling["name"]]
        if "number" in spelling:
            return read_number(spelling["number"])
        if "bytes" in spelling:
            return read_bytes(spelling["bytes"])
        return read_text(spelling["text"])

    def _place(self, node: ast.AST, data: dict[str, Any]) -> None:
        at = data.get("at")
        if at is None or "lineno" not in node._attributes:
            return
        node.lineno = at[0]  # type: ignore[attr-defined]
        node.col_offset = self._bytes_before(at[0], at[1])  # type: ignore[attr-defined]
        node.end_lineno = at[2]  # type: ignore[attr-defined]
        node.end_col_offset = self._bytes_before(at[2], at[3])  # type: ignore[attr-defined]

    def _bytes_before(self, line: int, units: int) -> int:
        """UTF-16 units from the line's start, as the parser counts, to UTF-8 bytes."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        units += self.cut.get(line, 0)
        if text.isascii():
            return units
        before = text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "replace")
        return len(before.encode("utf-8"))

    def _problem(self, data: dict[str, Any], message: str) -> NotPython:
        line, column = data["at"][:2] if "at" in data else (1, 0)
        return NotPython(self.path, line, column + 1, message)


def _without_empty(values: list[ast.expr]) -> list[ast.expr]:
    """CPython leaves no empty text in an f-string, and flattens the two parts of `{x=}`."""
    flat: list[ast.expr] = []
    for value in values:
        for part in value.values if isinstance(value, ast.JoinedStr) else [value]:
            if not isinstance(part, ast.Constant):
                flat.append(part)
            elif part.value != "" and len(flat) > 0 and isinstance(flat[-1], ast.Constant):
                flat[-1] = ast.copy_location(ast.Constant(str(flat[-1].value) + str(part.value)), flat[-1])
            elif part.value != "":
                flat.append(part)
    return flat


def _keep_inside(joined: ast.JoinedStr) -> None:
    """The parser's positions drift inside f-strings: those that leave the string go back to its start."""
    first = (joined.lineno, joined.col_offset)
    last = (joined.end_lineno, joined.end_col_offset)
    for node in ast.walk(joined):
        if node is joined or "lineno" not in node._attributes:
            continue
        place: Any = node
        if not first <= (place.lineno, place.col_offset) <= (place.end_lineno, place.end_col_offset) <= last:
            ast.copy_location(node, joined)
