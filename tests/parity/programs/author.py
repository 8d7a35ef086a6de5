"""Writes lines and fills the holes of expressions; every choice is one number drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from hypothesis import strategies as st

from tests.parity.programs.grammar import EXPRESSIONS
from tests.parity.programs.literals import LITERALS

HOLE = re.compile(r"\$(\w+?)(?:([!+])|(?![\w]))")
BINDER = re.compile(r"%(int|str|pair|box)\b")
CHOICES = 1000
Draw = Callable[[st.SearchStrategy[int]], int]


class Author:
    """Writes one program; `pick` is the only source of chance."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.lines: list[str] = []
        self.indent = 0
        self.names = 0
        self.variables: list[tuple[str, str]] = []
        self.frozen: set[str] = set()
        self.missing: tuple[str, ...] = ()
        self.loops = 0
        self.result = ""

    def number(self, below: int) -> int:
        return self.draw(st.integers(0, CHOICES - 1)) % below

    def pick(self, options: Sequence[str]) -> str:
        return options[self.number(len(options))]

    def fresh(self, kind: str) -> str:
        self.names += 1
        return f"{kind}{self.names}"

    # Expressions

    def known(self, kind: str) -> list[str]:
        return [name for name, found in self.variables if found == kind]

    def expression(self, kind: str, depth: int) -> str:
        """Text of type `kind`, nested no deeper than `depth`."""
        names = self.known(kind)
        if kind in LITERALS and kind not in EXPRESSIONS:
            return self.pick(LITERALS[kind])
        if len(names) > 0 and self.number(10) < (4 if depth > 0 else 8):
            return self.pick(names)
        if kind in LITERALS and (depth <= 0 or self.number(10) < 2):
            return self.pick(LITERALS[kind])
        if depth <= 0:
            return f"({self.fill(EXPRESSIONS[kind][0], depth)})"
        options = [text for text in EXPRESSIONS[kind] if not any(word in text for word in self.missing)]
        return f"({self.fill(self.pick(options), depth)})"

    def short(self, kind: str) -> str:
        """A name or a literal: what an f-string may hold in every Python."""
        names = self.known(kind)
        if len(names) > 0:
            return self.pick(names)
        if kind in ("int", "float", "bool"):
            return f"({self.pick(LITERALS[kind])})"
        return {"str": '"é"', "ints": "[1, 2]", "pair": "(1, None)", "oint": "None", "ostr": "None"}[kind]

    def fill(self, template: str, depth: int) -> str:
        bound: list[tuple[str, str]] = []

        def bind(match: re.Match[str]) -> str:
            taken = [name for name, kind in bound if kind == match[1]]
            if template.count(f"%{match[1]}") > len(taken) and len(taken) < self._binders(template, match[1]):
                bound.append((self.fresh(match[1][0]), match[1]))
                return bound[-1][0]
            return self.pick(taken)

        text = self._bound(template, bind) if "%" in template else template

        def hole(match: re.Match[str]) -> str:
            if match[2] == "!":
                return self.short(match[1])
            with self.scope(bound if match[2] == "+" else []):
                return self.expression(match[1], depth - 1)

        return HOLE.sub(hole, text)

    def _binders(self, template: str, kind: str) -> int:
        """How many variables of a kind the template declares: those behind `for` and `lambda`."""
        declared = re.findall(r"(?:for|lambda) ((?:%\w+(?:, )?)+)", template)
        return sum(part.split(", ").count(f"%{kind}") for part in declared)

    def _bound(self, template: str, bind: Callable[[re.Match[str]], str]) -> str:
        """Declarations get their names first, then the uses pick among them."""
        made = re.sub(r"(?:for|lambda) (?:%\w+(?:, )?)+", lambda found: BINDER.sub(bind, found[0]), template)
        return BINDER.sub(bind, made)

    @contextmanager
    def scope(self, more: list[tuple[str, str]]) -> Iterator[None]:
        kept = len(self.variables)
        self.variables += more
        yield
        del self.variables[kept:]

    # Lines

    def line(self, text: str) -> None:
        self.lines.append("    " * self.indent + text)

    @contextmanager
    def block(self, header: str, more: list[tuple[str, str]] | None = None) -> Iterator[None]:
        self.line(header)
        self.indent += 1
        with self.scope(more or []):
            yield
        self.indent -= 1

    def some(self, depth: int, most: int = 3) -> None:
        for _ in range(1 + self.number(most)):
            self.statement(depth)

    def changeable(self, *kinds: str) -> list[tuple[str, str]]:
        return [found for found in self.variables if found[1] in kinds and found[0] not in self.frozen]

    def statement(self, depth: int) -> None:
        raise NotImplementedError
