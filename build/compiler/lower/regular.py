"""Regular expressions: literals for the constants, `test`, `exec`, `match`, `replace` and `split` for what is asked.

A literal with the flag `g` remembers where it stopped: it only goes to the methods of texts, which begin anew, and each
form that a pattern is used in is a constant of its own.
"""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.infer.matched import group_number
from build.compiler.lower.context import Context
from build.compiler.lower.function_values import function_value
from build.compiler.nodes import Array, Arrow, Binary, Call, Id, Index, Js, Let, Lit, Member, Spread
from build.compiler.patterns.pattern import FORMS, Pattern
from build.compiler.types import NONE, MatchT, PatternT, Type, has_none, members

LOOSE = {"is": "==", "==": "==", "is not": "!=", "!=": "!="}


# Constants

def pattern_constants(node: ast.Assign | ast.AnnAssign, context: Context) -> list[Js]:
    """One constant for each form that somebody uses."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    kind = context.t(node.value) if node.value is not None else None
    assert isinstance(target, ast.Name)
    assert isinstance(kind, PatternT)
    pattern = kind.pattern
    assert pattern is not None
    return [
        Let(
            "const",
            Id(f"{context.js_name(target.id)}{_suffix(pattern, form)}", place=context.place(target, target.id)),
            Lit(pattern.literal(form)),
            place=context.place(node),
        )
        for form in sorted(pattern.forms or {"any"})
    ]


def _regex(node: ast.expr, pattern: Pattern, form: str, context: Context) -> Js:
    """The constant that holds the pattern in this form."""
    suffix = _suffix(pattern, form)
    if isinstance(node, ast.Attribute):
        return Member(
            context.expr(node.value), context.js_name(node.attr) + suffix, place=context.place(node, node.attr)
        )
    assert isinstance(node, ast.Name)
    home = context.program.modules.home(context.module, node.id)
    local = context.js_name(node.id) + suffix
    if home is not None and home[0] != context.module.name:
        context.gathered.imports[(home[0], context.js_name(home[1]) + suffix)] = local
    return Id(local, place=context.place(node, node.id))


# Calls

def regular_call(node: ast.Call, func: ast.Attribute, context: Context) -> Js | None:
    """A call on a pattern or a match."""
    kind = context.t(func.value)
    if isinstance(kind, PatternT) and kind.pattern is not None:
        return _use(node, func, kind.pattern, context)
    if isinstance(members(kind)[0], MatchT):
        if func.attr == "groups":
            return b.method(context.expr(func.value), "slice", Lit("1"), Lit(str(1 + _count(kind))))
        return match_group(node, func.value, node.args[0] if len(node.args) > 0 else ast.Constant(0), context)
    return None


def _count(kind: Type) -> int:
    first = members(kind)[0]
    return first.pattern.count if isinstance(first, MatchT) and first.pattern is not None else 0


def _use(node: ast.Call, func: ast.Attribute, pattern: Pattern, context: Context) -> Js:
    regex = _regex(func.value, pattern, FORMS[func.attr], context)
    text = context.expr(node.args[-1])
    if func.attr == "sub":
        return b.method(text, "replace", regex, _replacement(node.args[0], context))
    if func.attr == "split":
        return b.method(text, "split", regex)
    if func.attr != "findall":
        return b.method(regex, "exec", text)
    if pattern.count == 0:
        return Binary("??", b.method(text, "match", regex), Array([]))
    group: Js = Index(Id("it"), Lit("1"))
    shown = group if 1 in pattern.always else Binary("??", group, b.text(""))
    return b.method(Array([Spread(b.method(text, "matchAll", regex))]), "map", Arrow([Id("it")], shown))


def _replacement(node: ast.expr, context: Context) -> Js:
    """A text in which nothing is special, or a function of what `exec` would have given."""
    if isinstance(node, ast.Constant):
        return b.text(str(node.value).replace("$", "$$"))
    if isinstance(node, ast.Lambda):
        whole = _takes_whole(node)
        context.gathered.whole_matches.update({node} if whole else ())
        function = context.expr(node)
        if isinstance(function, Arrow):
            return function if whole else Arrow([Spread(function.params[0])], function.body, place=function.place)
    it = Id("it")
    return Arrow([Spread(it)], Call(function_value(node, context), [it]))


def _takes_whole(node: ast.Lambda) -> bool:
    """Does the lambda ask for the whole text only? That is the first thing that `replace` gives."""
    name = node.args.args[0].arg
    asked = [item for item in ast.walk(node.body) if isinstance(item, ast.Name) and item.id == name]
    whole = [item for item in ast.walk(node.body) if isinstance(item, ast.expr) and _is_whole(item, name)]
    return len(asked) == len(whole)


# Groups

def match_group(node: ast.expr, match: ast.expr, key: ast.expr, context: Context) -> Js:
    """A group by its number; None where it is missing, unless that is known not to be."""
    first = members(context.t(match))[0]
    assert isinstance(first, MatchT)
    number = group_number(first.pattern, key)
    if isinstance(match, ast.Name) and _is_whole_match(match, context):
        return context.expr(match)
    found = Index(context.expr(match), Lit(str(number)))
    return Binary("??", found, b.NULL) if has_none(context.t(node)) else found


def _is_whole_match(node: ast.Name, context: Context) -> bool:
    found = context.scope.find(node.id)
    return found is not None and found[1].node in context.gathered.whole_matches


# Is there one?

def search_test(symbol: str, left: Js, left_node: ast.expr, right_node: ast.expr, context: Context) -> Js | None:
    """A comparison of what a search gives, or a group, with None."""
    if symbol in LOOSE and context.t(right_node) == NONE:
        if isinstance(left, Call) and _is_search(left_node, context):
            assert isinstance(left.callee, Member)
            found = b.method(left.callee.object, "test", *left.args)
            return found if symbol in ("is not", "!=") else b.negate(found)
        if isinstance(left, Binary) and left.operator == "??" and _is_group(left_node, context):
            return Binary(LOOSE[symbol], left.left, b.NULL)
    return None


def _is_search(node: ast.expr, context: Context) -> bool:
    found = node.func if isinstance(node, ast.Call) else None
    return isinstance(found, ast.Attribute) and isinstance(context.t(found.value), PatternT)


def _is_group(node: ast.expr, context: Context) -> bool:
    inner = node.func if isinstance(node, ast.Call) else node
    return isinstance(inner, ast.Subscript | ast.Attribute) and isinstance(context.t(inner.value), MatchT)


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
