"""Types of operators and comparisons."""

from __future__ import annotations

import ast
from typing import cast

from build.compiler.infer.context import Context
from build.compiler.infer.conversions import check_text, is_negative
from build.compiler.infer.flows import flow_into, flow_to_method
from build.compiler.infer.iteration import iterate
from build.compiler.infer.narrow import condition
from build.compiler.infer.sequences import has_order
from build.compiler.infer.shapes import confuses
from build.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    COLLECTIONS,
    FLOAT,
    INT,
    JS,
    NEVER,
    NONE,
    NUMBERS,
    OBJECT,
    PLAIN,
    STR,
    ClassT,
    CounterT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    MatchT,
    SetT,
    TupleT,
    Type,
    VarT,
    all_in,
    members,
    parts_of,
    union,
)
from build.compiler.typing_names import constant_type

SYMBOLS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.MatMult: "@",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}
BITS = ("&", "|", "^", "<<", ">>")


def on_gathered(node: ast.expr, kind: Type, context: Context) -> None:
    """One type for several values."""
    parts: list[ast.expr] = []
    if isinstance(node, ast.IfExp):
        parts = [node.body, node.orelse]
    elif isinstance(node, ast.BoolOp):
        parts = node.values
    elif isinstance(node, ast.List | ast.Set) and isinstance(kind, ListT | SetT):
        parts, kind = node.elts, kind.item
    elif isinstance(node, ast.Dict) and isinstance(kind, DictT):
        parts, kind = node.values, kind.value
    context.program.exposure.gathered(kind, [context.types[part] for part in parts if part in context.types])


def visit_Constant(node: ast.Constant, want: Type | None, context: Context) -> Type:
    if node.value is ...:
        context.refuse("CW034", node, what="`...` as a value", advice="raise NotImplementedError()")
    return constant_type(node.value)


def visit_JoinedStr(node: ast.JoinedStr, want: Type | None, context: Context) -> Type:
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            _formatted(part, context)
        else:
            context.types[part] = STR
    return STR


def _formatted(node: ast.FormattedValue, context: Context) -> None:
    kind = context.expr(node.value)
    spec = node.format_spec
    if spec is None or (isinstance(spec, ast.JoinedStr) and len(spec.values) == 0) or node.conversion != -1:
        check_text(node.value, kind, context)
    if node.conversion == ord("r"):
        context.program.needs.need_repr(kind)
    if node.conversion == ord("a"):
        context.refuse("CW034", node, what="`!a`", advice="use !r")
    if isinstance(spec, ast.JoinedStr):
        visit_JoinedStr(spec, None, context)


# Operators

def visit_BinOp(node: ast.BinOp, want: Type | None, context: Context) -> Type:
    symbol = SYMBOLS[type(node.op)]
    left = context.expr(node.left, want if symbol in ("+", "|", "*") else None)
    right = context.expr(node.right, left if symbol == "+" and isinstance(left, ListT) else want)
    return operate(node, symbol, left, right, context)


def operate(node: ast.AST, symbol: str, left: Type, right: Type, context: Context) -> Type:
    """The type of `left symbol right`."""
    if JS in (left, right):
        if symbol in ("//", "%", "**", *BITS):
            context.refuse(
                "CW055",
                node,
                operator=symbol,
                left=left,
                right=right,
                advice="annotate the number first: count: int = value",
            )
        return JS
    if BOOL in (*members(left), *members(right)) and not (left == BOOL and right == BOOL and symbol in ("&", "|", "^")):
        context.refuse("CW067", node)
        return INT
    if all_in(left, NUMBERS) and all_in(right, NUMBERS) and NEVER not in (left, right):
        return _number(node, symbol, left, right, context)
    found = _sequence(symbol, left, right)
    if found is None:
        if NEVER not in (left, right):
            unknown = any(kind in (ANY, OBJECT) for kind in (left, right))
            advice = "narrow it first: isinstance(value, int)" if unknown else "convert one side"
            context.refuse("CW055", node, operator=symbol, left=left, right=right, advice=advice)
        return ANY
    return found


def _number(node: ast.AST, symbol: str, left: Type, right: Type, context: Context) -> Type:
    if symbol == "/":
        return FLOAT
    if symbol in BITS:
        if (left, right) != (INT, INT):
            context.refuse("CW055", node, operator=symbol, left=left, right=right, advice="bit operations take ints")
        return INT
    if FLOAT in (left, right) or (symbol == "**" and is_negative(_right(node))):
        return FLOAT
    return INT if (left, right) == (INT, INT) else union(INT, FLOAT)


def _sequence(symbol: str, left: Type, right: Type) -> Type | None:
    if isinstance(left, COLLECTIONS) or isinstance(right, COLLECTIONS):
        if isinstance(left, CounterT) and isinstance(right, CounterT) and symbol in ("+", "-", "&", "|"):
            return CounterT(union(left.key, right.key), INT)
        return None
    if symbol == "+":
        return _concatenate(left, right)
    if symbol == "*":
        for kind, times in ((left, right), (right, left)):
            if times == INT and (kind in (STR, BYTES) or isinstance(kind, ListT | TupleT)):
                return TupleT((), union(*kind.items)) if isinstance(kind, TupleT) and kind.rest is None else kind
    if isinstance(left, SetT) and isinstance(right, SetT) and symbol in ("|", "&", "-", "^"):
        return SetT(union(left.item, right.item), left.frozen) if symbol in ("|", "^") else left
    if isinstance(left, DictT) and isinstance(right, DictT) and symbol == "|":
        return DictT(union(left.key, right.key), union(left.value, right.value))
    if left == BOOL and right == BOOL:
        return BOOL
    return None


def _concatenate(left: Type, right: Type) -> Type | None:
    if left == right and left in (STR, BYTES):
        return left
    if isinstance(left, ListT) and isinstance(right, ListT):
        return ListT(union(left.item, right.item))
    if isinstance(left, TupleT) and isinstance(right, TupleT):
        if left.rest is None and right.rest is None:
            return TupleT((*left.items, *right.items))
        return TupleT((), union(*left.items, *right.items, left.rest or NEVER, right.rest or NEVER))
    return None


def visit_UnaryOp(node: ast.UnaryOp, want: Type | None, context: Context) -> Type:
    if isinstance(node.op, ast.Not):
        condition(node.operand, context.along(context.copy()), "not")
        return BOOL
    kind = context.expr(node.operand, want)
    if kind == BOOL:
        context.refuse("CW067", node)
    elif not all_in(kind, (*NUMBERS, JS)) or (isinstance(node.op, ast.Invert) and kind != INT):
        context.refuse("CW055", node, operator="-", left="nothing", right=kind, advice="only numbers have a sign")
    return kind


def visit_Compare(node: ast.Compare, want: Type | None, context: Context) -> Type:
    left_node, left = node.left, context.expr(node.left)
    for operator, right_node in zip(node.ops, node.comparators, strict=True):
        is_equality = isinstance(operator, ast.Eq | ast.NotEq)
        right = context.expr(right_node, left if is_equality and not is_filled(right_node) else None)
        compare(node, SYMBOLS[type(operator)], left, right, right_node, context)
        if isinstance(operator, ast.In | ast.NotIn):
            _check_member(left_node, left, right, context)
        elif isinstance(operator, ast.Lt):
            flow_to_method(left, "__lt__", [(right_node, right)], context)
        elif isinstance(operator, ast.Gt):
            flow_to_method(right, "__lt__", [(left_node, left)], context)
        left_node, left = right_node, right
    return BOOL


def _check_member(node: ast.expr, item: Type, container: Type, context: Context) -> None:
    for kind in members(container):
        inside = kind.key if isinstance(kind, DictT) else kind.item if isinstance(kind, SetT | ListT) else None
        if inside is not None:
            flow_into(node, item, inside, context)
            if INT in members(item) and BOOL in members(inside):
                context.refuse("CW067", node)
    flow_to_method(container, "__contains__", [(node, item)], context)


def compare(node: ast.AST, symbol: str, left: Type, right: Type, right_node: ast.expr, context: Context) -> None:
    """Refuse comparisons whose meaning differs between the languages."""
    if symbol in ("is", "is not"):
        _identity(node, left, right, context)
    elif symbol in ("==", "!="):
        _equality(node, left, right, context)
    elif symbol in ("in", "not in"):
        _membership(node, symbol, left, right, right_node, context)
    elif JS not in (left, right):
        _order(node, symbol, left, right, context)


def _identity(node: ast.AST, left: Type, right: Type, context: Context) -> None:
    if NONE in (left, right):
        return
    if {ClassT, FunctionT} <= {type(kind) for kind in (*members(left), *members(right))}:
        context.refuse("CW073", node, what="a class beside a function", advice="compare classes with classes")
        return
    objects = (InstanceT, FunctionT, ClassT, ListT, DictT, SetT, VarT)
    for kind in (*members(left), *members(right)):
        if kind in (NONE, JS, OBJECT, ANY, BOOL) or isinstance(kind, objects):
            continue
        context.refuse("CW071", node, left=left, right=right)
        return


def _equality(node: ast.AST, left: Type, right: Type, context: Context) -> None:
    kinds = (*members(left), *members(right))
    if NONE not in (left, right) and any(isinstance(kind, IterT) for kind in kinds):
        advice = "make a set or a list of each first"
        context.refuse("CW055", node, operator="==", left=left, right=right, advice=advice)
    if BOOL in kinds and (INT in kinds or FLOAT in kinds):
        context.refuse("CW067", node)
    elif confuses(left, right):
        context.refuse("CW055", node, operator="==", left=left, right=right, advice=_convert(left, right))
    if NONE not in (left, right) and any(isinstance(kind, MatchT) for kind in kinds):
        advice = "compare what they found: a[0] == b[0]"
        context.refuse("CW055", node, operator="==", left=left, right=right, advice=advice)
    need_equality(left, right, context)


def _convert(left: Type, right: Type) -> str:
    kinds = [*members(left), *members(right)]
    if any(isinstance(kind, InstanceT) for kind in [*kinds, *(part for kind in kinds for part in parts_of(kind))]):
        return "Python asks its `__eq__`, on either side: compare an attribute of it"
    return "a list never equals a tuple, and True is 1: convert one"


def need_equality(left: Type, right: Type, context: Context) -> None:
    """Only values that both sides may hold can be equal."""
    if any(all(member in (*PLAIN, BYTES, JS) for member in members(side)) for side in (left, right)):
        return
    vague = (OBJECT, ANY)
    context.program.needs.need_equality(right if left in vague else left if right in vague else union(left, right))


def _membership(node: ast.AST, symbol: str, left: Type, right: Type, right_node: ast.expr, context: Context) -> None:
    for kind in members(right):
        if kind == STR and left not in (STR, ANY, JS):
            context.refuse("CW055", node, operator=symbol, left=left, right=right, advice="only text is in a text")
        elif isinstance(kind, InstanceT) and kind.cls.find_method("__contains__") is not None:
            continue
        elif isinstance(kind, ListT | TupleT | IterT):
            item = iterate(right_node, kind, context)
            need_equality(left, item, context)
            if confuses(left, item):
                context.refuse("CW055", node, operator=symbol, left=left, right=right, advice=_convert(left, right))
        elif kind not in (STR, BYTES) and not isinstance(kind, DictT | SetT):
            context.refuse("CW055", node, operator=symbol, left=left, right=right, advice="narrow the right side first")


def _order(node: ast.AST, symbol: str, left: Type, right: Type, context: Context) -> None:
    if all_in(left, NUMBERS) and all_in(right, NUMBERS):
        return
    if left == right and left in (STR, BYTES):
        return
    if isinstance(left, TupleT | ListT | SetT) and type(left) is type(right):
        need_equality(left, right, context)
        return
    if isinstance(left, InstanceT) and isinstance(right, InstanceT) and has_order(left):
        return
    if NEVER not in (left, right):
        context.refuse("CW055", node, operator=symbol, left=left, right=right, advice="narrow or convert first")


def _right(node: ast.AST) -> ast.expr:
    return node.right if isinstance(node, ast.BinOp) else cast(ast.AugAssign, node).value


def is_filled(node: ast.expr) -> bool:
    """A display with items: they say its type."""
    shown = isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict)
    return shown and any(isinstance(part, ast.expr) for part in ast.iter_child_nodes(node))
