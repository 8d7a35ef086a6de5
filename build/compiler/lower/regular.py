"""Regular expressions: literals for the constants, `test`, `exec`, `match`, `replace` and `split` for what is asked.

A literal with the flag `g` remembers where it stopped: it only goes to the methods of texts, which begin anew, and each
form that a pattern is used in is a constant of its own.
"""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.subscripts import Subscripts
from build.compiler.nodes import Array, Arrow, Binary, Call, Id, Index, Js, Let, Lit, Member, Spread
from build.compiler.patterns.pattern import FORMS, Pattern
from build.compiler.types import NONE, MatchT, PatternT, Type, has_none, members

LOOSE = {"is": "==", "==": "==", "is not": "!=", "!=": "!="}


class Regular(Subscripts):
    """Calls on patterns and matches, the groups of a match, the question whether there is one."""

    # Constants

    def pattern_constants(self, node: ast.Assign | ast.AnnAssign) -> list[Js]:
        """One constant for each form that somebody uses."""
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        kind = self.t(node.value) if node.value is not None else None
        assert isinstance(target, ast.Name)
        assert isinstance(kind, PatternT)
        pattern = kind.pattern
        assert pattern is not None
        return [
            Let(
                "const",
                Id(f"{self.js_name(target.id)}{_suffix(pattern, form)}", place=self.place(target, target.id)),
                Lit(pattern.literal(form)),
                place=self.place(node),
            )
            for form in sorted(pattern.forms or {"any"})
        ]

    def _regex(self, node: ast.expr, pattern: Pattern, form: str) -> Js:
        """The constant that holds the pattern in this form."""
        suffix = _suffix(pattern, form)
        if isinstance(node, ast.Attribute):
            return Member(self.expr(node.value), self.js_name(node.attr) + suffix, place=self.place(node, node.attr))
        assert isinstance(node, ast.Name)
        home = self.program.modules.home(self.module, node.id)
        local = self.js_name(node.id) + suffix
        if home is not None and home[0] != self.module.name:
            self.used_imports[(home[0], self.js_name(home[1]) + suffix)] = local
        return Id(local, place=self.place(node, node.id))

    # Calls

    def method_call(self, node: ast.Call, func: ast.Attribute) -> Js | None:
        kind = self.t(func.value)
        if isinstance(kind, PatternT) and kind.pattern is not None:
            return self._use(node, func, kind.pattern)
        if isinstance(members(kind)[0], MatchT):
            if func.attr == "groups":
                return b.method(self.expr(func.value), "slice", Lit("1"), Lit(str(1 + self._count(kind))))
            return self._group(node, func.value, node.args[0] if len(node.args) > 0 else ast.Constant(0))
        return super().method_call(node, func)

    def _count(self, kind: Type) -> int:
        first = members(kind)[0]
        return first.pattern.count if isinstance(first, MatchT) and first.pattern is not None else 0

    def _use(self, node: ast.Call, func: ast.Attribute, pattern: Pattern) -> Js:
        regex = self._regex(func.value, pattern, FORMS[func.attr])
        text = self.expr(node.args[-1])
        if func.attr == "sub":
            return b.method(text, "replace", regex, self._replacement(node.args[0]))
        if func.attr == "split":
            return b.method(text, "split", regex)
        if func.attr != "findall":
            return b.method(regex, "exec", text)
        if pattern.count == 0:
            return Binary("??", b.method(text, "match", regex), Array([]))
        group: Js = Index(Id("it"), Lit("1"))
        shown = group if 1 in pattern.always else Binary("??", group, b.text(""))
        return b.method(Array([Spread(b.method(text, "matchAll", regex))]), "map", b.arrow([Id("it")], shown))

    def _replacement(self, node: ast.expr) -> Js:
        """A text in which nothing is special, or a function of what `exec` would have given."""
        if isinstance(node, ast.Constant):
            return b.text(str(node.value).replace("$", "$$"))
        if isinstance(node, ast.Lambda):
            whole = self._takes_whole(node)
            self.whole_matches |= {node} if whole else set()
            function = self.expr(node)
            if isinstance(function, Arrow):
                return function if whole else Arrow([Spread(function.params[0])], function.body, place=function.place)
        it = Id("it")
        return Arrow([Spread(it)], Call(self.function_value(node), [it]))

    def _takes_whole(self, node: ast.Lambda) -> bool:
        """Does the lambda ask for the whole text only? That is the first thing that `replace` gives."""
        name = node.args.args[0].arg
        asked = [item for item in ast.walk(node.body) if isinstance(item, ast.Name) and item.id == name]
        whole = [item for item in ast.walk(node.body) if isinstance(item, ast.expr) and _is_whole(item, name)]
        return len(asked) == len(whole)

    # Groups

    def _subscript(self, node: ast.Subscript) -> Js:
        if isinstance(members(self.t(node.value))[0], MatchT):
            return self._group(node, node.value, node.slice)
        return super()._subscript(node)

    def _group(self, node: ast.expr, match: ast.expr, key: ast.expr) -> Js:
        """A group by its number; None where it is missing, unless that is known not to be."""
        first = members(self.t(match))[0]
        assert isinstance(first, MatchT)
        number = self.inferred.group_number(first.pattern, key)
        if isinstance(match, ast.Name) and self._is_whole_match(match):
            return self.expr(match)
        found = Index(self.expr(match), Lit(str(number)))
        return Binary("??", found, b.NULL) if has_none(self.t(node)) else found

    def _is_whole_match(self, node: ast.Name) -> bool:
        found = self.scope.find(node.id)
        return found is not None and found[1].node in self.whole_matches

    # Is there one?

    def compare(self, symbol: str, left: Js, right: Js, left_node: ast.expr, right_node: ast.expr, node: ast.AST) -> Js:
        if symbol in LOOSE and self.t(right_node) == NONE:
            if isinstance(left, Call) and self._is_search(left_node):
                assert isinstance(left.callee, Member)
                found = b.method(left.callee.object, "test", *left.args)
                return found if symbol in ("is not", "!=") else b.negate(found)
            if isinstance(left, Binary) and left.operator == "??" and self._is_group(left_node):
                return Binary(LOOSE[symbol], left.left, b.NULL)
        return super().compare(symbol, left, right, left_node, right_node, node)

    def _is_search(self, node: ast.expr) -> bool:
        found = node.func if isinstance(node, ast.Call) else None
        return isinstance(found, ast.Attribute) and isinstance(self.t(found.value), PatternT)

    def _is_group(self, node: ast.expr) -> bool:
        inner = node.func if isinstance(node, ast.Call) else node
        return isinstance(inner, ast.Subscript | ast.Attribute) and isinstance(self.t(inner.value), MatchT)


def _suffix(pattern: Pattern, form: str) -> str:
    return f"${form}" if len(pattern.forms) > 1 else ""


def _is_whole(node: ast.expr, name: str) -> bool:
    """`name[0]`, `name.group()` or `name.group(0)`."""
    if isinstance(node, ast.Subscript):
        return _is_zero(node.slice) and isinstance(node.value, ast.Name) and node.value.id == name
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "group":
        owner = node.func.value
        return all(map(_is_zero, node.args)) and isinstance(owner, ast.Name) and owner.id == name
    return False


def _is_zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0
