"""Random typed programs of the subset, from the choices that hypothesis makes."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.parity.programs.author import Draw
from tests.parity.programs.compound import Compound
from tests.parity.programs.literals import LITERALS
from tests.parity.programs.prelude import prelude
from tests.parity.programs.regular import constants


class Program(Compound):
    """The whole: a generator, a function, and main in parts."""

    def program(self) -> str:
        with self.block("def steps(n: int) -> Iterator[int]:"), self.block("for i in range(n):"):
            self.line(f"yield i + {self.pick(LITERALS['int'])}")
        self._gap()
        own = [("n", "int"), ("s", "str"), ("flag", "bool")]
        self.missing = ("helper(",)
        header = "def helper(n: int, s: str = 'x', flag: bool = False) -> int:"
        with self.block(header, own), self._function("int"):
            self.some(2)
            self.line(f"return {self.expression('int', 3)}")
        self.missing = ()
        self._gap()
        with self.block("def main() -> None:"):
            for _ in range(2 + self.number(2)):
                self._part()
        body = "\n".join([*self.lines, ""])
        return f"{prelude(body, constants(self.pick))}\n\n{body}"

    def _gap(self) -> None:
        self.lines += ["", ""]

    def _part(self) -> None:
        """What one part declares is gone in the next, so that an error ends only its part."""
        with self.block("try:"):
            self.some(2, 4)
        error = self.fresh("error")
        with self.block(f"except Exception as {error}:"):
            self.line(f"print('ended by', type({error}).__name__, {error}.__cause__ is None)")


@st.composite
def programs(draw: Draw) -> str:
    return Program(draw).program()
