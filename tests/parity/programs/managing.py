"""`with` statements, and ways out of blocks."""

from __future__ import annotations

from tests.parity.programs.matching import Matching


class Managing(Matching):
    """One or two managers; what is inside may fail or leave."""

    def _with(self, depth: int) -> None:
        bound: list[tuple[str, str]] = []
        items: list[str] = []
        for _ in range(1 + self.number(2)):
            with self.scope(bound):
                items.append(self._item(bound))
        with self.block(f"with {', '.join(items)}:", bound):
            self.some(depth - 1, 2)
            if self.number(3) == 0:
                self.fail("")
            elif self.number(2) == 0:
                self.leave()

    def _item(self, bound: list[tuple[str, str]]) -> str:
        shape = self.pick(["gate", "gate", "level", "pairs"])
        if shape == "pairs":
            names = [(self.fresh("int"), "int"), (self.fresh("str"), "str")]
            bound += names
            return f"Pairs() as ({names[0][0]}, {names[1][0]})"
        kind = "int" if shape == "level" else "str"
        manager = self.expression("level", 1)
        if shape == "gate":
            manager = f"Gate({self.expression('str', 1)}, {self.expression('bool', 1)})"
        if self.number(3) == 0:
            return manager
        there = [found for found in self.changeable(kind) if found not in bound]
        name = there[self.number(len(there))] if len(there) > 0 and self.number(3) == 0 else (self.fresh(kind), kind)
        bound.append(name)
        return f"{manager} as {name[0]}"

    def fail(self, cause: str) -> None:
        """An error that may be raised; `cause` is the name of the one that is handled, if any."""
        error = self.pick(["ValueError", "KeyError", "IndexError", "TypeError"])
        origin = self.pick(["", f" from {cause}", " from None"]) if cause != "" else ""
        text = f"raise {error}({self.expression('str', 1)}){origin}"
        if cause != "" and self.number(3) == 0:
            text = "raise"
        with self.block(f"if {self.expression('bool', 2)}:"):
            self.line(text)

    def leave(self) -> None:
        """Out of the loop or the function, perhaps."""
        ways = ["break", "continue"] if self.loops > 0 else []
        if self.result != "":
            ways.append(f"return {self.expression(self.result, 1)}")
        with self.block(f"if {self.expression('bool', 2)}:"):
            self.line(self.pick(ways) if len(ways) > 0 else "pass")
