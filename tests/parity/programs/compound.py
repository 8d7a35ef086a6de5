"""Statements with blocks inside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.parity.programs.literals import LITERALS
from tests.parity.programs.managing import Managing


class Compound(Managing):
    """Branches, loops, errors, closures."""

    def statement(self, depth: int) -> None:
        compound = [self._if, self._for, self._while, self._try, self._closure, self._with, self._match, self._match]
        simple = [self._declare, self._declare, self._print, self._change, self._change, self._unpack, self._narrow]
        if depth > 0 and self.number(10) < 4:
            compound[self.number(len(compound))](depth)
        else:
            simple[self.number(len(simple))](depth)

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
        with (
            self.block(header.format(*names), list(zip(names, kinds, strict=True))),
            self._walked(source),
            self._loop(),
        ):
            self.some(depth - 1)
            if self.number(3) == 0:
                self.leave()
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
            with self._loop():
                self.some(depth - 1)

    def _try(self, depth: int) -> None:
        with self.block("try:"):
            self.some(depth - 1)
            if self.number(2) == 0:
                self.fail("")
        error = self.fresh("error")
        caught = self.pick(["ValueError", "LookupError", "(KeyError, ZeroDivisionError)", "Exception"])
        with self.block(f"except {caught} as {error}:"):
            self.line(f"print('caught', type({error}).__name__, {error}.__cause__ is None)")
            self.some(depth - 1, 2)
            if self.number(4) == 0:
                self.fail(error)
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
            with self._only(outer, param, extra), self._function("int"):
                self.some(depth - 1, 2)
                self.line(f"return {self.expression('int', 2)}")
        given = [self.expression("int", 1) for _ in range(3)]
        self.line(f"print({name}({given[0]}), {name}({given[1]}, {extra}={given[2]}))")

    @contextmanager
    def _loop(self) -> Iterator[None]:
        self.loops += 1
        yield
        self.loops -= 1

    @contextmanager
    def _function(self, result: str) -> Iterator[None]:
        """Loops around a function are none of it."""
        saved = (self.loops, self.result)
        self.loops, self.result = 0, result
        yield
        self.loops, self.result = saved

    def _owns(self, counters: list[tuple[str, str]]) -> bool:
        return self.indent > 0 and len(counters) > 0

    @contextmanager
    def _only(self, *changed: str) -> Iterator[None]:
        """Inside a function the names outside may be read, but not assigned."""
        mutable = {name for name, kind in self.variables if name not in changed} - self.frozen
        self.frozen |= mutable
        yield
        self.frozen -= mutable
