"""Types of what the module collections makes: deque, defaultdict, Counter."""

from __future__ import annotations

import ast
from typing import TypeVar

from build.compiler.infer.context import Context
from build.compiler.infer.conversions import argument_types, check_key
from build.compiler.infer.flows import flow_into
from build.compiler.infer.iteration import iterate, walked
from build.compiler.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    NEVER,
    NONE,
    STR,
    BuiltinT,
    ClassT,
    CounterT,
    DefaultT,
    DequeT,
    DictT,
    FunctionT,
    InstanceT,
    ListT,
    SetT,
    TupleT,
    Type,
    members,
    parts_of,
    union,
)

MADE: dict[str, Type] = {
    "list": ListT(NEVER),
    "dict": DictT(NEVER, NEVER),
    "set": SetT(NEVER),
    "tuple": TupleT(()),
    "int": INT,
    "float": FLOAT,
    "str": STR,
    "bool": BOOL,
    "collections.deque": DequeT(NEVER),
    "collections.Counter": CounterT(NEVER, INT),
}


Shape = TypeVar("Shape", DequeT, DefaultT, CounterT)


def call_collections_deque(node: ast.Call, want: Type | None, context: Context) -> Type:
    limits = [*node.args[1:], *(keyword.value for keyword in node.keywords)]
    wanted = _wanted(want, DequeT)
    if len(node.args) == 0 or (isinstance(node.args[0], ast.List) and len(node.args[0].elts) == 0):
        argument_types(node, context)
        item: Type = NEVER
    else:
        item = walked(node.args[0], context, ListT(wanted.item) if wanted else None)
        argument_types(node, context)
    for limit in limits:
        flow_into(limit, context.types[limit], union(INT, NONE), context)
    if isinstance(wanted, DequeT):
        flow_into(node, DequeT(item), wanted, context)
        return wanted
    return _typed(node, DequeT(item), item, "deque[int]", context)


def call_collections_defaultdict(node: ast.Call, want: Type | None, context: Context) -> Type:
    wanted = _wanted(want, DefaultT)
    kinds = argument_types(node, context, *([FunctionT((), wanted.value)] if wanted is not None else []))
    made = _made_by(node.args[0], kinds[0], context)
    if isinstance(wanted, DefaultT):
        if made is not None:
            flow_into(node.args[0], made, wanted.value, context)
        return wanted
    key = kinds[1].key if len(kinds) > 1 and isinstance(kinds[1], DictT) else NEVER
    return _typed(node, DefaultT(key, made or ANY), key, "defaultdict[str, list[int]]", context)


def _made_by(node: ast.expr, kind: Type, context: Context) -> Type | None:
    """What a factory makes; None where there is none."""
    if kind == NONE:
        return None
    if isinstance(kind, BuiltinT) and kind.name in MADE:
        return MADE[kind.name]
    if isinstance(kind, ClassT) and not kind.cls.is_enum:
        return InstanceT(kind.cls)
    if isinstance(kind, FunctionT) and not any(not param.has_default for param in kind.params or ()):
        return kind.result
    context.refuse("CW068", node, name="defaultdict", detail=str(kind), advice="give a class, a function or None")
    return None


def call_collections_Counter(node: ast.Call, want: Type | None, context: Context) -> Type:
    wanted = _wanted(want, CounterT)
    kinds = argument_types(node, context)
    if len(kinds) == 0:
        return wanted or _typed(node, CounterT(NEVER, INT), NEVER, "Counter[str]", context)
    if isinstance(kinds[0], DictT):
        flow_into(node.args[0], kinds[0].value, INT, context)
        key = kinds[0].key
    else:
        key = iterate(node.args[0], kinds[0], context)
    check_key(node.args[0], key, context)
    return wanted or CounterT(key, INT)


def _typed(node: ast.Call, kind: Type, part: Type, example: str, context: Context) -> Type:
    """An empty one says what it is for where it is made: nothing else tells it later."""
    if part == NEVER:
        name = ast.unparse(node.func)
        context.refuse("CW068", node, name=name, detail="without a type", advice=f"annotate it: x: {example} = ...")
    return kind


def _wanted(want: Type | None, shape: type[Shape]) -> Shape | None:
    """The kind of it that is asked for, if that says of what it is."""
    found = members(want) if want is not None else ()
    return next((member for member in found if isinstance(member, shape) and parts_of(member)[0] != NEVER), None)
