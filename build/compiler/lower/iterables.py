"""What can be walked: as it stands, or as an array."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.infer.iteration import iterate
from build.compiler.lower.context import Context
from build.compiler.lower.order import is_fixed
from build.compiler.nodes import Array, Id, Js, Spread
from build.compiler.types import (
    NUMBERS,
    STR,
    BuiltinT,
    ClassT,
    DequeT,
    DictT,
    IterT,
    ListT,
    TupleT,
    all_in,
    members,
)

Comprehension = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp


def target_pattern(target: ast.expr, context: Context) -> Js:
    """A target of plain names as a JavaScript pattern."""
    if isinstance(target, ast.Name):
        return Id(context.js_name(target.id), place=context.place(target, target.id))
    if isinstance(target, ast.Tuple | ast.List):
        return Array([target_pattern(item, context) for item in target.elts])
    if isinstance(target, ast.Starred):
        return Spread(target_pattern(target.value, context))
    raise context.refuse("CW074", target, what="this target", advice="unpack into plain names")


def is_array(node: ast.expr, context: Context) -> bool:
    """Is the lowered iterable a JavaScript array?"""
    if isinstance(node, ast.ListComp | ast.List | ast.Tuple) or is_call_of(node, "range", context):
        return True
    return all(isinstance(member, ListT | TupleT | ClassT) for member in members(context.t(node)))


def iterable(node: ast.expr, context: Context) -> Js:
    """Something for-of can walk over: dicts give keys, items() gives the dict itself."""
    kind = context.t(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and len(node.args) == 0:
        owner = context.t(node.func.value)
        if isinstance(owner, DictT) and node.func.attr == "items":
            return context.expr(node.func.value)
        if isinstance(owner, DictT) and node.func.attr in ("keys", "values"):
            return b.method(context.expr(node.func.value), node.func.attr)
    value = context.expr(node)
    if isinstance(kind, ClassT):
        return b.method(Id("Object"), "values", value)
    if isinstance(kind, DictT):
        return b.method(value, "keys")
    return value


def walked(node: ast.expr, context: Context) -> Js:
    """What a walk may leave early: JavaScript closes its iterator then, CPython one that nobody else holds."""
    return resumed(iterable(node, context), node, context)


def resumed(value: Js, node: ast.expr, context: Context) -> Js:
    """An iterator that somebody holds goes on later where it was left."""
    is_held = is_lazy(node, context) and not isinstance(node, ast.Call | ast.GeneratorExp)
    return context.help("resumable", value) if is_held else value


def as_array(node: ast.expr, context: Context) -> Js:
    """The iterable as an array, copied only when it is none."""
    value = iterable(node, context)
    return value if is_array(node, context) else Array([Spread(value)])


def is_lazy(node: ast.expr, context: Context) -> bool:
    """Would taking more items than asked for be noticed? Iterators do something for each."""
    return any(
        isinstance(member, IterT) and member.kind in ("iterator", "iterable") for member in members(context.t(node))
    )


def is_kept(node: ast.expr, context: Context) -> bool:
    """Is it a name that nothing binds again?"""
    if not isinstance(node, ast.Name):
        return False
    local = context.scope.local(node.id)
    return local is not None and local.stores <= (0 if local.kind == "param" else 1) and is_fixed(node, context)


def is_lenient(node: ast.Call) -> bool:
    """Is nothing asked of zip but what it walks? `strict=False` is what it does anyway."""
    return all(isinstance(word.value, ast.Constant) and word.value.value is False for word in node.keywords)


def is_list(node: ast.expr, context: Context) -> bool:
    """Is it an array that goes on by index, whatever happens to it meanwhile?"""
    if isinstance(node, ast.Starred):
        return False
    kinds = members(context.t(node))
    exact = all(kind.exact and not isinstance(kind, DequeT) for kind in kinds if isinstance(kind, ListT))
    plain = exact and all(isinstance(kind, ListT | TupleT | ClassT) for kind in kinds)
    return plain or is_call_of(node, "range", context)


def is_list_of_numbers(node: ast.expr, context: Context) -> bool:
    item = iterate(node, context.t(node), context.inferred) if is_list(node, context) else STR
    return all_in(item, NUMBERS)


def is_call_of(node: ast.expr, name: str, context: Context) -> bool:
    """Is this a call of that built-in function, with arguments?"""
    callee = context.t(node.func) if isinstance(node, ast.Call) and len(node.args) > 0 else None
    return isinstance(callee, BuiltinT) and callee.name == name
