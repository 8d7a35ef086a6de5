"""Python text to standard `ast` trees, by Brython's own parser running in Node."""

from __future__ import annotations

import ast
import json
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from build.brython import brython_file
from build.compiler.blanks import unfed
from build.compiler.encoding import plain_text
from build.compiler.errors import CompileErrors, Diagnostic, NotPython
from build.compiler.gate import DEPTH, check_python, room, too_deep
from build.compiler.literals import Unreadable, read_bytes, read_number, read_text
from build.compiler.parse_cache import ParseCache
from build.node import find_node

DRIVER = Path(__file__).with_name("parse_brython.mjs")
TIMEOUT_S = 180
OUT_OF_STACK = "Maximum call stack size exceeded"
NAMED_CONSTANTS = {"None": None, "True": True, "False": False, "Ellipsis": ...}


class ParserBroken(Exception):
    """The parser itself failed; a fault here, not in the text."""


class _TooDeep(Exception):
    """The tree of one file is deeper than the phases follow."""


def parse_all(texts: Mapping[str, str], cache: Path | None = None) -> dict[str, ast.Module]:
    """Trees by path, all from one Node process. Raises CompileErrors that name everything that is not Python.

    What CPython's compiler refuses is never asked of Node, so that both parsers take and refuse the same.

    `cache` is a folder to remember the parser's answers in.
    """
    plain: dict[str, str] = {}
    trees: dict[str, ast.Module] = {}
    refused: list[Diagnostic] = []
    for path, text in texts.items():
        with _gathered(refused):
            plain[path] = plain_text(path, text)
    for path, answer in _answers(plain, ParseCache(cache, DRIVER), refused).items():
        with _gathered(refused):
            try:
                with room():
                    trees[path] = _tree(path, plain[path], answer)
            except _TooDeep:  # the place is looked for in the room that CPython's own tree has
                raise too_deep(path, plain[path]) from None
    if len(refused) > 0:
        raise CompileErrors(refused, plain)
    return trees


@contextmanager
def _gathered(refused: list[Diagnostic]) -> Iterator[None]:
    try:
        yield
    except NotPython as error:
        refused.append(error.diagnostic)


def _answers(texts: Mapping[str, str], cache: ParseCache, refused: list[Diagnostic]) -> dict[str, str]:
    """What the parser says of each text that CPython takes; the others are `refused`."""
    keys = {path: cache.key(text) for path, text in texts.items()}
    known = {path: answer for path, key in keys.items() if (answer := cache.read(key)) is not None}
    asked: dict[str, str] = {}
    for path, text in texts.items():
        if path not in known:
            with _gathered(refused):
                check_python(path, text)
                asked[path] = text
    fresh = dict(zip(asked, _ask(asked), strict=True)) if len(asked) > 0 else {}
    for path, answer in fresh.items():
        cache.write(keys[path], answer)
    cache.keep_only(keys.values())
    return {path: answer for path in texts if (answer := known.get(path) or fresh.get(path)) is not None}


def _ask(texts: Mapping[str, str]) -> list[str]:
    files = [{"path": path, "text": unfed(text).text} for path, text in texts.items()]
    question = json.dumps({"files": files})
    try:
        done = subprocess.run(  # noqa: S603 - our own Node and our own script
            [find_node(), str(DRIVER), str(brython_file("brython.js"))],
            input=question.encode("utf-8", "surrogatepass"),
            capture_output=True,
            timeout=TIMEOUT_S,
        )
    except subprocess.TimeoutExpired as error:
        raise ParserBroken(f"no answer in {TIMEOUT_S} s: this machine is very busy. Try again") from error
    if done.returncode != 0:
        raise ParserBroken(done.stderr.decode("utf-8", "replace")[-2000:])
    return done.stdout.decode("utf-8").split("\n")


def _tree(path: str, text: str, written: str) -> ast.Module:
    try:
        answer: dict[str, Any] = json.loads(written)
    except RecursionError:
        raise _TooDeep from None
    if "error" in answer:
        if answer["error"] == OUT_OF_STACK:
            raise _TooDeep
        if answer["internal"]:
            raise ParserBroken(f"{path}: {answer['error']}")
        raise NotPython(path, answer["line"], answer["column"], answer["error"])
    tree = _Builder(path, text).build(answer["tree"])
    assert isinstance(tree, ast.Module)
    return tree


class _Builder:
    """Makes `ast` objects from the driver's JSON; columns become UTF-8 bytes as CPython counts them."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.cut = unfed(text).cut
        self.depth = 0

    def build(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.build(item) for item in value]
        if isinstance(value, str):
            return value if value.isascii() else unicodedata.normalize("NFKC", value)  # names, as CPython reads them
        if not isinstance(value, dict):
            return value
        return self._node(value)

    def _node(self, data: dict[str, Any]) -> ast.AST:
        kind = getattr(ast, data["_"], None)
        if kind is None or data.get("is_lazy"):
            raise self._problem(data, f"this syntax is newer than the compiler knows ({data['_']})")
        self.depth += issubclass(kind, ast.expr | ast.stmt)
        if self.depth > DEPTH:
            raise _TooDeep
        node = self._constant(data) if kind is ast.Constant else self._branch(kind, data)
        self.depth -= issubclass(kind, ast.expr | ast.stmt)
        return node

    def _branch(self, kind: type[ast.AST], data: dict[str, Any]) -> ast.AST:
        fields = {name: self.build(data[name]) for name in kind._fields if name in data}
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
            node = ast.Constant(*self._value(spelling))
        except Unreadable as error:
            raise self._problem(data, str(error)) from None
        self._place(node, data)
        return node

    def _value(self, spelling: dict[str, str]) -> tuple[Any, str | None]:
        """The value, and "u" for a text that is spelled with that prefix."""
        if "name" in spelling:
            return NAMED_CONSTANTS[spelling["name"]], None
        if "number" in spelling:
            return read_number(spelling["number"]), None
        if "bytes" in spelling:
            return read_bytes(spelling["bytes"]), None
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
