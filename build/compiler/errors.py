"""What the compiler says when it refuses or warns: a code, a place, a sentence and advice."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, replace

from build.compiler.catalogue import CATALOGUE

# Refusals from here on are about types, and may follow from one inside them.
FOLLOWING = "CW050"
SYNTAX = "CW001"
SHOWN = 200  # characters of a line that is quoted


@dataclass(frozen=True)
class Diagnostic:
    """One refusal or warning; `line` and `column` count from 1."""

    code: str
    path: str
    line: int
    column: int
    message: str
    advice: str
    width: int = 1
    is_warning: bool = False

    def render(self, text: str = "") -> str:
        """As a good compiler prints it: place, sentence, source line, caret, advice."""
        kind = "warning " if self.is_warning else ""
        lines = [f"{self.path}:{self.line}:{self.column}: {kind}{self.code} {self.message}"]
        source = text.split("\n")
        if text != "" and self.line <= len(source):
            cut = max(0, self.column - SHOWN // 2) if len(source[self.line - 1]) > SHOWN else 0
            line = source[self.line - 1][cut : cut + SHOWN]
            before = self.column - 1 - cut
            width = max(1, min(self.width, len(line) - before))
            lines += [f"    {line}", f"    {' ' * before}{'^' * width}"]
        if self.advice != "":
            lines.append(f"    {self.advice}")
        return "\n".join(lines)


class NotPython(Exception):
    """One file's refusal before there is a tree; `line` and `column` count from 1."""

    def __init__(self, path: str, line: int, column: int, detail: str, code: str = SYNTAX, advice: str = "") -> None:
        super().__init__(detail)
        message, instead = (words.format(detail=detail, advice=advice) for words in CATALOGUE[code])
        self.diagnostic = Diagnostic(code, path, max(1, line), max(1, column), message, instead)


class Diagnostics(Exception):
    """Several, in order of place."""

    word = "diagnostic"

    def __init__(self, diagnostics: Iterable[Diagnostic], texts: dict[str, str] | None = None) -> None:
        self.diagnostics = sorted(
            set(diagnostics), key=lambda found: (found.path, found.line, found.column, found.code)
        )
        self.texts = texts or {}
        super().__init__(self.render())

    def render(self) -> str:
        shown = [found.render(self.texts.get(found.path, "")) for found in self.diagnostics]
        count = len(self.diagnostics)
        return "\n".join([*shown, f"{count} {self.word}{'' if count == 1 else 's'}"])


class CompileErrors(Diagnostics):
    """Everything that was refused."""

    word = "refusal"


class CompileWarnings(Diagnostics):
    """Everything that is allowed and does nothing."""

    word = "warning"


class Stop(Exception):
    """Lowering of one statement cannot go on; its diagnostic is already recorded."""


class Reporter:
    """Collects the refusals and warnings of one module."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.found: list[Diagnostic] = []
        self.warned: list[Diagnostic] = []

    def refuse(self, code: str, node: ast.AST, **words: object) -> None:
        """Record a refusal of the catalogue at `node`."""
        if code < FOLLOWING or not self._already_refused(node):
            self.found.append(self._diagnostic(code, node, words))

    def warn(self, code: str, node: ast.AST, **words: object) -> None:
        """Record a warning of the catalogue at `node`."""
        self.warned.append(replace(self._diagnostic(code, node, words), is_warning=True))

    def _diagnostic(self, code: str, node: ast.AST, words: dict[str, object]) -> Diagnostic:
        message, advice = CATALOGUE[code]
        line = getattr(node, "lineno", 1)
        column = self._column(line, getattr(node, "col_offset", 0))
        width = 1
        if getattr(node, "end_lineno", None) == line:
            width = self._column(line, getattr(node, "end_col_offset", 0)) - column
        return Diagnostic(code, self.path, line, column, message.format(**words), advice.format(**words), max(1, width))

    def _already_refused(self, node: ast.AST) -> bool:
        """Something inside this node was refused before: what follows from it is not worth saying."""
        first = (getattr(node, "lineno", 1), self._column(getattr(node, "lineno", 1), getattr(node, "col_offset", 0)))
        last_line = getattr(node, "end_lineno", None) or first[0]
        last = (last_line, self._column(last_line, getattr(node, "end_col_offset", 0) or 0))
        return any(first <= (found.line, found.column) <= last and found.code != "CW038" for found in self.found)

    def _column(self, line: int, offset_bytes: int) -> int:
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return len(text.encode()[:offset_bytes].decode("utf-8", "replace")) + 1
