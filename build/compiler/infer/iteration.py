"""What a loop over something gives, and functions as types."""

from __future__ import annotations

import ast

from build.compiler.caches import is_cached
from build.compiler.infer.context import Context
from build.compiler.infer.generics import answers_at, substitute
from build.compiler.symbols import FunctionInfo
from build.compiler.types import (
    ANY,
    ARGUMENT,
    INT,
    JS,
    NEVER,
    STR,
    ClassT,
    CoroutineT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    Param,
    SetT,
    TupleT,
    Type,
    members,
    union,
)


def iterate(node: ast.expr, kind: Type, context: Context) -> Type:
    """The type of the items that a `for` over `kind` gives."""
    items = [_item(node, member, context) for member in members(kind)]
    return union(*[item if item != ARGUMENT else ANY for item in items])


def walked(node: ast.expr, context: Context, want: Type | None = None) -> Type:
    """The type of the items of an expression that is walked right there: a dict gives its keys."""
    kind = context.expr(node, want)
    if isinstance(kind, DictT):
        context.coercions[node] = "keys"
    return iterate(node, kind, context)


def _item(node: ast.expr, kind: Type, context: Context) -> Type:
    if isinstance(kind, ListT | SetT | IterT):
        return kind.item
    if isinstance(kind, TupleT):
        return kind.rest if kind.rest is not None else union(*kind.items)
    if isinstance(kind, DictT):
        return kind.key
    if isinstance(kind, ClassT) and kind.cls.is_enum:
        return InstanceT(kind.cls)
    if kind == STR:
        return STR
    if str(kind) == "bytes":
        return INT
    if isinstance(kind, InstanceT):
        method = kind.cls.find_method("__iter__")
        if method is not None:
            result = method_type(kind, method, context).result
            step = result.cls.find_method("__next__") if isinstance(result, InstanceT) else None
            if step is not None and isinstance(result, InstanceT):
                return method_type(result, step, context).result
            return result.item if isinstance(result, IterT) else ANY
    if kind == JS:
        context.refuse("CW054", node, what="iteration", type="js.Value: write js.items(value)")
    elif kind != NEVER:
        context.refuse("CW054", node, what="iteration", type=kind)
    return ANY


def method_type(base: InstanceT, info: FunctionInfo, context: Context) -> FunctionT:
    """The signature of a method of this object."""
    kind = substitute(function_type(info, context), answers_at(base, info.cls))
    assert isinstance(kind, FunctionT)
    return kind


def function_type(info: FunctionInfo, context: Context) -> FunctionT:
    """The signature from annotations, without self."""
    args = info.node.args
    positional = [*args.posonlyargs, *args.args]
    defaults = len(positional) - len(args.defaults)
    params = [
        Param(arg.arg, _annotated(arg.annotation, info, context), index >= defaults)
        for index, arg in enumerate(positional)
    ]
    if info.kind in ("method", "class", "getter", "setter"):
        params = params[1:]
    for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        params.append(Param(arg.arg, _annotated(arg.annotation, info, context), default is not None, kw_only=True))
    if args.vararg is not None:
        kind = _annotated(args.vararg.annotation, info, context)
        params.append(Param(args.vararg.arg, kind, has_default=True, by_place=True, is_rest=True))
    result = _annotated(info.node.returns, info, context)
    if info.is_async:
        result = CoroutineT(result)
    kept = is_cached(info.node, info.module, context.program.modules)
    return FunctionT(tuple(params), result, info.name, visible=not kept, is_cached=kept)


def _annotated(annotation: ast.expr | None, info: FunctionInfo, context: Context) -> Type:
    return context.program.annotations.type_of(annotation, info.module, info.cls, quiet=True)
