"""Types of calls that walk: len, zip, sorted, min, sum, next."""

from __future__ import annotations

import ast

from build.compiler.infer.context import Context
from build.compiler.infer.conversions import argument_types, first_item
from build.compiler.infer.flows import check_function
from build.compiler.infer.iteration import iterate, method_type, walked
from build.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    JS,
    NEVER,
    NONE,
    OBJECT,
    STR,
    BuiltinT,
    ClassT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    Param,
    SetT,
    TupleT,
    Type,
    VarT,
    has_none,
    members,
    union,
)


def call_len(node: ast.Call, want: Type | None, context: Context) -> Type:
    kinds = argument_types(node, context)
    for kind in members(kinds[0]) if len(kinds) > 0 else ():
        sized = kind in (STR, BYTES) or isinstance(kind, ListT | TupleT | DictT | SetT)
        sized = sized or (isinstance(kind, InstanceT) and kind.cls.find_method("__len__") is not None)
        sized = sized or (isinstance(kind, IterT) and kind.kind in ("range", "keys", "values", "items"))
        sized = sized or (isinstance(kind, ClassT) and kind.cls.is_enum)
        if not sized and kind != NEVER:
            context.refuse("CW054", node, what="len()", type=kind)
    return INT


def call_range(node: ast.Call, want: Type | None, context: Context) -> Type:
    for argument, kind in zip(node.args, argument_types(node, context), strict=True):
        if kind not in (INT, ANY, JS):
            context.refuse("CW068", argument, name="range", detail=f"{kind} is no int", advice="give ints")
    return IterT(INT, "range")


def call_enumerate(node: ast.Call, want: Type | None, context: Context) -> Type:
    return IterT(TupleT((INT, first_item(node, context))), "iterator")


def call_zip(node: ast.Call, want: Type | None, context: Context) -> Type:
    items = tuple(walked(argument, context) for argument in node.args)
    for keyword in node.keywords:
        context.expr(keyword.value)
    return IterT(TupleT(items), "iterator")


def call_itertools_chain(node: ast.Call, want: Type | None, context: Context) -> Type:
    items: list[Type] = []
    for argument in node.args:
        given = argument.value if isinstance(argument, ast.Starred) else argument
        item = walked(given, context)
        items.append(iterate(given, item, context) if isinstance(argument, ast.Starred) else item)
    return IterT(union(*items), "iterator")


def call_itertools_chain_from_iterable(node: ast.Call, want: Type | None, context: Context) -> Type:
    return IterT(iterate(node.args[0], first_item(node, context), context), "iterator")


def call_reversed(node: ast.Call, want: Type | None, context: Context) -> Type:
    return IterT(first_item(node, context), "iterator")


def call_iter(node: ast.Call, want: Type | None, context: Context) -> Type:
    return IterT(first_item(node, context), "iterator")


def call_next(node: ast.Call, want: Type | None, context: Context) -> Type:
    kinds = argument_types(node, context)
    kind = kinds[0]
    method = kind.cls.find_method("__next__") if isinstance(kind, InstanceT) else None
    if method is not None and isinstance(kind, InstanceT):
        item: Type = method_type(kind, method, context).result
    else:
        item = iterate(node.args[0], kind, context)
    return union(item, kinds[1]) if len(kinds) > 1 else item


def call_map(node: ast.Call, want: Type | None, context: Context) -> Type:
    kinds = [context.expr(argument) for argument in node.args[1:]]
    params = tuple(
        Param("", iterate(argument, kind, context)) for argument, kind in zip(node.args[1:], kinds, strict=True)
    )
    function = context.expr(node.args[0], FunctionT(params, VarT("Item")))
    if isinstance(function, BuiltinT):
        check_function(node.args[0], function, params, context)
    return IterT(_result(function), "iterator")


def _result(kind: Type) -> Type:
    if isinstance(kind, FunctionT):
        return kind.result
    if isinstance(kind, BuiltinT):
        return {"str": STR, "int": INT, "len": INT, "chr": STR, "ord": INT, "float": FLOAT, "repr": STR}.get(
            kind.name, ANY
        )
    return InstanceT(kind.cls) if isinstance(kind, ClassT) else ANY


def call_filter(node: ast.Call, want: Type | None, context: Context) -> Type:
    item = iterate(node.args[1], context.expr(node.args[1]), context)
    kind = context.expr(node.args[0], FunctionT((Param("", item),), BOOL))
    if has_none(kind):
        context.refuse(
            "CW068", node.args[0], name="filter", detail=str(kind), advice="give a function that returns a bool"
        )
        return IterT(item, "iterator")
    result = _result(kind)
    if result != BOOL:
        context.refuse("CW050", node.args[0], type=result, advice="give a function that returns a bool")
    return IterT(item, "iterator")


def call_sorted(node: ast.Call, want: Type | None, context: Context) -> Type:
    return ListT(_ordered(node, context))


def _ordered(node: ast.Call, context: Context) -> Type:
    """sorted, min, max: the item type; `key` gets items."""
    only = len(node.args) == 1
    item = walked(node.args[0], context) if only else union(*[context.expr(argument) for argument in node.args])
    for keyword in node.keywords:
        params = (Param("", item),)
        kind = context.expr(keyword.value, FunctionT(params, VarT("Key")) if keyword.arg == "key" else None)
        if isinstance(kind, BuiltinT):
            check_function(keyword.value, kind, params, context)
    _check_order(node, item, context)
    return item


def _check_order(node: ast.Call, item: Type, context: Context) -> None:
    if any(keyword.arg == "key" for keyword in node.keywords):
        return
    if not all(member in (INT, FLOAT, STR, BYTES) for member in members(item)):
        context.program.needs.need_equality(item)
    for member in members(item):
        if (
            (isinstance(member, InstanceT) and not has_order(member))
            or member in (NONE, OBJECT)
            or isinstance(member, DictT)
        ):
            context.refuse(
                "CW055", node, operator="<", left=item, right=item, advice="give a key= that makes numbers or text"
            )


def has_order(kind: InstanceT) -> bool:
    return kind.cls.find_method("__lt__") is not None or any(ancestor.order for ancestor in kind.cls.family())


def call_min(node: ast.Call, want: Type | None, context: Context) -> Type:
    item = _ordered(node, context)
    defaults = [context.types[keyword.value] for keyword in node.keywords if keyword.arg == "default"]
    return union(item, *defaults)


call_max = call_min


def call_sum(node: ast.Call, want: Type | None, context: Context) -> Type:
    item = first_item(node, context)
    kinds = [INT if member == BOOL else member for member in members(item)]
    if len(node.args) > 1:
        return union(*kinds, context.types[node.args[1]])
    start = [keyword.value for keyword in node.keywords if keyword.arg == "start"]
    if len(start) > 0:
        return union(*kinds, context.types[start[0]])
    return union(*kinds, INT)
