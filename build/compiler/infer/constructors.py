"""Calls of classes and of super()."""

from __future__ import annotations

import ast

from build.compiler.infer.arguments import apply, check_answers, check_argument, look_at_arguments, match_arguments
from build.compiler.infer.constructor_types import constructor_type
from build.compiler.infer.context import Context
from build.compiler.infer.generics import Answers
from build.compiler.infer.iteration import function_type
from build.compiler.infer.shapes import fits, is_shown
from build.compiler.symbols import ClassInfo
from build.compiler.types import (
    ANY,
    NONE,
    FunctionT,
    InstanceT,
    Param,
    Type,
)


def construct(node: ast.Call, cls: ClassInfo, want: Type | None, context: Context) -> Type:
    if cls.is_protocol:
        context.refuse("CW073", node, what=f"protocol `{cls.name}`", advice="make an object of a class that fits it")
        return ANY
    signature = constructor_type(cls, context)
    if signature.params is None:
        look_at_arguments(node, context)
        refuse_keywords(node, context)
        check_said(node, cls, context)
        return InstanceT(cls)
    answers: Answers = {}
    if isinstance(want, InstanceT) and want.cls is cls:
        answers.update(zip(cls.type_vars, want.args, strict=False))
    matched = match_arguments(node, signature, context)
    for param, argument in matched:
        check_argument(node, param, argument, answers, context)
        if cls.is_enum:
            _member_value(argument, param, context)
    check_answers(node, answers, context)
    args = tuple(answers.get(name, ANY) for name in cls.type_vars)
    return InstanceT(cls, args)


def _member_value(node: ast.expr, param: Param, context: Context) -> None:
    """A member is looked up by a value of the members' types, no other."""
    kind = context.types.get(node, ANY)
    if not fits(kind, param.type):
        context.refuse("CW068", node, name="Enum", detail=f"{kind} as a value", advice=f"it takes {param.type}")


def check_said(node: ast.Call, cls: ClassInfo, context: Context) -> None:
    """An exception shows what it was given, and does not know its type then."""
    if len(node.args) > 1 and any(ancestor.name == "OSError" for ancestor in cls.family()):
        advice = "give one text: two would be a number of the system and its words"
        context.refuse("CW068", node, name=cls.name, detail="more than one argument", advice=advice)
    for argument in node.args:
        kind = context.types.get(argument, ANY) if not isinstance(argument, ast.Starred) else ANY
        context.program.needs.need_repr(kind)
        if not is_shown(kind):
            advice = 'say it in a text: f"{value}"'
            context.refuse("CW068", argument, name=cls.name, detail=f"{kind} as it stands", advice=advice)


def refuse_keywords(node: ast.Call, context: Context) -> None:
    for keyword in node.keywords:
        context.refuse("CW057", keyword.value)


def super_call(node: ast.Call, context: Context) -> Type:
    assert isinstance(node.func, ast.Attribute)
    base = context.cls.base if context.cls is not None else None
    name = node.func.attr
    if base is None:
        look_at_arguments(node, context)
        return NONE if name == "__init__" else ANY
    if name == "__init__":
        signature = constructor_type(base, context)
        apply(node, FunctionT(signature.params, NONE, base.name, visible=signature.params is not None), context)
        if signature.params is None:
            check_said(node, base, context)
        return NONE
    method = base.find_method(name)
    if method is None:
        context.refuse("CW053", node.func, type=base.name, name=name)
        look_at_arguments(node, context)
        return ANY
    return apply(node, function_type(method, context), context)


def is_super(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "super"
    )
