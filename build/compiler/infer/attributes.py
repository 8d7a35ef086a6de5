"""Types of attributes: of modules, objects, classes, built-ins."""

from __future__ import annotations

import ast

from build.compiler.builtins import EXCEPTIONS
from build.compiler.infer.context import Context
from build.compiler.infer.generics import answers_at, substitute
from build.compiler.infer.iteration import function_type, method_type
from build.compiler.infer.matched import pattern_attribute
from build.compiler.infer.methods import BYTES_STATIC, INT_STATIC, STR_METHODS, built_in_method
from build.compiler.infer.names import module_member, peek, symbol_value
from build.compiler.infer.paths import is_bare, path_of
from build.compiler.symbols import ClassInfo, Field
from build.compiler.types import (
    ANY,
    ARGUMENT,
    INT,
    JS,
    NEVER,
    NONE,
    STR,
    BuiltinT,
    ClassT,
    DequeT,
    FunctionT,
    InstanceT,
    MatchT,
    ModuleT,
    Param,
    PatternT,
    TupleT,
    Type,
    UnionT,
    VarT,
    has_none,
    members,
    union,
)
from build.compiler.typing_names import is_bridge


def visit_Attribute(node: ast.Attribute, want: Type | None, context: Context) -> Type:
    context.receivers.add(node.value)
    base = context.expr(node.value)
    narrowed = context.narrowed(path_of(node))
    if narrowed is not None:
        return narrowed
    return attribute(base, node.attr, node, context)


def attribute(base: Type, name: str, node: ast.expr, context: Context) -> Type:
    """The type of `base.name`; every alternative of a union must have it."""
    if has_none(base):
        context.refuse("CW053", node, type=base, name=name)
        return ANY
    kinds = [_member_attribute(member, name, node, context) for member in members(base)]
    called = [tuple(param.name for param in kind.params or ()) for kind in kinds if isinstance(kind, FunctionT)]
    if len(set(called)) > 1:  # equal types, but a keyword may mean another place
        return UnionT(tuple(kinds))
    return union(*kinds)


def _member_attribute(base: Type, name: str, node: ast.expr, context: Context) -> Type:
    if base == JS:
        return JS
    if isinstance(base, ModuleT):
        return _module_attribute(base, name, node, context)
    if isinstance(base, InstanceT):
        return _instance_attribute(base, name, node, context)
    if isinstance(base, ClassT):
        return _class_attribute(base.cls, name, node, context)
    if isinstance(base, BuiltinT):
        return _static_attribute(base, name, node, context)
    if isinstance(base, VarT):
        return attribute(base.bound, name, node, context)
    if base == NEVER:
        return NEVER
    if isinstance(base, PatternT | MatchT):
        return pattern_attribute(base, name, node, context)
    if isinstance(base, DequeT) and name == "maxlen":
        return union(INT, NONE)
    method = built_in_method(base, name)
    if method is not None:
        if node not in context.called:
            context.refuse("CW073", node, what=f"the method `{name}` of {base}", advice="call it, or write a lambda")
        return method
    if base == ANY or str(base) == "object":
        context.refuse("CW054", node, what=f"attribute `{name}`", type=base)
    else:
        context.refuse("CW069", node, type=base, name=name)
    return ANY


def _module_attribute(base: ModuleT, name: str, node: ast.expr, context: Context) -> Type:
    if is_bridge(base.name):
        return module_member("js", name, node)
    if base.name in context.program.modules:
        module = context.program.modules[base.name]
        symbol = context.program.modules.resolve(module, name)
        if symbol is None:
            context.refuse("CW014", node, module=base.name, name=name)
            return ANY
        home = context.program.modules.home(module, name)
        return symbol_value(symbol, context.program.modules[home[0]] if home is not None else module, node, context)
    return module_member(base.name, name, node)


def _instance_attribute(base: InstanceT, name: str, node: ast.expr, context: Context) -> Type:
    item = base.cls.find_field(name)
    if item is not None and name not in base.cls.members:
        return substitute(field_type(base.cls, item, context), answers_at(base, item_owner(base.cls, item)))
    method = base.cls.find_method(name)
    if method is not None:
        kind = method_type(base, method, context)
        return kind.result if method.kind == "getter" else kind
    if base.cls.is_error():
        if name == "args":
            return TupleT((), ARGUMENT)
        if name in ("name", "message") and base.cls.name == "Failure":
            return STR
        if name == "__cause__":
            return union(InstanceT(EXCEPTIONS["Exception"]), NONE)
    context.refuse("CW053", node, type=base, name=name)
    return ANY


def field_type(cls: ClassInfo, item: Field, context: Context) -> Type:
    """Declared, or inferred from the value that __init__ gives it."""
    if item.type is None:
        home = item_owner(cls, item)
        owner = home.module if home is not None else None
        item.type = ANY
        if owner is None:
            return ANY
        if (
            item.annotation is not None
            and not is_bare(item.annotation, "Final")
            and not is_bare(item.annotation, "ClassVar")
        ):
            item.type = context.program.annotations.type_of(item.annotation, owner, cls)
        elif item.value is not None:
            item.type = peek(item.value, owner, item.method, context)
    return item.type


def item_owner(cls: ClassInfo, item: Field) -> ClassInfo | None:
    """The class of the family that declares an attribute."""
    return next((info for info in cls.family() if item in info.fields.values()), None)


def _class_attribute(cls: ClassInfo, name: str, node: ast.expr, context: Context) -> Type:
    if name == "__name__":
        context.program.needs.names = True
        return STR
    item = cls.find_constant(name)
    if item is not None:
        return field_type(cls, item, context)
    method = cls.find_method(name)
    if method is not None and method.kind in ("static", "class"):
        return function_type(method, context)
    if method is not None:
        what = f"`{name}` of class {cls.name}, without an object,"
        context.refuse("CW073", node, what=what, advice=f"write a lambda: lambda item: item.{name}()")
    else:
        context.refuse("CW053", node, type=f"class {cls.name}", name=name)
    return ANY


def _static_attribute(base: BuiltinT, name: str, node: ast.expr, context: Context) -> Type:
    table = {"int": INT_STATIC, "bytes": BYTES_STATIC}.get(base.name, {})
    if name in table:
        return table[name]
    if base.name == "str" and name in STR_METHODS and node not in context.called:
        method = STR_METHODS[name]
        needed = [param for param in method.params or () if not param.has_default]
        if len(needed) > 0:
            context.refuse("CW073", node, what=f"`str.{name}`", advice="write a lambda")
        return FunctionT((Param("", STR),), method.result, f"str.{name}", is_built_in=True)
    if base.name == "dict" and name == "fromkeys":
        return BuiltinT("dict.fromkeys")
    if base.name == "itertools.chain" and name == "from_iterable":
        return BuiltinT("itertools.chain.from_iterable")
    if base.name == "typeof" and name == "__name__":
        context.program.needs.names = True
        return STR
    context.refuse("CW053", node, type=f"`{base.name}`", name=name)
    return ANY
