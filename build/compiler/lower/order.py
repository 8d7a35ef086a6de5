"""The order in which parts are evaluated: what a JavaScript form would ask for too late goes into a variable."""

from __future__ import annotations

import ast

from build.compiler.lower.context import Context
from build.compiler.lower.effects import evaluated, may_act, may_fail
from build.compiler.nodes import Assign, Js, Sequence
from build.compiler.types import JS, PLAIN, BuiltinT, DefaultT, FunctionT, InstanceT, Type, members, parts_of

SPECIAL = ("__str__", "__repr__", "__len__", "__eq__", "__lt__", "__contains__", "__iter__", "__next__")


def order_shows(one: ast.expr, other: ast.expr, context: Context) -> bool:
    """Could a program tell which of the two is evaluated first?"""
    if acts(one, context) or acts(other, context):
        return not (is_steady(one, context) or is_steady(other, context))
    return may_fail(one) and may_fail(other)


def acts(node: ast.expr, context: Context) -> bool:
    """Could it change something, or print? Properties may, functions of ours, and JavaScript's under any name."""
    return may_act(node) or any(_runs_ours(item, context) for item in evaluated(node))


def _runs_ours(item: ast.AST, context: Context) -> bool:
    if isinstance(item, ast.Attribute | ast.Subscript):
        return _is_method(item.value, item.attr if isinstance(item, ast.Attribute) else "__getitem__", context)
    if isinstance(item, ast.Call):
        given = any(word.arg == "key" and _acts_when_called(word.value, context) for word in item.keywords)
        return given or _is_foreign(item.func, context) or any(_has_special(context.t(part)) for part in item.args)
    if isinstance(item, ast.FormattedValue):
        return _has_special(context.t(item.value))
    if isinstance(item, ast.Compare) and not all(isinstance(sign, ast.Is | ast.IsNot) for sign in item.ops):
        return any(_has_special(context.t(part)) for part in (item.left, *item.comparators))
    return False


def _acts_when_called(function: ast.expr, context: Context) -> bool:
    if isinstance(function, ast.Lambda):
        return acts(function.body, context)
    return not isinstance(context.t(function), BuiltinT)


def _is_foreign(function: ast.expr, context: Context) -> bool:
    """A method of JavaScript's, or a function of ours that has the name of one that is built in."""
    if isinstance(function, ast.Attribute):
        return context.t(function.value) == JS
    kind = context.t(function)
    return isinstance(kind, FunctionT) and not kind.is_built_in


def _has_special(kind: Type) -> bool:
    """Do texts, comparisons and walks of such a value run a method of ours?"""
    return any(
        any(member.cls.find_method(name) is not None for name in SPECIAL)
        if isinstance(member, InstanceT)
        else any(map(_has_special, parts_of(member)))
        for member in members(kind)
    )


def _is_method(owner: ast.expr, name: str, context: Context) -> bool:
    return any(
        isinstance(kind, DefaultT) or (isinstance(kind, InstanceT) and kind.cls.find_method(name) is not None)
        for kind in members(context.t(owner))
    )


def is_steady(node: ast.expr, context: Context) -> bool:
    """Does it give the same, whatever other parts of the statement do?"""
    if acts(node, context) or may_fail(node):
        return False
    return all(_is_steady_part(item, context) for item in evaluated(node))


def _is_steady_part(item: ast.AST, context: Context) -> bool:
    if isinstance(item, ast.Name):
        found = context.scope.find(item.id)
        if found is None or not (found[0].captured or found[0].has_walrus):
            return True
        return found[0].stores <= (0 if found[0].kind == "param" else 1)
    if isinstance(item, ast.Attribute):
        return item.attr not in context.program.rebound_attributes
    if isinstance(item, ast.Compare | ast.BinOp | ast.FormattedValue | ast.Starred):
        return all(context.only(part, *PLAIN) for part in ast.iter_child_nodes(item) if isinstance(part, ast.expr))
    return not isinstance(item, ast.Call)


def is_fixed(node: ast.expr, context: Context) -> bool:
    """Does this give the same value later? Constants, and names that are never assigned again."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Name):
        found = context.scope.find(node.id)
        if found is None:
            return True
        local, _ = found
        if local.has_walrus:
            return False
        return local.stores == 0 if local.kind == "param" else local.stores <= 1 and local.kind != "comp"
    return False


def is_settled(node: ast.expr, context: Context) -> bool:
    """Does this give the same value later, with attributes that nothing assigns again?"""
    if isinstance(node, ast.Attribute):
        return (
            node.attr not in context.program.rebound_attributes
            and context.is_simple(node)
            and is_settled(node.value, context)
        )
    if isinstance(node, ast.BinOp):
        return is_settled(node.left, context) and is_settled(node.right, context)
    if isinstance(node, ast.JoinedStr):
        return all(is_settled(part.value, context) for part in node.values if isinstance(part, ast.FormattedValue))
    return is_fixed(node, context)


def held_both(
    left_node: ast.expr, left: Js, right_node: ast.expr, right: Js, context: Context
) -> tuple[list[Js], Js, Js]:
    """For a form that copies the left side before it looks at the right, which may change it: what to do ahead."""
    made = (ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.BinOp)
    if isinstance(left_node, made) or not acts(right_node, context):
        return [], left, right
    names = [context.temp(), context.temp()]
    return [Assign("=", names[0], left), Assign("=", names[1], right)], names[0], names[1]


def held_before(node: ast.expr, value: Js, context: Context, *others: ast.expr) -> tuple[list[Js], Js]:
    """What to evaluate ahead of all `others`, if that shows, and what then stands for `value`."""
    if not any(order_shows(node, other, context) for other in others):
        return [], value
    first, again = context.twice(node, value)
    if first is again:  # a name or an attribute, which could change
        again = context.temp()
        first = Assign("=", again, value)
    return [first], again


def after(held: list[Js], value: Js) -> Js:
    """(held, value)"""
    return Sequence([*held, value]) if len(held) > 0 else value
