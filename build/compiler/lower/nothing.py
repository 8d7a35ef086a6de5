"""Calls of what returns None: JavaScript's functions give undefined, or whatever their last step gave."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.context import Context
from build.compiler.nodes import Binary, Js, Sequence
from build.compiler.types import NONE, BuiltinT, FunctionT, InstanceT, Type, has_none, is_unknown, members


def answers(node: ast.FunctionDef | ast.AsyncFunctionDef, context: Context) -> bool:
    """Must it give null where it gives nothing? Not if annotated `-> None`, unless it stands for what is not."""
    if not is_none(node.returns):
        return True
    cls = context.cls
    if cls is None or cls.methods.get(node.name) is None or cls.methods[node.name].node is not node:
        return False
    above = [*cls.family()[1:], *context.program.exposure.protocols(cls)]
    known = [other.methods[node.name].node.returns for other in above if node.name in other.methods]
    return not all(map(is_none, known))


def drop(node: ast.expr, context: Context) -> None:
    """Nobody looks at this value."""
    context.gathered.dropped.add(node)
    if isinstance(node, ast.IfExp):
        drop(node.body, context)
        drop(node.orelse, context)
    elif isinstance(node, ast.Await):
        drop(node.value, context)
    elif isinstance(node, ast.ListComp):
        drop(node.elt, context)


def or_none(node: ast.expr, value: Js, context: Context) -> Js:
    """The value, None where it has no other."""
    if node in context.gathered.dropped:
        return value
    kind = context.t(node)
    if kind == NONE and not _is_field(node, context):
        return Sequence([value, b.NULL], place=value.place)
    if isinstance(node, ast.Call) and _is_value(node.func, context) and _may_be_nothing(
        context.t(node.func), kind, context
    ):
        return Binary("??", value, b.NULL, place=value.place)
    return value


def _is_field(node: ast.expr, context: Context) -> bool:
    """The default of a field stands where the call does."""
    return isinstance(node, ast.Call) and context.t(node.func) == BuiltinT("dataclasses.field")


def _is_value(node: ast.expr, context: Context) -> bool:
    """Not a method of a built-in type: those never give undefined."""
    return not isinstance(node, ast.Attribute) or isinstance(context.t(node.value), InstanceT)


def _may_be_nothing(callee: Type, result: Type, context: Context) -> bool:
    """Does it call a value that may be a function which returns None?"""
    vague = any(
        isinstance(member, FunctionT) and not member.visible and member.result in context.program.needs.nothing
        for member in members(callee)
    )
    return vague and (is_unknown(result) or has_none(result))


def is_none(annotation: ast.expr | None) -> bool:
    return isinstance(annotation, ast.Constant) and annotation.value is None
