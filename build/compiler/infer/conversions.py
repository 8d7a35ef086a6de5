"""Types of calls that convert: str, int, list, dict."""

from __future__ import annotations

import ast
from dataclasses import replace

from build.compiler.infer.accepted import accepts
from build.compiler.infer.arguments import apply, look_at_arguments, match_arguments
from build.compiler.infer.context import Context
from build.compiler.infer.flows import check_numbers
from build.compiler.infer.iteration import iterate
from build.compiler.infer.shapes import fits
from build.compiler.infer.signatures import SIMPLE
from build.compiler.infer.truth import has_truth
from build.compiler.subset import ELSE
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
    CoroutineT,
    DefaultT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    MatchT,
    SetT,
    TupleT,
    Type,
    VarT,
    has_none,
    is_unknown,
    members,
    parts_of,
    union,
)

NUMBER_ARGUMENTS = ("math.", "divmod")


def builtin_call(name: str, node: ast.Call, want: Type | None, context: Context) -> Type:
    if name.startswith("newtype."):
        return context.expr(node.args[0])
    if name in SIMPLE:
        return _simple(name, node, context)
    method = context.tables.calls.get(name.replace(".", "_"))
    if method is None:
        look_at_arguments(node, context)
        if name.startswith("re."):
            context.refuse("CW080", node.func, what=f"`{name}`")
        elif name != "super":
            context.refuse("CW036", node.func, name=name, advice=ELSE)
        return ANY
    if not accepts(name, node, context):
        look_at_arguments(node, context)
        return ANY
    kind: Type = method(node, want, context)
    _cross(name, node, context)
    return kind


def _cross(name: str, node: ast.Call, context: Context) -> None:
    """Whatever is given to a function of the js module is in JavaScript's hands."""
    if name.startswith("js."):
        for argument in node.args:
            context.program.exposure.add(context.types.get(argument, ANY))


def _simple(name: str, node: ast.Call, context: Context) -> Type:
    signature = SIMPLE[name]
    if name.startswith(NUMBER_ARGUMENTS):
        kinds = [context.expr(argument) for argument in node.args]
        match_arguments(node, replace(signature, name=name), context)
        if name == "divmod" and FLOAT in kinds:
            return TupleT((FLOAT, FLOAT))
        return signature.result
    if name in ("any", "all"):
        match_arguments(node, replace(signature, name=name), context)
        return _quantifier(name, node, context)
    if name in ("js.start", "js.promise") and len(node.args) == 1:
        context.coroutine_ok.add(node.args[0])
    kind = apply(node, replace(signature, name=name), context)
    _cross(name, node, context)
    return kind


def _quantifier(name: str, node: ast.Call, context: Context) -> Type:
    """any() and all() take bools, as conditions do."""
    item = first_item(node, context)
    if item not in (BOOL, NEVER):
        context.refuse("CW050", node.args[0], type=item, advice=f"compare each item: {name}(x != 0 for x in items)")
    return BOOL


def argument_types(node: ast.Call, context: Context, *wants: Type) -> list[Type]:
    kinds = [
        context.expr(argument, wants[index] if index < len(wants) else None) for index, argument in enumerate(node.args)
    ]
    for keyword in node.keywords:
        context.expr(keyword.value)
    return kinds


def first_item(node: ast.Call, context: Context) -> Type:
    """The item type of the iterable given first."""
    kinds = argument_types(node, context)
    if len(kinds) == 0:
        return NEVER
    if isinstance(kinds[0], DictT):
        context.coercions[node.args[0]] = "keys"
    return iterate(node.args[0], kinds[0], context)


# Conversions

def call_str(node: ast.Call, want: Type | None, context: Context) -> Type:
    kinds = argument_types(node, context)
    if len(kinds) > 0:
        check_text(node.args[0], kinds[0], context)
    return STR


def call_repr(node: ast.Call, want: Type | None, context: Context) -> Type:
    for kind in argument_types(node, context):
        check_text(node.args[0], kind, context)
        context.program.needs.need_repr(kind)
    return STR


def check_text(node: ast.expr, kind: Type, context: Context) -> None:
    """Refuse text from a number that may be int or float; note the classes that need a repr."""
    if _mixes(kind):
        context.refuse("CW064", node, type=kind, advice="make it one of the two: int(x) or float(x)")
    for member in members(kind):
        advice = _instead(member)
        if advice != "":
            context.refuse("CW064", node, type=member, advice=advice)
        if isinstance(member, InstanceT | ListT | TupleT | DictT | SetT) and not isinstance(member, DefaultT):
            context.program.needs.need_repr(member)
        if advice == "" and not isinstance(member, InstanceT):
            _check_shown(node, member, context)


def _instead(kind: Type) -> str:
    """What to write where JavaScript's text of it would be another, or none; "" where it is the same."""
    if is_unknown(kind):
        return "narrow it first: a float or a tuple in it would print differently"
    if isinstance(kind, IterT | FunctionT | BuiltinT | ClassT | CoroutineT):
        return "make a list or a str of it first"
    if isinstance(kind, DefaultT):
        return "make a dict of it first: dict(x)"
    if isinstance(kind, MatchT):
        return "take its text: m[0]"
    if isinstance(kind, InstanceT) and not kind.cls.is_error() and not _shows(kind):
        return "give the class a __str__ or __repr__, or show one of its attributes"
    return ""


def _check_shown(node: ast.expr, kind: Type, context: Context) -> None:
    """What a container holds is shown by its repr; numbers that may be of two kinds are refused already."""
    for part in (inner for item in parts_of(kind) for inner in members(item)):
        if part not in (OBJECT, ANY, INT, FLOAT) and not isinstance(part, VarT):
            check_text(node, part, context)


def _shows(kind: InstanceT) -> bool:
    cls = kind.cls
    found = cls.find_method("__str__") or cls.find_method("__repr__")
    return found is not None or cls.is_enum or any(ancestor.is_dataclass for ancestor in cls.family())


def call_int(node: ast.Call, want: Type | None, context: Context) -> Type:
    _check_number_text(node, context)
    return INT


def call_float(node: ast.Call, want: Type | None, context: Context) -> Type:
    _check_number_text(node, context)
    return FLOAT


def _check_number_text(node: ast.Call, context: Context) -> None:
    kinds = argument_types(node, context)
    if len(kinds) > 0 and has_none(kinds[0]):
        context.refuse("CW087", node.args[0], type="a number or its text")
    elif len(kinds) > 0 and not fits(kinds[0], union(STR, INT, FLOAT, BOOL) if len(kinds) == 1 else STR):
        advice = "give a number or its text" if len(kinds) == 1 else "a base goes with a text"
        context.refuse("CW068", node.args[0], name=ast.unparse(node.func), detail=str(kinds[0]), advice=advice)


def call_bool(node: ast.Call, want: Type | None, context: Context) -> Type:
    kinds = argument_types(node, context)
    if len(kinds) == 1 and kinds[0] != STR and has_truth(kinds[0], context.program):
        context.coercions[node.args[0]] = "truth"
    elif len(kinds) == 1 and kinds[0] not in (BOOL, INT, FLOAT, STR, JS):
        context.refuse("CW050", node, type=kinds[0], advice="compare: len(x) > 0, x is not None")
    return BOOL


def call_bytes(node: ast.Call, want: Type | None, context: Context) -> Type:
    argument_types(node, context)
    return BYTES


def call_list(node: ast.Call, want: Type | None, context: Context) -> Type:
    item = first_item(node, context)
    return want if item == NEVER and isinstance(want, ListT) else ListT(item)


def call_tuple(node: ast.Call, want: Type | None, context: Context) -> Type:
    if len(node.args) == 0:
        return TupleT(())
    return TupleT((), first_item(node, context))


def call_set(node: ast.Call, want: Type | None, context: Context) -> Type:
    item = first_item(node, context)
    if item == NEVER and isinstance(want, SetT):
        return want
    check_key(node, item, context)
    return SetT(item)


def call_frozenset(node: ast.Call, want: Type | None, context: Context) -> Type:
    made = call_set(node, None, context)
    return SetT(made.item, True) if isinstance(made, SetT) else made


def check_key(node: ast.expr, kind: Type, context: Context) -> None:
    if not context.program.annotations.good_key(kind):
        context.refuse("CW059", node, type=kind)


def call_dict(node: ast.Call, want: Type | None, context: Context) -> Type:
    kinds = argument_types(node, context, want) if want is not None else argument_types(node, context)
    if len(node.keywords) > 0:
        value = union(*[context.types[keyword.value] for keyword in node.keywords])
        if isinstance(want, DictT):
            check_numbers(node, value, want.value, context)
        return want if isinstance(want, DictT) else DictT(STR, value)
    if len(kinds) == 0:
        return want if isinstance(want, DictT) else DictT(NEVER, NEVER)
    if isinstance(kinds[0], DictT):
        return DictT(kinds[0].key, kinds[0].value)
    pair = iterate(node.args[0], kinds[0], context)
    if isinstance(pair, TupleT) and len(pair.items) == 2:
        check_key(node, pair.items[0], context)
        return DictT(pair.items[0], pair.items[1])
    context.refuse("CW068", node.args[0], name="dict", detail=f"items of {pair}", advice="give tuples of two")
    return DictT(ANY, ANY)


def call_dict_fromkeys(node: ast.Call, want: Type | None, context: Context) -> Type:
    item = first_item(node, context)
    check_key(node, item, context)
    value = context.types[node.args[1]] if len(node.args) > 1 else NONE
    return DictT(item, value)


def is_negative(node: ast.expr) -> bool:
    """Is this a constant below zero?"""
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant)


def _mixes(kind: Type) -> bool:
    """May a number in it be an int or a float?"""
    kinds = members(kind)
    if INT in kinds and FLOAT in kinds:
        return True
    return any(_mixes(part) for member in kinds if not isinstance(member, InstanceT) for part in parts_of(member))
