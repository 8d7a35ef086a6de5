"""Matches, their groups, and what holds them."""

from __future__ import annotations

import ast

from build.compiler.infer.context import Context
from build.compiler.infer.methods import sig
from build.compiler.patterns.pattern import FORMS, Pattern
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
    Type,
    VarT,
    members,
    parts_of,
    union,
)

OFFSETS = ("start", "end", "span", "pos", "endpos", "regs")


def pattern_attribute(base: PatternT | MatchT, name: str, node: ast.expr, context: Context) -> Type:
    """A method, only where it is called."""
    found = _methods(base).get(name)
    if found is None or node not in context.called:
        advice = "fullmatch, match, search, findall, sub, split; m[1], m.group(1), m.groups()"
        if name in OFFSETS:
            advice = "JavaScript counts UTF-16 units, not code points: take the text itself, in a group"
        context.refuse("CW083", node, type=base, name=name, advice=advice)
        return found or ANY
    if isinstance(base, PatternT) and base.pattern is not None:
        _check_use(base.pattern, name, node, context)
    return found


def _check_use(pattern: Pattern, name: str, node: ast.expr, context: Context) -> None:
    pattern.forms.add(FORMS[name])
    if FORMS[name] == "all" and pattern.may_be_empty:
        context.refuse("CW084", node, name=name)
    most = {"findall": 1, "split": 0}.get(name, pattern.count)
    if pattern.count > most:
        detail = f"`{name}` would give those of {pattern.count} groups"
        context.refuse("CW085", node, detail=detail, advice="write (?:...) for what is not wanted")


def group_type(node: ast.expr, base: Type, key: ast.expr, context: Context) -> Type:
    """The type of `base[key]` where `base` is a match: with None where the group may be missing."""
    found: list[Type] = []
    numbers: set[int] = set()
    for member in members(base):
        pattern = member.pattern if isinstance(member, MatchT) else None
        number = group_number(pattern, key)
        numbers |= {number} if number is not None else set()
        if number is None:
            detail = f"`{ast.unparse(key)}`"
            advice = "write its number or name as it stands in the pattern"
            if pattern is None:
                advice = "take the groups where the match is made; an annotated re.Match[str] has only group()"
            context.refuse("CW085", node, detail=detail, advice=advice)
        elif number == 0 or (pattern is not None and number in pattern.always):
            found.append(STR)
        else:
            found.append(union(STR, NONE))
    if len(numbers) > 1:
        context.refuse("CW085", node, detail=ast.unparse(key), advice="it has two numbers here: match apart")
    return union(*found) if len(found) > 0 else ANY


def group_number(pattern: Pattern | None, key: ast.expr) -> int | None:
    value = key.value if isinstance(key, ast.Constant) else None
    if pattern is None:
        return 0 if value == 0 and type(value) is int else None
    return pattern.group(value)


def on_kept(node: ast.expr, kind: Type, context: Context) -> None:
    """A pattern is only called on; a match is in no container."""
    if not isinstance(kind, PatternT):
        check_declared(node, kind, context)
    elif node not in context.receivers and not isinstance(node, ast.Call):
        context.refuse("CW082", node)


def check_declared(node: ast.expr, kind: Type, context: Context) -> None:
    """A parameter or result may be a match, but no pattern and no container of matches."""
    for member in members(kind):
        if isinstance(member, PatternT):
            context.refuse("CW082", node)
        elif any(_holds_match(part) for part in parts_of(member)):
            context.refuse("CW086", node)


def check_attribute(node: ast.expr, kind: Type, context: Context) -> None:
    """An attribute is neither: objects are compared and shown by what they hold."""
    if _holds_match(kind):
        context.refuse("CW086", node)


def check_match_flow(node: ast.AST, source: Type, target: Type, context: Context) -> None:
    """A match goes where a match of the same pattern, or any, is declared."""
    wanted = [member for member in members(target) if isinstance(member, MatchT)]
    for member in members(source):
        if not isinstance(member, MatchT) or target == NEVER or isinstance(target, VarT):
            continue
        if len(wanted) == 0:
            context.refuse("CW086", node)
        elif all(other.pattern not in (None, member.pattern) for other in wanted):
            detail = "one name holds matches of two patterns"
            context.refuse("CW085", node, detail=detail, advice="give each a name of its own")


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
