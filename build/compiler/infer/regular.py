"""Types of regular expressions: what a pattern's methods give, and which groups a match always has."""

from __future__ import annotations

import ast
import re

from build.compiler.infer.calls import Calls
from build.compiler.infer.methods import sig
from build.compiler.patterns.pattern import FLAGS, FORMS, Pattern
from build.compiler.patterns.untranslatable import Untranslatable
from build.compiler.symbols import Variable
from build.compiler.types import (
    ANY,
    NEVER,
    NONE,
    STR,
    FunctionT,
    ListT,
    MatchT,
    Param,
    PatternT,
    TupleT,
    Type,
    VarT,
    members,
    parts_of,
    union,
)

OFFSETS = ("start", "end", "span", "pos", "endpos", "regs")


class Regular(Calls):
    """re.compile, and the methods of what it makes."""

    def _b_re_compile(self, node: ast.Call, want: Type | None) -> Type:
        text = node.args[0].value if len(node.args) > 0 and isinstance(node.args[0], ast.Constant) else None
        flags = _flags(node)
        if not self._is_constant(node) or not isinstance(text, str) or flags is None:
            self.refuse("CW080", node, what="this")
            return PatternT()
        if node not in self.patterns:
            try:
                self.patterns[node] = Pattern(text, flags)
            except Untranslatable as error:
                self.refuse("CW081", node.args[0], what=error.args[0], advice=error.args[1])
                return PatternT()
        return PatternT(self.patterns[node])

    def _is_constant(self, node: ast.Call) -> bool:
        """Is this call the value of a constant of the module?"""
        for statement in self.module.tree.body:
            if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is node:
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                found = self.module.symbols.get(targets[0].id) if isinstance(targets[0], ast.Name) else None
                return len(targets) == 1 and isinstance(found, Variable) and found.assignments == 1
        return False

    # Methods

    def pattern_attribute(self, base: PatternT | MatchT, name: str, node: ast.expr) -> Type:
        """A method, only where it is called."""
        found = _methods(base).get(name)
        if found is None or node not in self.called:
            advice = "fullmatch, match, search, findall, sub, split; m[1], m.group(1), m.groups()"
            if name in OFFSETS:
                advice = "JavaScript counts UTF-16 units, not code points: take the text itself, in a group"
            self.refuse("CW083", node, type=base, name=name, advice=advice)
            return found or ANY
        if isinstance(base, PatternT) and base.pattern is not None:
            self._check_use(base.pattern, name, node)
        return found

    def _check_use(self, pattern: Pattern, name: str, node: ast.expr) -> None:
        pattern.forms.add(FORMS[name])
        if FORMS[name] == "all" and pattern.may_be_empty:
            self.refuse("CW084", node, name=name)
        most = {"findall": 1, "split": 0}.get(name, pattern.count)
        if pattern.count > most:
            detail = f"`{name}` would give those of {pattern.count} groups"
            self.refuse("CW085", node, detail=detail, advice="write (?:...) for what is not wanted")

    def _method_call(self, node: ast.Call, callee: FunctionT, want: Type | None) -> Type | None:
        receiver = self.types.get(node.func.value, ANY) if isinstance(node.func, ast.Attribute) else ANY
        first = members(receiver)[0]
        if isinstance(first, MatchT) and callee.name == "group":
            self.bound[node] = list(node.args)
            key = node.args[0] if len(node.args) > 0 else ast.Constant(0)
            if len(node.args) > 1 or len(node.keywords) > 0:
                self.refuse("CW085", node, detail="several at once", advice="ask for one after the other")
            return self.group_type(node, receiver, key)
        if isinstance(first, MatchT) and callee.name == "groups":
            self.bound[node] = []
            return union(*(self._groups(node, member) for member in members(receiver)))
        if isinstance(first, PatternT):
            result = self.apply(node, callee)
            self._check_arguments(node, callee.name)
            return result
        return super()._method_call(node, callee, want)

    def _groups(self, node: ast.Call, kind: Type) -> Type:
        pattern = kind.pattern if isinstance(kind, MatchT) else None
        if pattern is None or len(pattern.always) < pattern.count or len(node.args) > 0:
            self.refuse("CW085", node, detail="not every one always matches", advice="take them one by one: m[1]")
            return TupleT((), ANY)
        return TupleT((STR,) * pattern.count)

    def _check_arguments(self, node: ast.Call, name: str) -> None:
        """A text to look in; for `sub` a text without backslashes before it, or a function of the match."""
        for text in node.args[1:] if name == "sub" else node.args:
            if self.types.get(text) != STR:
                self.refuse("CW054", text, what=f"`{name}`", type=self.types.get(text, ANY))
        for given in node.args[:1] if name == "sub" else []:
            is_plain = isinstance(given, ast.Constant) and "\\" not in str(given.value)
            if not is_plain and not isinstance(self.types.get(given), FunctionT):
                advice = "give a constant without backslashes, or a lambda of the match"
                self.refuse("CW083", given, name="sub", type="this replacement", advice=advice)

    # Groups

    def group_type(self, node: ast.expr, base: Type, key: ast.expr) -> Type:
        """The type of `base[key]` where `base` is a match: with None where the group may be missing."""
        found: list[Type] = []
        numbers: set[int] = set()
        for member in members(base):
            pattern = member.pattern if isinstance(member, MatchT) else None
            number = self.group_number(pattern, key)
            numbers |= {number} if number is not None else set()
            if number is None:
                detail = f"`{ast.unparse(key)}`"
                advice = "write its number or name as it stands in the pattern"
                if pattern is None:
                    advice = "take the groups where the match is made; an annotated re.Match[str] has only group()"
                self.refuse("CW085", node, detail=detail, advice=advice)
            elif number == 0 or (pattern is not None and number in pattern.always):
                found.append(STR)
            else:
                found.append(union(STR, NONE))
        if len(numbers) > 1:
            self.refuse("CW085", node, detail=ast.unparse(key), advice="it has two numbers here: match apart")
        return union(*found) if len(found) > 0 else ANY

    def group_number(self, pattern: Pattern | None, key: ast.expr) -> int | None:
        value = key.value if isinstance(key, ast.Constant) else None
        if pattern is None:
            return 0 if value == 0 and type(value) is int else None
        return pattern.group(value)

    # Where they may go

    def check_kept(self, node: ast.expr, kind: Type) -> None:
        """A pattern is only called on; a match is in no container."""
        if not isinstance(kind, PatternT):
            self.check_declared(node, kind)
        elif node not in self.receivers and not isinstance(node, ast.Call):
            self.refuse("CW082", node)

    def check_declared(self, node: ast.expr, kind: Type) -> None:
        """A parameter or result may be a match, but no pattern and no container of matches."""
        for member in members(kind):
            if isinstance(member, PatternT):
                self.refuse("CW082", node)
            elif any(_holds_match(part) for part in parts_of(member)):
                self.refuse("CW086", node)

    def check_attribute(self, node: ast.expr, kind: Type) -> None:
        """An attribute is neither: objects are compared and shown by what they hold."""
        if _holds_match(kind):
            self.refuse("CW086", node)

    def check_match_flow(self, node: ast.AST, source: Type, target: Type) -> None:
        """A match goes where a match of the same pattern, or any, is declared."""
        wanted = [member for member in members(target) if isinstance(member, MatchT)]
        for member in members(source):
            if not isinstance(member, MatchT) or target == NEVER or isinstance(target, VarT):
                continue
            if len(wanted) == 0:
                self.refuse("CW086", node)
            elif all(other.pattern not in (None, member.pattern) for other in wanted):
                detail = "one name holds matches of two patterns"
                self.refuse("CW085", node, detail=detail, advice="give each a name of its own")


def _holds_match(kind: Type) -> bool:
    return any(
        isinstance(member, MatchT | PatternT) or any(map(_holds_match, parts_of(member))) for member in members(kind)
    )


def _methods(base: PatternT | MatchT) -> dict[str, FunctionT]:
    if isinstance(base, MatchT):
        return {name: FunctionT(None, ANY, name) for name in ("group", "groups")}
    match = union(MatchT(base.pattern), NONE)
    named: dict[str, FunctionT] = {
        **dict.fromkeys(("match", "fullmatch", "search"), sig(match, "string, /", STR)),
        **dict.fromkeys(("findall", "split"), sig(ListT(STR), "string, /", STR)),
        "sub": sig(STR, "repl, string, /", union(STR, FunctionT((Param("", MatchT(base.pattern)),), STR)), STR),
    }
    return {name: FunctionT(found.params, found.result, name) for name, found in named.items()}


def _flags(node: ast.Call) -> int | None:
    """The flags of re.compile, None where they are not constant or not known."""
    given = [*node.args[1:], *(keyword.value for keyword in node.keywords if keyword.arg == "flags")]
    if len(given) == 0:
        return 0 if len(node.keywords) == 0 else None
    return _flag(given[0]) if len(given) == 1 else None


def _flag(node: ast.expr) -> int | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        left, right = _flag(node.left), _flag(node.right)
        return None if left is None or right is None else left | right
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re":
        return int(getattr(re, node.attr)) if node.attr in FLAGS else None
    return None
