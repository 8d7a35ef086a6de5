"""Statements of one line, or of a few."""

from __future__ import annotations

from tests.parity.programs.author import Author
from tests.parity.programs.changes import CHANGES
from tests.parity.programs.literals import ANNOTATIONS


class Simple(Author):
    """Declarations, prints, changes."""

    def _declare(self, depth: int) -> None:
        kind = self.pick(list(ANNOTATIONS))
        value = self.expression(kind, 2)
        name = self.fresh(kind)
        self.line(f"{name}: {ANNOTATIONS[kind]} = {value}")
        self.variables.append((name, kind))

    def _print(self, depth: int) -> None:
        shown = []
        for _ in range(1 + self.number(3)):
            kind = self.pick(list(ANNOTATIONS))
            text = self.expression(kind, 2)
            shown.append(f"sorted({text})" if kind in ("iset", "sset") else text)
        self.line(f"print({', '.join(shown)})")

    def _change(self, depth: int) -> None:
        found = self.changeable(*CHANGES)
        if len(found) == 0:
            self._declare(depth)
            return
        name, kind = found[self.number(len(found))]
        self.line(self.fill(self.pick(CHANGES[kind]).replace("@", name), 2))

    def _unpack(self, depth: int) -> None:
        shape = self.pick(["pair", "star", "swap", "pairs", "chain"])
        ints = list(dict.fromkeys(name for name, _ in self.changeable("int")))
        if shape == "swap" and len(ints) > 1:
            one = ints.pop(self.number(len(ints)))
            other = ints[self.number(len(ints))]  # not the same: Python 3.11.2 keeps the first value of `a, a = 1, 2`
            self.line(f"{one}, {other} = {other}, {self.expression('int', 1)}")
        elif shape == "star":
            names = [self.fresh("int"), self.fresh("ints")]
            self.line(f"{names[0]}, *{names[1]} = {self.expression('ints', 2)}")
            self.variables += [(names[0], "int"), (names[1], "ints")]
        elif shape == "chain":
            names = [self.fresh("ints"), self.fresh("ints")]
            self.line(f"{names[0]} = {names[1]} = {self.expression('ints', 2)}")
            self.variables += [(name, "ints") for name in names]
        else:
            names = [self.fresh("int"), self.fresh("str")]
            self.line(f"{names[0]}, {names[1]} = {self.expression('pair', 2)}")
            self.variables += [(names[0], "int"), (names[1], "str")]

    def _narrow(self, depth: int) -> None:
        kind = self.pick(["oint", "ostr"])
        name = self.fresh(kind)
        self.line(f"{name}: {ANNOTATIONS[kind]} = {self.expression(kind, 2)}")
        with self.block(f"if {name} is not None:"):
            known = self.fresh(kind[1:])
            self.line(f"{known}: {ANNOTATIONS[kind[1:]]} = {name}")
            self.variables.append((known, kind[1:]))
            self._print(0)
        self.variables.append((name, kind))
