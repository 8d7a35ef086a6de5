"""Types of regular expressions: what a pattern's methods give, and which groups a match always has."""

from __future__ import annotations

import ast
import re

from build.compiler.infer.arguments import apply
from build.compiler.infer.context import Context
from build.compiler.infer.matched import group_type
from build.compiler.patterns.pattern import FLAGS, Pattern
from build.compiler.patterns.untranslatable import Untranslatable
from build.compiler.symbols import Variable
from build.compiler.types import (
    ANY,
    STR,
    FunctionT,
    MatchT,
    PatternT,
    TupleT,
    Type,
    members,
    union,
)


def call_re_compile(node: ast.Call, want: Type | None, context: Context) -> Type:
    text = node.args[0].value if len(node.args) > 0 and isinstance(node.args[0], ast.Constant) else None
    flags = _flags(node)
    if not _is_constant(node, context) or not isinstance(text, str) or flags is None:
        context.refuse("CW080", node, what="this")
        return PatternT()
    if node not in context.patterns:
        try:
            context.patterns[node] = Pattern(text, flags)
        except Untranslatable as error:
            context.refuse("CW081", node.args[0], what=error.args[0], advice=error.args[1])
            return PatternT()
    return PatternT(context.patterns[node])


def _is_constant(node: ast.Call, context: Context) -> bool:
    """Is this call the value of a constant of the module?"""
    for statement in context.module.tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is node:
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            found = context.module.symbols.get(targets[0].id) if isinstance(targets[0], ast.Name) else None
            return len(targets) == 1 and isinstance(found, Variable) and found.assignments == 1
    return False


# Methods


def regular_call(node: ast.Call, callee: FunctionT, context: Context) -> Type | None:
    receiver = context.types.get(node.func.value, ANY) if isinstance(node.func, ast.Attribute) else ANY
    first = members(receiver)[0]
    if isinstance(first, MatchT) and callee.name == "group":
        context.bound[node] = list(node.args)
        key = node.args[0] if len(node.args) > 0 else ast.Constant(0)
        if len(node.args) > 1 or len(node.keywords) > 0:
            context.refuse("CW085", node, detail="several at once", advice="ask for one after the other")
        return group_type(node, receiver, key, context)
    if isinstance(first, MatchT) and callee.name == "groups":
        context.bound[node] = []
        return union(*(_groups(node, member, context) for member in members(receiver)))
    if isinstance(first, PatternT):
        result = apply(node, callee, context)
        _check_arguments(node, callee.name, context)
        return result
    return None


def _groups(node: ast.Call, kind: Type, context: Context) -> Type:
    pattern = kind.pattern if isinstance(kind, MatchT) else None
    if pattern is None or len(pattern.always) < pattern.count or len(node.args) > 0:
        context.refuse("CW085", node, detail="not every one always matches", advice="take them one by one: m[1]")
        return TupleT((), ANY)
    return TupleT((STR,) * pattern.count)


def _check_arguments(node: ast.Call, name: str, context: Context) -> None:
    """A text to look in; for `sub` a text without backslashes before it, or a function of the match."""
    for text in node.args[1:] if name == "sub" else node.args:
        if context.types.get(text) != STR:
            context.refuse("CW054", text, what=f"`{name}`", type=context.types.get(text, ANY))
    for given in node.args[:1] if name == "sub" else []:
        is_plain = isinstance(given, ast.Constant) and "\\" not in str(given.value)
        if not is_plain and not isinstance(context.types.get(given), FunctionT):
            advice = "give a constant without backslashes, or a lambda of the match"
            context.refuse("CW083", given, name="sub", type="this replacement", advice=advice)


# Groups


# Where they may go


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
