"""Types of calls to functions, methods, classes and values; arguments matched to parameters."""

from __future__ import annotations

import ast
from dataclasses import replace

from build.compiler.infer.arguments import apply, check_js, look_at_arguments
from build.compiler.infer.constructor_types import constructor_type
from build.compiler.infer.constructors import construct, is_super, super_call
from build.compiler.infer.context import Context
from build.compiler.infer.conversions import builtin_call, check_key
from build.compiler.infer.flows import flow_into
from build.compiler.infer.iteration import iterate
from build.compiler.infer.regular import regular_call
from build.compiler.types import (
    ANY,
    JS,
    NEVER,
    NONE,
    BuiltinT,
    ClassT,
    CounterT,
    DictT,
    FunctionT,
    ListT,
    SetT,
    TupleT,
    Type,
    UnionT,
    union,
)

FILLS = ("append", "extend", "add", "update")


def visit_Call(node: ast.Call, want: Type | None, context: Context) -> Type:
    if is_super(node.func):
        kind = super_call(node, context)
    else:
        context.called.add(node.func)
        callee = context.expr(node.func)
        kind = type_of_call(node, callee, want, context)
    context.check_coroutine(node, kind)
    return kind


def type_of_call(node: ast.Call, callee: Type, want: Type | None, context: Context) -> Type:
    """The type of calling something of type `callee`."""
    starred = [argument for argument in node.args if isinstance(argument, ast.Starred)]
    if len(starred) > 0 and not _takes_more(callee, context):
        context.refuse("CW040", starred[0])
        look_at_arguments(node, context)
        return ANY
    if isinstance(callee, BuiltinT):
        return builtin_call(callee.name, node, want, context)
    if callee == JS:
        return _js_call(node, context)
    if isinstance(callee, ClassT):
        return construct(node, callee.cls, want, context)
    if isinstance(callee, FunctionT):
        special = _method_call(node, callee, want, context)
        return special if special is not None else apply(node, callee, context)
    if isinstance(callee, UnionT) and all(isinstance(member, FunctionT | ClassT) for member in callee.members):
        return _any_of(node, callee, want, context)
    look_at_arguments(node, context)
    if callee != NEVER and not context.is_told(node.func):
        context.refuse("CW054", node.func, what="a call", type=callee)
    return ANY


def _takes_more(callee: Type, context: Context) -> bool:
    """Does it take any number of arguments behind its others?"""
    if isinstance(callee, ClassT):
        callee = constructor_type(callee.cls, context)
    if isinstance(callee, BuiltinT):
        return callee.name in ("print", "itertools.chain")
    return isinstance(callee, FunctionT) and callee.rest is not None


def _any_of(node: ast.Call, callee: UnionT, want: Type | None, context: Context) -> Type:
    """One of several functions, or of several classes: each must take the arguments at the same places."""
    if len({type(member) for member in callee.members}) > 1:
        context.refuse("CW054", node.func, what="a call", type=callee)
    results: list[Type] = []
    places: list[list[ast.expr | None]] = []
    for member in callee.members:
        results.append(type_of_call(node, member, want, context))
        places.append(context.bound.get(node, []))
    if any(other != places[0] for other in places):
        detail = "those that it may be take them in another order"
        context.refuse("CW058", node, name=ast.unparse(node.func), detail=detail)
    return union(*results)


def _js_call(node: ast.Call, context: Context) -> Type:
    for keyword in node.keywords:
        context.refuse("CW057", keyword.value)
    look_at_arguments(node, context)
    for argument in node.args:
        check_js(argument, context)
    return JS


# Methods whose signature depends on the arguments

def _method_call(node: ast.Call, callee: FunctionT, want: Type | None, context: Context) -> Type | None:
    found = regular_call(node, callee, context)
    if found is not None:
        return found
    if not isinstance(node.func, ast.Attribute) or len(node.keywords) > 0:
        return None
    receiver = context.types.get(node.func.value, ANY)
    name = node.func.attr
    if isinstance(receiver, DictT):
        return _dict_call(node, receiver, name, context)
    if isinstance(receiver, ListT) and name in ("index", "remove", "count"):
        context.program.needs.need_equality(receiver.item)
    if isinstance(receiver, ListT | SetT) and name in FILLS and receiver.item == NEVER and len(node.args) == 1:
        return _filled(node, node.func.value, receiver, name in ("append", "add"), context)
    return None


def _filled(node: ast.Call, owner: ast.expr, receiver: ListT | SetT, is_one: bool, context: Context) -> Type:
    """What an empty display is given first: one item, or all those of an iterable."""
    given = context.expr(node.args[0])
    item = given if is_one else iterate(node.args[0], given, context)
    if isinstance(receiver, SetT):
        check_key(node.args[0], item, context)
    widen(owner, replace(receiver, item=item), context)
    context.bound[node] = list(node.args)
    return NONE


def _dict_call(node: ast.Call, receiver: DictT, name: str, context: Context) -> Type | None:
    if name in ("get", "pop") and len(node.args) == 2:
        flow_into(node.args[0], context.expr(node.args[0], receiver.key), receiver.key, context)
        default = context.expr(node.args[1], receiver.value)
        if receiver.value != ANY:
            flow_into(node.args[1], default, union(receiver.value, NONE), context)
        context.bound[node] = list(node.args)
        return union(receiver.value, default)
    if isinstance(receiver, CounterT) and name in ("update", "subtract"):
        return None
    if name == "update" and len(node.args) == 1:
        given = context.expr(node.args[0], receiver)
        pair = given if isinstance(given, DictT) else iterate(node.args[0], given, context)
        if not isinstance(pair, DictT) and not (isinstance(pair, TupleT) and len(pair.items) == 2):
            context.refuse("CW068", node.args[0], name=name, detail=f"items of {pair}", advice="give tuples of two")
        context.bound[node] = list(node.args)
        return NONE
    return None


def widen(node: ast.expr, kind: Type, context: Context) -> None:
    """An empty display learns its item type from the first use, as mypy infers it."""
    context.types[node] = kind
    if isinstance(node, ast.Name):
        local = context.scope.local(node.id)
        if local is not None:
            local.type = kind
        context.remember(node.id, kind)
