"""Classes as functions that make an object."""

from __future__ import annotations

import ast

from build.compiler.infer.attributes import field_type, item_owner
from build.compiler.infer.context import Context
from build.compiler.infer.generics import answers_at, substitute
from build.compiler.infer.iteration import method_type
from build.compiler.symbols import ClassInfo
from build.compiler.types import ANY, FunctionT, InstanceT, Param, VarT


def constructor_type(cls: ClassInfo, context: Context) -> FunctionT:
    """Parameters of the constructor; None for built-in exceptions, which take anything."""
    if cls.is_enum:
        value = Param("value", cls.fields["value"].type or ANY, by_place=True)
        return FunctionT((value,), InstanceT(cls), cls.name)
    for ancestor in cls.family():
        if "__init__" in ancestor.methods:
            found = method_type(InstanceT(cls), ancestor.methods["__init__"], context)
            return FunctionT(found.params, InstanceT(cls), cls.name, visible=True)
        if ancestor.is_dataclass:
            return FunctionT(dataclass_params(cls, context), InstanceT(cls), cls.name, visible=True)
        if ancestor.node is None:
            return FunctionT(None, InstanceT(cls), cls.name)
    return FunctionT((), InstanceT(cls), cls.name, visible=True)


def dataclass_params(cls: ClassInfo, context: Context) -> tuple[Param, ...]:
    params: list[Param] = []
    for item in cls.dataclass_fields():
        options = field_options(item.value)
        if not is_given(item.value):
            continue
        has_default = item.value is not None and (
            options is None or "default" in options or "default_factory" in options
        )
        kind = substitute(field_type(cls, item, context), answers_at(InstanceT(cls), item_owner(cls, item)))
        params.append(Param(item.name, kind, has_default))
    return tuple(params)


def open_instance(cls: ClassInfo) -> InstanceT:
    """An object of the class whose type variables are open."""
    return InstanceT(cls, tuple(map(VarT, cls.type_vars)))


def field_options(value: ast.expr | None) -> dict[str, ast.expr] | None:
    """Keywords of `field(...)`, or None when the value is no such call."""
    if isinstance(value, ast.Call):
        name = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        if name == "field":
            return {keyword.arg: keyword.value for keyword in value.keywords if keyword.arg is not None}
    return None


def is_given(value: ast.expr | None) -> bool:
    """Does the constructor take a field of this value?"""
    return not is_false((field_options(value) or {}).get("init"))


def is_false(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is False
