"""The parser's tree as the text of a literal."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from build.compiler.patterns.characters import Characters
from build.compiler.patterns.untranslatable import REFUSED, Untranslatable

TYPES = re.ASCII | re.UNICODE | re.LOCALE
UNLIMITED: int = import_module("re._constants").MAXREPEAT
GREEDY = {(0, 1): "?", (0, UNLIMITED): "*", (1, UNLIMITED): "+"}
BEGINNINGS, ENDS = ("AT_BEGINNING", "AT_BEGINNING_STRING"), ("AT_END", "AT_END_STRING")


class Printer(Characters):
    """One method per node of the parser's tree. With `folds` the literal gets the flag `i`.

    `seen` are the groups that have matched up to here, `inside` what we are inside of that allows no group.
    """

    def __init__(self, flags: int, folds: bool) -> None:
        super().__init__(flags, folds)
        self.inside: list[str] = []
        self.seen: set[int] = set()

    def whole(self, tree: Any, form: str) -> str:
        """The pattern with the anchors that the form asks for."""
        items = list(tree)
        start = "^" if form in ("full", "start") else ""
        end = "$" if form == "full" else ""
        while start != "" and len(items) > 0 and _is_at(items[0], BEGINNINGS):
            items = items[1:]
        while end != "" and len(items) > 0 and _is_at(items[-1], ENDS):
            items = items[:-1]
        body = self.sequence(items, alone=start == "" and end == "")
        return start + body + end if start + body + end != "" else "(?:)"

    def sequence(self, items: list[Any], alone: bool = False) -> str:
        """Nodes one after the other; `alone` where an alternative needs no group around it."""
        text = ""
        for op, value in items:
            method = getattr(self, f"_{op.name.lower()}", None)
            if method is None:
                what, advice = REFUSED.get(op.name, (op.name, "write it with what the page of the subset lists"))
                raise Untranslatable(what, advice)
            piece: str = method(value)
            if op.name == "BRANCH" and not (alone and len(items) == 1):
                piece = f"(?:{piece})"
            if piece[:1].isdigit() and re.search(r"(^|[^\\])(\\\\)*\\\d+$", text):
                piece = f"[{piece[0]}]{piece[1:]}"  # or it would belong to the number of the group
            text += piece
        return text

    def _branch(self, value: tuple[None, list[Any]]) -> str:
        before = set(self.seen)
        found: list[set[int]] = []
        shown: list[str] = []
        for alternative in value[1]:
            self.seen = set(before)
            shown.append(self.sequence(list(alternative)))
            found.append(self.seen)
        self.seen = set.intersection(*found)
        return "|".join(shown)

    def _subpattern(self, value: tuple[int | None, int, int, Any]) -> str:
        group, added, dropped, tree = value
        if group is not None and len(self.inside) > 0:
            raise Untranslatable(f"a group inside {self.inside[-1]}", "write (?:...), and a group around the whole")
        saved = self.flags
        self.flags = ((saved & ~TYPES if added & TYPES else saved) | added) & ~dropped
        if (self.flags ^ saved) & re.IGNORECASE:
            self.only_ascii = False
        body = self.sequence(list(tree), alone=True)
        self.flags = saved
        if group is None:
            return f"(?:{body})" if len(tree) == 1 and tree[0][0].name == "BRANCH" else body
        self.seen.add(group)
        return f"({body})"

    def _max_repeat(self, value: tuple[int, int, Any], lazy: str = "") -> str:
        low, high, tree = value
        if tree.getwidth()[0] == 0:
            raise Untranslatable("a repeat of what may be empty", "take the inner ? or * away")
        low, high = int(low), int(high)
        before = set(self.seen)
        if high > 1:
            self.inside.append("a repeat")
        piece = self.sequence(list(tree), alone=True)
        if high > 1:
            self.inside.pop()
        if low == 0:
            self.seen = before
        if not _is_one(tree):
            piece = f"(?:{piece})"
        if (low, high) == (1, 1):
            return piece
        count = f"{{{low}}}" if low == high else f"{{{low},{'' if high == UNLIMITED else high}}}"
        return piece + GREEDY.get((low, high), count) + lazy

    def _min_repeat(self, value: tuple[int, int, Any]) -> str:
        return self._max_repeat(value, "?")

    def _assert(self, value: tuple[int, Any], sign: str = "=") -> str:
        direction, tree = value
        if direction < 0:
            raise Untranslatable("lookbehind", "match what stands before in a group: Safari 14 has none")
        self.inside.append("a lookahead")
        body = self.sequence(list(tree), alone=True)
        self.inside.pop()
        return f"(?{sign}{body})"

    def _assert_not(self, value: tuple[int, Any]) -> str:
        return self._assert(value, "!")

    def _failure(self, _: tuple[()]) -> str:
        return "[]"

    def _groupref(self, group: int) -> str:
        if self.flags & re.IGNORECASE:
            raise Untranslatable("a group called back with re.IGNORECASE", "compare the texts afterwards")
        if group not in self.seen:
            raise Untranslatable("a group called back that may not have matched", "let the group always match")
        self.only_ascii = False
        return f"\\{group}"

    def _at(self, value: Any) -> str:
        name: str = value.name
        if name in BEGINNINGS:
            return "^"
        if name == "AT_END":
            return "(?=\\n?$)"
        if name == "AT_END_STRING":
            return "$"
        if name != "AT_BOUNDARY":
            raise Untranslatable("\\B", "say what stands there: CPython 3.14 changed it")
        if not self.flags & re.ASCII:
            raise Untranslatable("\\b", "add re.ASCII, or say what stands there")
        return "\\b"


def _is_at(item: Any, names: tuple[str, ...]) -> bool:
    return item[0].name == "AT" and item[1].name in names


def _is_one(tree: Any) -> bool:
    """Does a quantifier after this mean the whole of it?"""
    if len(tree) != 1:
        return False
    op, value = tree[0]
    return op.name in ("LITERAL", "NOT_LITERAL", "ANY", "IN") or (op.name == "SUBPATTERN" and value[0] is not None)
