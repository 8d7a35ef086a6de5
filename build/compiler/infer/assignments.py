"""Assignment statements."""

from __future__ import annotations

import ast

from build.compiler.infer.calls import widen
from build.compiler.infer.context import Context
from build.compiler.infer.flows import flow_into, keep
from build.compiler.infer.iteration import iterate
from build.compiler.infer.operators import SYMBOLS, operate
from build.compiler.infer.stores import assign, check_place, declared_type
from build.compiler.symbols import Variable
from build.compiler.types import FLOAT, INT, NEVER, CounterT, DequeT, DictT, InstanceT, ListT, PatternT, SetT, Type


def visit_Assign(node: ast.Assign, context: Context) -> None:
    if is_erased(node.targets[0], context):
        return
    want = declared_type(node.targets[0], context)
    kind = context.expr(node.value, want)
    keep(node.value, kind, context)
    for target in node.targets:
        assign(target, kind, node.value, context)


def is_erased(target: ast.expr, context: Context) -> bool:
    """Is it a type or a type variable of the module, that only annotations ask for?"""
    known = context.module.symbols.get(target.id) if isinstance(target, ast.Name) else None
    return context.scope is context.scopes.module and known is not None and not isinstance(known, Variable)


def visit_AnnAssign(node: ast.AnnAssign, context: Context) -> None:
    if is_erased(node.target, context):
        return
    declared = context.program.annotations.type_of(node.annotation, context.module, context.cls)
    bare_final = isinstance(node.annotation, ast.Name | ast.Attribute) and ast.unparse(node.annotation).endswith(
        "Final"
    )
    if node.value is None:
        return
    kind = context.expr(node.value, None if bare_final else declared)
    keep(node.value, kind, context)
    if bare_final or isinstance(kind, PatternT):
        declared = kind
    flow_into(node.value, kind, declared, context)
    assign(node.target, kind, node.value, context, declared)


def visit_AugAssign(node: ast.AugAssign, context: Context) -> None:
    symbol = SYMBOLS[type(node.op)]
    target = node.target
    left = context.expr(target)
    check_place(target, context)
    _check_in_place(target, left, context)
    if isinstance(left, CounterT) or (isinstance(left, DequeT) and symbol != "+"):
        right = context.expr(node.value)
        advice = "write the assignment out"
        context.refuse("CW055", node, operator=f"{symbol}=", left=left, right=right, advice=advice)
        return
    right = context.expr(node.value, left if isinstance(left, ListT | SetT | DictT) else None)
    if isinstance(left, ListT) and symbol == "+":
        if left.item == NEVER:
            widen(target, ListT(iterate(node.value, right, context)), context)
        context.types[target] = left
        return
    if isinstance(left, SetT | DictT):
        context.types[target] = left
        return
    kind = operate(node, symbol, left, right, context)
    if left == INT and kind == FLOAT:
        declared = declared_type(target, context)
        if declared == INT:
            context.refuse(
                "CW055", node, operator=f"{symbol}=", left=left, right=right, advice="declare the target as float"
            )
    if left == FLOAT and kind == INT:
        context.refuse("CW060", node)
    context.types[target] = left
    if isinstance(target, ast.Name):
        context.forget(target.id)
        context.remember(target.id, kind)


def _check_in_place(target: ast.expr, kind: Type, context: Context) -> None:
    """A list, set or dict is changed where it is; a slice and a property must be stored too."""
    is_slice = isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Slice)
    owner = context.types.get(target.value) if isinstance(target, ast.Attribute) else None
    setter = (
        owner.cls.find_setter(target.attr)
        if isinstance(owner, InstanceT) and isinstance(target, ast.Attribute)
        else None
    )
    if is_slice:
        context.refuse("CW074", target, what="a slice in place", advice="build a new list")
    elif setter is not None and isinstance(kind, ListT | SetT | DictT):
        context.refuse("CW074", target, what="a property in place", advice="write the assignment out")
