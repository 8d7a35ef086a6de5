"""Classes and what stands in them."""

from __future__ import annotations

import ast

from build.compiler.check.context import Context
from build.compiler.check.type_parameters import type_parameters
from build.compiler.subset import DATACLASS_OPTIONS, REFUSED_BASES
from build.compiler.syntax import dotted_name, header, is_special

MEMBERS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Pass)


def visit_ClassDef(node: ast.ClassDef, context: Context) -> None:
    if not context.is_top:
        context.refuse("CW031", node, where=context.place)
        return
    for keyword in node.keywords:
        context.refuse("CW028", keyword.value, name=keyword.arg or "**")
    for base in node.bases:
        if dotted_name(base) in REFUSED_BASES:
            context.refuse("CW032", base, name=dotted_name(base))
    for decorator in node.decorator_list:
        _decorator(decorator, context)
    type_parameters(node, context)
    body = context.inside("class")
    for part in node.body:
        if _is_member(part):
            body.visit(part)
        else:
            advice = "only methods, fields and constants of one name each: do it in a function"
            body.refuse("CW034", header(part), what="this statement in the body of a class", advice=advice)


def visit_Assign(node: ast.Assign, context: Context) -> None:
    for target in node.targets:
        name = target.id if isinstance(target, ast.Name) else ""
        if context.place == "class" and is_special(name) and name != "__match_args__":
            advice = "leave it out: it means nothing in JavaScript"
            context.refuse("CW034", target, what=f"`{name}` of a class", advice=advice)
    context.parts(node)


def _decorator(decorator: ast.expr, context: Context) -> None:
    """Only that of a dataclass, with its `frozen`, `eq`, `order`; `True` and `False` as they are."""
    if dotted_name(decorator) not in ("dataclass", "dataclasses.dataclass"):
        context.refuse("CW026", decorator, name=dotted_name(decorator))
    for keyword in decorator.keywords if isinstance(decorator, ast.Call) else []:
        is_plain = isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, bool)
        if keyword.arg not in DATACLASS_OPTIONS or not is_plain:
            advice = f"only {', '.join(DATACLASS_OPTIONS)}, with True or False"
            context.refuse("CW068", keyword.value, name="dataclass", detail=f"`{ast.unparse(keyword)}`", advice=advice)


def _is_member(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign):
        return all(isinstance(target, ast.Name) for target in node.targets)
    if isinstance(node, ast.AnnAssign):
        return isinstance(node.target, ast.Name)
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text or isinstance(node, MEMBERS)
