"""Random typed programs of the subset, from the choices that hypothesis makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from hypothesis import strategies as st

from tests.parity.fuzz_changes import CHANGES
from tests.parity.fuzz_grammar import ANNOTATIONS, EXPRESSIONS, LITERALS

HOLE = re.compile(r"\$(\w+?)(?:([!+])|(?![\w]))")
BINDER = re.compile(r"%(int|str|pair|box)\b")
CHOICES = 1000
PRELUDE = '''"""A program that nobody wrote."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace


@dataclass(order=True)
class Box:
    x: int
    label: str
    weight: float = 1.5

    def size(self) -> int:
        return len(self.label) + self.x % 5

    def moved(self, dx: int) -> Box:
        return replace(self, x=self.x + dx)

    @property
    def total(self) -> int:
        return self.x * 2


class Node:
    def __init__(self, name: str, child: Node | None = None) -> None:
        self.name: str = name
        self.child: Node | None = child

    def depth(self) -> int:
        return 1 if self.child is None else 1 + self.child.depth()

    def __str__(self) -> str:
        return self.name if self.child is None else f"{self.name}>{self.child}"


class Leaf(Node):
    def __init__(self, name: str, value: int) -> None:
        super().__init__(name)
        self.value: int = value

    def depth(self) -> int:
        return super().depth() + self.value % 3


def apply(change: Callable[[int], int], value: int) -> int:
    return change(value)


def first(items: list[int]) -> int | None:
    return items[0] if len(items) > 0 else None
'''
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
        compound = [self._if, self._for, self._while, self._try, self._closure]
        simple = [self._declare, self._declare, self._print, self._change, self._change, self._unpack, self._narrow]
        if depth > 0 and self.number(10) < 4:
            compound[self.number(len(compound))](depth)
        else:
            simple[self.number(len(simple))](depth)

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
        ints = self.changeable("int")
        if shape == "swap" and len(ints) > 1:
            one, other = ints[self.number(len(ints))][0], ints[self.number(len(ints))][0]
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

    # Compound statements

    def _if(self, depth: int) -> None:
        with self.block(f"if {self.expression('bool', 3)}:"):
            self.some(depth - 1)
        if self.number(3) == 0:
            with self.block(f"elif {self.expression('bool', 2)}:"):
                self.some(depth - 1)
        if self.number(2) == 0:
            with self.block("else:"):
                self.some(depth - 1)

    def _for(self, depth: int) -> None:
        header, kinds, source = self._loop_header()
        names = [self.fresh(kind) for kind in kinds]
        with self.block(header.format(*names), list(zip(names, kinds, strict=True))), self._walked(source):
            self.some(depth - 1)
            if self.number(3) == 0:
                with self.block(f"if {self.expression('bool', 2)}:"):
                    self.line(self.pick(["break", "continue"]))
            self.some(depth - 1, 2)

    def _loop_header(self) -> tuple[str, list[str], str]:
        """A header with places for its names, their types, and the variable that is walked."""
        shape = self.pick(["range", "ints", "strs", "str", "items", "enumerate", "zip", "sorted", "steps", "pairs"])
        walked = {"items": "counts", "enumerate": "strs", "zip": "ints", "sorted": "iset"}.get(shape, shape)
        text = "" if shape in ("range", "steps") else self.expression(walked, 2)
        text = text.replace("{", "{{").replace("}", "}}")
        source = text if text.isidentifier() else ""
        found: dict[str, tuple[str, list[str]]] = {
            "range": (f"for {{}} in range({self.pick(LITERALS['tiny'])}):", ["int"]),
            "steps": (f"for {{}} in steps({self.pick(LITERALS['tiny'])}):", ["int"]),
            "ints": (f"for {{}} in {text}:", ["int"]),
            "strs": (f"for {{}} in {text}:", ["str"]),
            "str": (f"for {{}} in {text}:", ["str"]),
            "items": (f"for {{}}, {{}} in {text}.items():", ["str", "int"]),
            "enumerate": (f"for {{}}, {{}} in enumerate({text}, 1):", ["int", "str"]),
            "zip": (f"for {{}}, {{}} in zip({text}, range(3)):", ["int", "int"]),
            "sorted": (f"for {{}} in sorted({text}):", ["int"]),
            "pairs": (f"for {{}}, {{}} in {text}:", ["int", "str"]),
        }
        return (*found[shape], source)

    @contextmanager
    def _walked(self, source: str) -> Iterator[None]:
        """What is walked stays as it is: CPython refuses a dict that changes, and a list might never end."""
        kinds = {kind for name, kind in self.variables if name == source}
        more = {name for name, kind in self.variables if kind in kinds} - self.frozen if source != "" else set()
        self.frozen |= more
        yield
        self.frozen -= more

    def _while(self, depth: int) -> None:
        name = self.fresh("turn")
        self.line(f"{name} = 0")
        with self.block(f"while {name} < {self.pick(LITERALS['tiny'])} and {self.expression('bool', 2)}:"):
            self.line(f"{name} += 1")
            self.some(depth - 1)

    def _try(self, depth: int) -> None:
        with self.block("try:"):
            self.some(depth - 1)
            if self.number(2) == 0:
                with self.block(f"if {self.expression('bool', 2)}:"):
                    error = self.pick(["ValueError", "KeyError", "IndexError", "TypeError"])
                    self.line(f"raise {error}({self.expression('str', 1)})")
        error = self.fresh("error")
        caught = self.pick(["ValueError", "LookupError", "(KeyError, ZeroDivisionError)", "Exception"])
        with self.block(f"except {caught} as {error}:"):
            self.line(f"print('caught', type({error}).__name__)")
            self.some(depth - 1, 2)
        if self.number(3) == 0:
            with self.block("else:"):
                self.some(depth - 1, 1)
        if self.number(3) == 0:
            with self.block("finally:"):
                self.line("print('finally')")
                self.some(0, 1)

    def _closure(self, depth: int) -> None:
        """A function inside, which changes a variable of the outer one or keeps it."""
        name, param, extra = self.fresh("inner"), self.fresh("int"), self.fresh("extra")
        counters = self.changeable("int")
        outer = counters[self.number(len(counters))][0] if len(counters) > 0 and self._owns(counters) else ""
        with self.block(f"def {name}({param}: int, {extra}: int = 2) -> int:", [(param, "int"), (extra, "int")]):
            if outer != "":
                self.line(f"nonlocal {outer}")
                self.line(f"{outer} += 1")
            with self._only(outer, param, extra):
                self.some(depth - 1, 2)
                self.line(f"return {self.expression('int', 2)}")
        given = [self.expression("int", 1) for _ in range(3)]
        self.line(f"print({name}({given[0]}), {name}({given[1]}, {extra}={given[2]}))")

    def _owns(self, counters: list[tuple[str, str]]) -> bool:
        return self.indent > 0 and len(counters) > 0

    @contextmanager
    def _only(self, *changed: str) -> Iterator[None]:
        """Inside a function the names outside may be read, but not assigned."""
        mutable = {name for name, kind in self.variables if name not in changed} - self.frozen
        self.frozen |= mutable
        yield
        self.frozen -= mutable

    # The whole

    def program(self) -> str:
        with self.block("def steps(n: int) -> Iterator[int]:"), self.block("for i in range(n):"):
            self.line(f"yield i + {self.pick(LITERALS['int'])}")
        self._gap()
        own = [("n", "int"), ("s", "str"), ("flag", "bool")]
        self.missing = ("helper(",)
        with self.block("def helper(n: int, s: str = 'x', flag: bool = False) -> int:", own):
            self.some(2)
            self.line(f"return {self.expression('int', 3)}")
        self.missing = ()
        self._gap()
        with self.block("def main() -> None:"):
            for _ in range(2 + self.number(2)):
                self._part()
        return "\n".join([PRELUDE, "", *self.lines, ""])

    def _gap(self) -> None:
        self.lines += ["", ""]

    def _part(self) -> None:
        """What one part declares is gone in the next, so that an error ends only its part."""
        with self.block("try:"):
            self.some(2, 4)
        error = self.fresh("error")
        with self.block(f"except Exception as {error}:"):
            self.line(f"print('ended by', type({error}).__name__)")


@st.composite
def programs(draw: Draw) -> str:
    return Author(draw).program()
