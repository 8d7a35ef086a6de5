"""Types of calls to built-in functions and constructors."""

from __future__ import annotations

import ast

from build.compiler.infer.arguments import check_js
from build.compiler.infer.attributes import field_type
from build.compiler.infer.context import Context
from build.compiler.infer.conversions import argument_types, check_text, is_negative
from build.compiler.infer.flows import check_numbers, flow_into
from build.compiler.infer.iteration import iterate
from build.compiler.infer.narrow import check_tested, tested_types
from build.compiler.infer.shapes import fits
from build.compiler.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    JS,
    NEVER,
    NONE,
    STR,
    BuiltinT,
    DictT,
    FunctionT,
    InstanceT,
    ListT,
    Param,
    TupleT,
    Type,
    members,
    parts_of,
)


def has_tuple_keys(kind: Type) -> bool:
    for member in members(kind):
        keys = members(member.key) if isinstance(member, DictT) else ()
        if any(isinstance(key, TupleT) for key in keys) or any(map(has_tuple_keys, parts_of(member))):
            return True
    return False


# Numbers

def call_abs(node: ast.Call, want: Type | None, context: Context) -> Type:
    kind = argument_types(node, context)[0]
    if BOOL in members(kind):
        context.refuse("CW067", node.args[0])
    return kind


def call_round(node: ast.Call, want: Type | None, context: Context) -> Type:
    kinds = argument_types(node, context)
    if len(kinds) > 1 and NONE in members(kinds[1]):
        context.refuse("CW068", node.args[1], name="round", detail="`ndigits` that may be None", advice="leave it out")
    return kinds[0] if len(node.args) > 1 else INT


def call_pow(node: ast.Call, want: Type | None, context: Context) -> Type:
    kinds = argument_types(node, context)
    if len(kinds) > 2:
        context.refuse("CW068", node, name="pow", detail="a modulus", advice="write the loop, and mind 2**53")
    return FLOAT if FLOAT in kinds or is_negative(node.args[1]) else INT


# Objects

def call_print(node: ast.Call, want: Type | None, context: Context) -> Type:
    for argument in node.args:
        inner = argument.value if isinstance(argument, ast.Starred) else argument
        kind = context.expr(inner)
        if isinstance(argument, ast.Starred):
            kind = iterate(inner, kind, context)
        check_text(inner, kind, context)
    for keyword in node.keywords:
        context.expr(keyword.value)
    return NONE


def call_format(node: ast.Call, want: Type | None, context: Context) -> Type:
    kinds = argument_types(node, context)
    spec = node.args[1] if len(node.args) == 2 else ast.Constant("")
    if isinstance(spec, ast.Constant) and spec.value == "":
        check_text(node.args[0], kinds[0], context)
    elif not fits(kinds[1], STR):
        context.refuse("CW068", node.args[1], name="format", detail=str(kinds[1]), advice="a specification is a text")
    return STR


def call_isinstance(node: ast.Call, want: Type | None, context: Context) -> Type:
    kind = context.expr(node.args[0])
    if len(node.args) == 2:
        check_tested(node, kind, tested_types(node.args[1], context), context)
    return BOOL


def call_type(node: ast.Call, want: Type | None, context: Context) -> Type:
    kinds = argument_types(node, context)
    if len(kinds) == 1 and all(isinstance(member, InstanceT) for member in members(kinds[0])):
        return BuiltinT("typeof")
    context.refuse("CW036", node, name="type()", advice="use isinstance")
    return ANY


# Modules

def call_json_dumps(node: ast.Call, want: Type | None, context: Context) -> Type:
    kinds = argument_types(node, context)
    if has_tuple_keys(kinds[0]):
        context.refuse("CW068", node.args[0], name="json.dumps", detail=str(kinds[0]), advice="keys must be texts")
    return STR


def call_json_loads(node: ast.Call, want: Type | None, context: Context) -> Type:
    argument_types(node, context)
    return ANY


def call_dataclasses_replace(node: ast.Call, want: Type | None, context: Context) -> Type:
    kind = context.expr(node.args[0])
    for keyword in node.keywords:
        item = kind.cls.find_field(keyword.arg or "") if isinstance(kind, InstanceT) else None
        if not isinstance(kind, InstanceT) or item is None:
            context.expr(keyword.value)
            context.refuse("CW058", keyword.value, name="replace", detail=f"no field `{keyword.arg}`")
            continue
        declared = field_type(kind.cls, item, context)
        flow_into(keyword.value, context.expr(keyword.value, declared), declared, context)
    return kind


def call_dataclasses_field(node: ast.Call, want: Type | None, context: Context) -> Type:
    if context.cls is None or context.scope.parent is not None:
        context.refuse("CW073", node, what="`field(...)`", advice="it only stands in the body of a dataclass")
    for keyword in node.keywords:
        if keyword.arg == "default":
            return context.expr(keyword.value, want)
        if keyword.arg == "default_factory":
            context.expr(keyword.value, FunctionT((), want) if want is not None else None)
    return want or ANY


def call_typing_cast(node: ast.Call, want: Type | None, context: Context) -> Type:
    target = context.program.annotations.type_of(node.args[0], context.module, context.cls)
    check_numbers(node.args[1], context.expr(node.args[1]), target, context)
    return target


def call_typing_assert_never(node: ast.Call, want: Type | None, context: Context) -> Type:
    argument_types(node, context)
    context.way.flow = None
    return NEVER


def call_js_new(node: ast.Call, want: Type | None, context: Context) -> Type:
    argument_types(node, context)
    for argument in node.args[1:]:
        check_js(argument, context)
    return JS


def call_js_record(node: ast.Call, want: Type | None, context: Context) -> Type:
    for argument in node.args:
        context.expr(argument, DictT(STR, ANY))
        if isinstance(argument, ast.Dict):
            for value in argument.values:
                check_js(value, context)
    return JS


call_js_options = call_js_record


def call_js_array(node: ast.Call, want: Type | None, context: Context) -> Type:
    for argument in node.args:
        context.expr(argument, ListT(ANY))
        if isinstance(argument, ast.List):
            for value in argument.elts:
                check_js(value, context)
    return JS


def call_js_listener(node: ast.Call, want: Type | None, context: Context) -> Type:
    for argument in node.args:
        context.expr(argument, FunctionT((Param("", JS), Param("", JS), Param("", JS)), ANY))
    return JS
