"""Calls of built-in functions, of json, math, dataclasses and of the js module."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.arguments import argument_values, coroutine, keyword_value, wrong
from build.compiler.lower.collections import made_by
from build.compiler.lower.context import Context
from build.compiler.lower.effects import may_fail
from build.compiler.lower.iterables import as_array
from build.compiler.lower.names import class_reference
from build.compiler.lower.order import acts, after, held_before
from build.compiler.nodes import Array, Assign, Binary, Call, Id, Index, Js, Member, New, Object, Unary
from build.compiler.types import (
    BYTES,
    FLOAT,
    BuiltinT,
    ClassT,
    InstanceT,
    Type,
    members,
    parts_of,
)

# json, dataclasses, typing

def call_json_dumps(node: ast.Call, context: Context) -> Js:
    value = context.expr(node.args[0])
    options: list[tuple[str, Js]] = []
    separators = keyword_value(node, "separators")
    if separators is not None:
        compact = isinstance(separators, ast.Tuple) and [
            getattr(item, "value", None) for item in separators.elts
        ] == [",", ":"]
        if not compact:
            raise wrong(node, "json.dumps", "separators", 'only (",", ":")', context)
        options.append(("compact", b.TRUE))
    for name, option in (("sort_keys", "sorted"), ("ensure_ascii", "isAscii")):
        given = keyword_value(node, name)
        if given is not None:
            options.append((option, context.expr(given)))
    if [name for name, _ in options] == ["compact"] and not _holds_floats(context.t(node.args[0])):
        return context.help("dumpsCompact", value)
    return context.help("dumps", value, *([Object(options)] if len(options) > 0 else []))


def call_json_loads(node: ast.Call, context: Context) -> Js:
    if context.t(node.args[0]) == BYTES:
        return context.help("loads", context.help("decodeText", context.expr(node.args[0])))
    return context.help("loads", *argument_values(node, context))


def call_dataclasses_replace(node: ast.Call, context: Context) -> Js:
    kind = context.t(node.args[0])
    assert isinstance(kind, InstanceT)
    if kind.cls.module is not None and len(context.program.modules.heirs(kind.cls)) > 1:
        raise wrong(node, "replace", f"{kind.cls.name} has subclasses", "make the object anew", context)
    given = {str(keyword.arg): keyword.value for keyword in node.keywords}
    changes = {name: context.value(value) for name, value in given.items()}
    value = context.expr(node.args[0])
    held, again = held_before(node.args[0], value, context, *given.values())
    if len(held) == 0 and not context.is_simple(node.args[0]):
        first, again = context.twice(node.args[0], value)
        held = [first]
    if any(acts(value, context) or may_fail(value) for value in given.values()):
        names: dict[str, Js] = {name: context.temp() for name in changes}
        held += [Assign("=", names[name], value) for name, value in changes.items()]
        changes = names
    fields = [item.name for item in kind.cls.dataclass_fields()]
    args = [changes[name] if name in changes else Member(again, context.prop(name, kind)) for name in fields]
    return after(held, New(class_reference(kind.cls, node, context), args))


def call_dataclasses_field(node: ast.Call, context: Context) -> Js:
    default = keyword_value(node, "default")
    if default is not None:
        return context.value(default)
    factory = keyword_value(node, "default_factory")
    if factory is None:
        raise context.refuse("CW037", node)
    kind = context.t(factory)
    if isinstance(kind, BuiltinT):
        made = {"list": Array([]), "dict": New(Id("Map"), []), "set": New(Id("Set"), []), "tuple": Array([])}
        if kind.name in made:
            return made[kind.name]
        if kind.name.startswith("collections."):
            return made_by(kind.name, context)
    if isinstance(kind, ClassT):
        return New(context.expr(factory), [])
    if isinstance(factory, ast.Lambda):
        return context.expr(factory.body)
    return Call(context.expr(factory), [])


def call_typing_cast(node: ast.Call, context: Context) -> Js:
    return context.expr(node.args[1])


def call_typing_assert_never(node: ast.Call, context: Context) -> Js:
    return context.help("unreachable", *argument_values(node, context))


# The js module

def call_js_new(node: ast.Call, context: Context) -> Js:
    callee, *args = [context.expr(argument) for argument in node.args]
    return New(callee, args)


def call_js_record(node: ast.Call, context: Context) -> Js:
    if len(node.args) == 0:
        return Object([])
    argument = node.args[0]
    constant = isinstance(argument, ast.Dict) and all(
        isinstance(key, ast.Constant) and isinstance(key.value, str) for key in argument.keys
    )
    if isinstance(argument, ast.Dict) and constant:
        pairs = [
            (b.key(str(key.value)), context.value(value))
            for key, value in zip(argument.keys, argument.values, strict=True)
            if isinstance(key, ast.Constant)
        ]
        return Object(pairs)
    return b.method(Id("Object"), "fromEntries", context.expr(argument))


def call_js_options(node: ast.Call, context: Context) -> Js:
    """A record that inherits nothing: browsers read the members of a dictionary from its prototype too."""
    record = call_js_record(node, context)
    assert isinstance(record, Object)
    return Object([("__proto__", b.NULL), *record.pairs])


def call_js_array(node: ast.Call, context: Context) -> Js:
    return as_array(node.args[0], context) if len(node.args) > 0 else Array([])


def call_js_items(node: ast.Call, context: Context) -> Js:
    return context.help("listed", *argument_values(node, context))


def _js_property(node: ast.Call, context: Context) -> Js:
    name = node.args[1]
    target = context.expr(node.args[0])
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        return b.member(target, name.value)
    return Index(target, context.expr(name))


def call_js_get(node: ast.Call, context: Context) -> Js:
    return Binary("??", _js_property(node, context), b.NULL)


def call_js_put(node: ast.Call, context: Context) -> Js:
    return Assign("=", _js_property(node, context), context.value(node.args[2]))


def call_js_has(node: ast.Call, context: Context) -> Js:
    return Binary("in", context.expr(node.args[1]), context.expr(node.args[0]))


def call_js_from_bytes(node: ast.Call, context: Context) -> Js:
    return context.expr(node.args[0])


def call_js_to_bytes(node: ast.Call, context: Context) -> Js:
    return New(Id("Uint8Array"), argument_values(node, context))


def _itself(node: ast.Call, context: Context) -> Js:
    return context.expr(node.args[0])


call_js_wait = _itself
call_js_listener = _itself
call_js_failure = _itself
call_js_constructor = _itself


def call_js_type_of(node: ast.Call, context: Context) -> Js:
    return Unary("typeof", context.expr(node.args[0]))


def call_js_platform(node: ast.Call, context: Context) -> Js:
    return b.text("compiled")


def call_js_start(node: ast.Call, context: Context) -> Js:
    return context.help("start", coroutine(node.args[0], context))


call_js_promise = call_js_start


def _holds_floats(kind: Type) -> bool:
    return any(member == FLOAT or any(map(_holds_floats, parts_of(member))) for member in members(kind))
