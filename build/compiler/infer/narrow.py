"""Conditions: they must be bool, and they narrow what follows."""

from __future__ import annotations

import ast

from build.compiler.builtins import EXCEPTIONS
from build.compiler.infer.constructor_types import constructor_type
from build.compiler.infer.context import Context, Flow
from build.compiler.infer.flows import flow_into
from build.compiler.infer.paths import path_of
from build.compiler.infer.truth import has_truth
from build.compiler.scopes.bindings import bound_inside
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
    DequeT,
    DictT,
    FunctionT,
    InstanceT,
    ListT,
    SetT,
    TupleT,
    Type,
    VarT,
    has_none,
    members,
    union,
    without_none,
)

TESTED: dict[str, Type] = {
    "str": STR,
    "int": INT,
    "float": FLOAT,
    "bool": BOOL,
    "bytes": BYTES,
    "list": ListT(ANY),
    "dict": DictT(STR, ANY),
    "set": SetT(ANY),
    "tuple": TupleT((), ANY),
}
Flows = tuple[Flow | None, Flow | None]


def condition(node: ast.expr, context: Context, operator: str = "", is_value: bool = False) -> Flows:
    """`is_value` where what `and` and `or` give is looked at, not only whether it is true."""
    if isinstance(node, ast.BoolOp):
        return _bool_op(node, is_value, context)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        context.types[node] = BOOL
        when_true, when_false = condition(node.operand, context, "not")
        return when_false, when_true
    kind = context.expr(node)
    if not is_value and has_truth(kind, context.program):
        context.coercions[node] = "truth"
    elif operator == "":
        check_condition(node, kind, context)
    elif kind not in (BOOL, NEVER):
        context.refuse("CW051", node, operator=operator, type=kind)
    return _narrowing(node, kind, context)


def check_condition(node: ast.expr, kind: Type, context: Context) -> None:
    if kind in (BOOL, NEVER):
        return
    advice = "compare it: == , is not None"
    if isinstance(kind, ListT | TupleT):
        advice = "write len(x) > 0"
    elif NONE in members(kind):
        advice = "write `is not None`, and behind `and` what else must hold: len(x) > 0, x != 0"
    elif kind in (INT, FLOAT):
        advice = "write != 0"
    elif kind in (JS, ANY, OBJECT):
        advice = "annotate it first: flag: bool = value"
    context.refuse("CW050", node, type=kind, advice=advice)


def _bool_op(node: ast.BoolOp, is_value: bool, context: Context) -> Flows:
    context.types[node] = BOOL
    stay: Flow | None
    leaving: list[Flow | None] = []
    is_and = isinstance(node.op, ast.And)
    stay = context.copy()
    for value in node.values:
        context.way.flow = dict(stay) if stay is not None else {}
        when_true, when_false = condition(value, context, "and" if is_and else "or", is_value)
        stay, left = (when_true, when_false) if is_and else (when_false, when_true)
        leaving.append(left)
    exit_flow = context.join(*leaving)
    return (stay, exit_flow) if is_and else (exit_flow, stay)


def visit_BoolOp(node: ast.BoolOp, want: Type | None, context: Context) -> Type:
    before = context.copy()
    when_true, when_false = _bool_op(node, True, context)
    context.way.flow = context.join(when_true, when_false) if before is not None else None
    return BOOL


def visit_IfExp(node: ast.IfExp, want: Type | None, context: Context) -> Type:
    when_true, when_false = condition(node.test, context)
    context.way.flow = when_true if when_true is not None else {}
    body = context.expr(node.body, want)
    context.way.flow = when_false if when_false is not None else {}
    orelse = context.expr(node.orelse, want or body)
    context.way.flow = context.join(when_true, when_false)
    if want is not None:
        flow_into(node.body, body, want, context)
        flow_into(node.orelse, orelse, want, context)
    return join_shapes(_as_passed(node.body, body, context), _as_passed(node.orelse, orelse, context))


def _as_passed(node: ast.expr, kind: Type, context: Context) -> Type:
    """A class that goes where a function is declared is one."""
    is_made = context.coercions.get(node) == "class"
    return union(
        *[
            constructor_type(kind.cls, context) if is_made and isinstance(kind, ClassT) else kind
            for kind in members(kind)
        ]
    )


# Narrowing

def _narrowing(node: ast.expr, kind: Type, context: Context) -> Flows:
    base = context.copy()
    if base is None:
        return None, None
    if isinstance(node, ast.Constant) and node.value in (True, False):
        return (base, None) if node.value else (None, base)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _compare(node, base, context)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id == "isinstance" and len(node.args) == 2:
            return _is_instance(node, base, context)
        if node.func.id == "callable":
            return _callable(node, base, context)
    path = path_of(node)
    if path is None or not has_none(kind) or context.coercions.get(node) != "truth":
        return base, dict(base)
    otherwise = dict(base) if STR in members(kind) else with_type(base, path, NONE)
    return with_type(base, path, without_none(kind)), otherwise


def _compare(node: ast.Compare, base: Flow, context: Context) -> Flows:
    operator, right = node.ops[0], node.comparators[0]
    path = path_of(node.left)
    known = context.types.get(node.left, ANY)
    is_none = isinstance(right, ast.Constant) and right.value is None
    if path is None or path.split(".")[0].split("[")[0] in bound_inside(right):
        return base, dict(base)
    if is_none and isinstance(operator, ast.Is | ast.IsNot | ast.Eq | ast.NotEq):
        rest = union(*[member for member in members(known) if member != NONE])
        yes, no = with_type(base, path, NONE), with_type(base, path, rest)
        return (yes, no) if isinstance(operator, ast.Is | ast.Eq) else (no, yes)
    other = context.types.get(right, ANY)
    if NONE in members(known) and NONE not in members(other) and other not in (ANY, OBJECT, JS):
        rest = union(*[member for member in members(known) if member != NONE])
        if isinstance(operator, ast.Eq):
            return with_type(base, path, rest), dict(base)
        if isinstance(operator, ast.NotEq):
            return dict(base), with_type(base, path, rest)
        if isinstance(operator, ast.In) and isinstance(other, TupleT | ListT | SetT | DictT):
            return with_type(base, path, rest), dict(base)
    return base, dict(base)


def _callable(node: ast.Call, base: Flow, context: Context) -> Flows:
    path = path_of(node.args[0])
    if path is None:
        return base, dict(base)
    kinds = members(context.types.get(node.args[0], ANY))
    yes = [kind for kind in kinds if isinstance(kind, FunctionT)]
    no = [kind for kind in kinds if not isinstance(kind, FunctionT)]
    return with_type(base, path, union(*yes) if len(yes) > 0 else FunctionT(None, ANY)), with_type(
        base, path, union(*no)
    )


def _is_instance(node: ast.Call, base: Flow, context: Context) -> Flows:
    tested = tested_types(node.args[1], context)
    known = context.types.get(node.args[0], ANY)
    check_tested(node, known, tested, context)
    path = path_of(node.args[0])
    if path is None:
        return base, dict(base)
    yes, no = split(known, tested)
    return with_type(base, path, yes), with_type(base, path, no)


def split(known: Type, tested: list[Type]) -> tuple[Type, Type]:
    """What a value of type `known` is when it is an instance of one of `tested`, and when of none."""
    yes: list[Type] = []
    no: list[Type] = []
    for member in members(known):
        inside = [found for found in (_meet(member, target) for target in tested) if found is not None]
        yes.extend(inside)
        if not any(is_subtype(member, target) for target in tested):
            no.append(member)
    return union(*yes), union(*no)


def tested_types(node: ast.expr, context: Context) -> list[Type]:
    """The types that isinstance or except asks for."""
    if isinstance(node, ast.Tuple):
        return [kind for item in node.elts for kind in tested_types(item, context)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*tested_types(node.left, context), *tested_types(node.right, context)]
    kind = context.expr(node)
    if isinstance(kind, BuiltinT) and kind.name in TESTED:
        return [TESTED[kind.name]]
    if isinstance(kind, ClassT):
        if kind.cls.is_protocol:
            context.refuse(
                "CW062",
                node,
                what=f"protocol `{kind.cls.name}`",
                advice="a protocol leaves nothing to test at run time",
            )
        return [InstanceT(kind.cls)]
    if isinstance(node, ast.Constant) and node.value is None:
        return [NONE]
    context.refuse(
        "CW062",
        node,
        what=ast.unparse(node),
        advice="a class, str, int, float, bool, bytes, list, dict, or a tuple of these",
    )
    return []


def check_tested(node: ast.AST, value: Type, tested: list[Type], context: Context) -> None:
    """Refuse what JavaScript cannot tell apart."""
    known = members(value)
    lists = [kind for kind in known if isinstance(kind, ListT)]
    vague_lists = any(not kind.exact for kind in lists)
    arrays = vague_lists or (len(lists) > 0 and any(isinstance(kind, TupleT) for kind in known))
    arrays = arrays and any(isinstance(kind, ListT | TupleT) for kind in tested)
    deques = any(isinstance(kind, DequeT) for kind in known) and ListT(ANY) in tested
    frozen = any(isinstance(kind, SetT) and kind.frozen for kind in known) and SetT(ANY) in tested
    numbers = INT in known and FLOAT in known and (INT in tested) != (FLOAT in tested)
    for mixes, what, shape in (
        (numbers, "int against float", "numbers"),
        (frozen, "set against frozenset", "sets"),
        (deques, "list against deque", "arrays"),
        (arrays, "list against tuple", "arrays"),
    ):
        if mixes:
            advice = f"both are {shape} in JavaScript: keep them apart{'' if shape == 'sets' else ' by type'}"
            context.refuse("CW062", node, what=what, advice=advice)
    if any(isinstance(kind, VarT) for kind in known) and any(vague(kind) for kind in tested):
        what, advice = f"a type variable, for {tested[0]}", "JavaScript cannot tell: keep types apart"
        context.refuse("CW062", node, what=what, advice=advice)


def _meet(member: Type, target: Type) -> Type | None:
    if member in (ANY, OBJECT, JS) or isinstance(member, VarT):
        return target
    if is_subtype(member, target):
        return member
    if is_subtype(target, member):
        return target
    if isinstance(member, InstanceT) and isinstance(target, InstanceT) and member.cls.is_protocol:
        return target
    return None


def vague(kind: Type) -> bool:
    """Has JavaScript one kind of value for this and for another type?"""
    return kind in (INT, FLOAT) or isinstance(kind, ListT | TupleT)


def with_type(flow: Flow, path: str, kind: Type) -> Flow | None:
    """The flow with one more fact; None when the fact is impossible."""
    if kind == NEVER:
        return None
    return {**flow, path: kind}


def is_subtype(kind: Type, target: Type) -> bool:
    """Is every value of `kind` an instance of `target` at run time?"""
    if kind == target or (kind == BOOL and target == INT):
        return True
    for shape in (ListT, DictT, SetT, TupleT):
        if isinstance(target, shape):
            return isinstance(kind, shape) and not isinstance(kind, DequeT)
    if isinstance(kind, InstanceT) and isinstance(target, InstanceT):
        return target.cls in kind.cls.family() or (target.cls is EXCEPTIONS["Exception"] and kind.cls.is_exception)
    return False


def join_shapes(left: Type, right: Type) -> Type:
    """Union of two branches; an empty display takes the other's item type."""
    for one, other in ((left, right), (right, left)):
        if type(one) is type(other) and isinstance(one, ListT | SetT) and one.item == NEVER:
            return other
        if isinstance(one, DictT) and isinstance(other, DictT) and one.key == NEVER:
            return other
    return union(left, right)
