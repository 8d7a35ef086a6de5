"""Types of subscripts, lambdas, awaits and yields."""

from __future__ import annotations

import ast
from typing import cast

from build.compiler.infer.context import Context
from build.compiler.infer.displays import pick
from build.compiler.infer.flows import check_moved, flow_into, flow_to_method, keep
from build.compiler.infer.iteration import iterate, method_type, walked
from build.compiler.infer.matched import group_type
from build.compiler.infer.paths import path_of
from build.compiler.infer.stores import assign, declared_type, look_at_bounds
from build.compiler.types import (
    ANY,
    ARGUMENT,
    BYTES,
    INT,
    JS,
    NEVER,
    NONE,
    STR,
    BuiltinT,
    ClassT,
    CoroutineT,
    DequeT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    MatchT,
    ModuleT,
    Param,
    TupleT,
    Type,
    has_none,
    members,
    union,
)


def visit_Subscript(node: ast.Subscript, want: Type | None, context: Context) -> Type:
    base = context.expr(node.value)
    if isinstance(node.slice, ast.Slice):
        look_at_bounds(node.slice, context)
        return _slice(node, base, context)
    if isinstance(members(base)[0], MatchT) and not has_none(base):
        narrowed = context.narrowed(path_of(node))
        context.expr(node.slice)
        return narrowed if narrowed is not None else group_type(node, base, node.slice, context)
    key = context.expr(node.slice, base.key if isinstance(base, DictT) else None)
    if isinstance(base, DictT) and base.key != NEVER:
        flow_into(node.slice, key, base.key, context)
    flow_to_method(base, "__getitem__", [(node.slice, key)], context)
    narrowed = context.narrowed(path_of(node))
    if narrowed is not None:
        return narrowed
    return union(*[_index(node, member, context) for member in members(base)])


def _slice(node: ast.Subscript, base: Type, context: Context) -> Type:
    if (isinstance(base, ListT) and not isinstance(base, DequeT)) or base in (STR, BYTES, NEVER):
        return base
    if isinstance(base, TupleT):
        span = _constant_slice(cast(ast.Slice, node.slice))
        if base.rest is None and span is not None:
            return TupleT(base.items[span])
        return TupleT((), base.rest if base.rest is not None else union(*base.items))
    if isinstance(base, IterT) and base.kind == "range":
        context.refuse("CW034", node, what="a slice of a range", advice="make a list of it first: list(...)")
    else:
        context.refuse("CW054", node, what="a slice", type=base)
    return ANY


def _index(node: ast.Subscript, base: Type, context: Context) -> Type:
    if isinstance(base, ListT):
        return base.item
    if isinstance(base, TupleT):
        if base.rest is not None:
            return base.rest if base.rest != ARGUMENT else ANY
        index = constant_index(node.slice)
        if index is not None and -len(base.items) <= index < len(base.items):
            return base.items[index]
        return union(*base.items)
    if isinstance(base, DictT):
        return base.value
    if base in (STR, JS, NEVER):
        return base
    if base == BYTES:
        return INT
    if isinstance(base, IterT) and base.kind == "range":
        return INT
    if isinstance(base, ClassT) and base.cls.is_enum and context.types.get(node.slice) == STR:
        return InstanceT(base.cls)
    if isinstance(base, InstanceT):
        method = base.cls.find_method("__getitem__")
        if method is not None:
            return method_type(base, method, context).result
    if isinstance(base, BuiltinT):
        advice = "annotate what it is stored in: items: dict[str, int] = {}"
        context.refuse("CW034", node, what=f"`{base}[...]` outside of an annotation", advice=advice)
    else:
        context.refuse("CW054", node, what="a subscript", type=base)
    return ANY


def check_default(node: ast.expr, args: ast.arguments, context: Context) -> None:
    """A local variable's value of the moment is kept; not under a parameter's name, nor inside an expression."""
    params = {arg.arg for arg in [*args.posonlyargs, *args.args, *args.kwonlyargs]}
    params |= {args.vararg.arg} if args.vararg is not None else set()
    names = [name.id for name in ast.walk(node) if isinstance(name, ast.Name)]
    local = [name for name in names if context.scope.find(name) is not None]
    changes = may_change(node, context) or any(is_rebound(name, context) for name in names if name not in local)
    if changes or not params.isdisjoint(names) or (len(local) > 0 and not isinstance(node, ast.Name)):
        context.refuse("CW037", node)


def may_change(node: ast.expr, context: Context) -> bool:
    """Is there an attribute in it that may be assigned: of no module, class, enum or frozen object?"""
    owners = [context.types.get(part.value, ANY) for part in ast.walk(node) if isinstance(part, ast.Attribute)]
    return not all(_is_kept(owner) for owner in owners)


def is_rebound(name: str, context: Context) -> bool:
    """Does the module assign this name more than once? JavaScript asks for a default at each call."""
    known = context.scopes.module.locals.get(name)
    return known is not None and known.stores > 1


def visit_Lambda(node: ast.Lambda, want: Type | None, context: Context) -> Type:
    wanted = pick(want, FunctionT)
    scope = context.scopes.of[node]
    params: list[Param] = []
    offered = (wanted.params or ()) if isinstance(wanted, FunctionT) else ()
    for index, arg in enumerate(node.args.args):
        kind = offered[index].type if index < len(offered) else ANY
        if index >= len(node.args.args) - len(node.args.defaults):
            default = node.args.defaults[index - (len(node.args.args) - len(node.args.defaults))]
            given = context.expr(default)
            check_default(default, node.args, context)
            kind = given if kind == ANY else kind
        scope.locals[arg.arg].type = kind
        params.append(Param(arg.arg, kind, index >= len(node.args.args) - len(node.args.defaults)))
    inside = context.within(node, context.copy())
    for arg in node.args.args:
        inside.forget(arg.arg)
    context.coroutine_ok.add(node.body)
    hope = wanted.result if isinstance(wanted, FunctionT) else None
    result = inside.expr(node.body, hope)
    if hope is not None and hope != NONE:
        flow_into(node.body, result, hope, inside)
    return FunctionT(tuple(params), result)


def visit_Await(node: ast.Await, want: Type | None, context: Context) -> Type:
    context.coroutine_ok.add(node.value)
    kind = context.expr(node.value)
    if isinstance(kind, CoroutineT):
        return kind.result
    if kind == JS:
        context.refuse("CW054", node, what="await", type="js.Value: write await js.wait(promise)")
    elif kind not in (ANY, NEVER):
        context.refuse("CW054", node, what="await", type=kind)
    return ANY


def visit_Yield(node: ast.Yield, want: Type | None, context: Context) -> Type:
    if node.value is not None:
        flow_into(node.value, context.expr(node.value, context.yields), context.yields, context)
    return ANY


def visit_YieldFrom(node: ast.YieldFrom, want: Type | None, context: Context) -> Type:
    check_moved(node.value, walked(node.value, context), context.yields, context)
    return NONE


def visit_Starred(node: ast.Starred, want: Type | None, context: Context) -> Type:
    return iterate(node.value, context.expr(node.value), context)


def visit_NamedExpr(node: ast.NamedExpr, want: Type | None, context: Context) -> Type:
    kind = context.expr(node.value, declared_type(node.target, context) or want)
    keep(node.value, kind, context)
    assign(node.target, kind, node.value, context)
    return context.narrowed(node.target.id) or kind


def constant_index(node: ast.expr) -> int | None:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        value = node.operand.value
        return -value if type(value) is int else None
    return None


def _constant_slice(node: ast.Slice) -> slice | None:
    """The slice, where its bounds are constants and it has no step."""
    bounds = [None if bound is None else constant_index(bound) for bound in (node.lower, node.upper)]
    unknown = any(
        given is not None and bound is None for given, bound in zip((node.lower, node.upper), bounds, strict=True)
    )
    return None if unknown or node.step is not None else slice(*bounds)


def _is_kept(owner: Type) -> bool:
    """Do its attributes stay as they are?"""
    is_fixed = isinstance(owner, InstanceT) and (owner.cls.is_enum or owner.cls.frozen)
    return is_fixed or isinstance(owner, ClassT | ModuleT)
