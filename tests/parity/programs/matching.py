"""`match` statements."""

from __future__ import annotations

import re

from tests.parity.programs.literals import ANNOTATIONS
from tests.parity.programs.patterns import PATTERNS
from tests.parity.programs.simple import Simple

PART = re.compile(r"\$(\w+)(!?)|@(\w+)")


class Matching(Simple):
    """A subject and some cases; names are new, those of an earlier case, or variables that are there."""

    def _match(self, depth: int) -> None:
        kinds = [self.pick(list(PATTERNS))]
        if self.number(4) == 0:
            kinds.append(self.pick(["int", "str", "oint", "mixed"]))
        subject = ", ".join(self._subject(kind) for kind in kinds)
        seen: list[tuple[str, str]] = []
        with self.block(f"match {subject}:"):
            for _ in range(1 + self.number(3)):
                self._case(kinds, seen, depth)
            if self.number(3) > 0:
                with self.block("case _:"):
                    self.some(depth - 1, 1)

    def _subject(self, kind: str) -> str:
        """A value; one that may be of several types is declared, so that no case is ruled out."""
        text = self.expression(kind, 2)
        if kind not in ("oint", "ostr", "mixed", "node") or text.isidentifier():
            return text
        name = self.fresh(kind)
        self.line(f"{name}: {ANNOTATIONS[kind]} = {text}")
        self.variables.append((name, kind))
        return name

    def _case(self, kinds: list[str], seen: list[tuple[str, str]], depth: int) -> None:
        bound: list[tuple[str, str]] = []
        guarded = self.number(3) == 0
        may_fail = guarded or len(kinds) > 1
        text = ", ".join(self.pattern(kind, not may_fail, bound, seen) for kind in kinds)
        with self.scope(bound):
            guard = f" if {self.expression('bool', 2)}" if guarded else ""
        with self.block(f"case {text}{guard}:", bound):
            if len(bound) > 0 and self.number(2) == 0:
                self.line(f"print({', '.join(name for name, _ in bound)})")
            self.some(depth - 1, 2)

    def pattern(self, kind: str, fails: bool, bound: list[tuple[str, str]], seen: list[tuple[str, str]]) -> str:
        """Text of a pattern for `kind`; with `fails` one that Python does not take for the last."""
        options = [text for text in PATTERNS[kind] if not fails or (text != "_" and not text.startswith("@"))]

        def filled(match: re.Match[str]) -> str:
            if match[3] is None:
                return self.pattern(match[1], match[2] == "!", bound, seen)
            return self._name(match[3], bound, seen)

        return PART.sub(filled, self.pick(options))

    def _name(self, kind: str, bound: list[tuple[str, str]], seen: list[tuple[str, str]]) -> str:
        taken = {name for name, _ in bound}
        again = [found for found in seen if found[1] == kind and found[0] not in taken]
        there = [name for name, _ in self.changeable(kind) if name not in taken]
        if len(again) > 0 and self.number(2) == 0:
            bound.append(again[self.number(len(again))])
        elif len(there) > 0 and self.number(3) == 0:
            bound.append((there[self.number(len(there))], kind))
        else:
            bound.append((self.fresh(kind), kind))
            seen.append(bound[-1])
        return bound[-1][0]
