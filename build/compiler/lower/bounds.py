"""Places in lists that are known to be there: an item is read or stored without asking the runtime.

JavaScript gives undefined where a list has no item and no list holds undefined, so a place that is known not to be
negative needs one look. Each look in a loop also keeps to the kind of list that it meets, which the runtime's `at` and
`setAt`, asked by the whole program, cannot: there every item of a list that has a name is looked at where it stands,
and the runtime says only where that is. Elsewhere the call is shorter.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from build.compiler.lower.context import Context
from build.compiler.lower.order import acts
from build.compiler.lower.ranges import is_nonnegative, is_positive
from build.compiler.nodes import Binary, Index, Js, Member
from build.compiler.types import BOOL, BYTES, FLOAT, INT, STR, DictT, InstanceT, ListT, SetT, TupleT, Type, members

PRESENT = (BOOL, INT, FLOAT, STR, BYTES)


def item_at(node: ast.Subscript, items: Js, index: Js, context: Context) -> Js:
    """items[index], or IndexError."""
    if _is_never_none(context.t(node)):
        if is_counted(node, context) or _is_from_start(node, context):
            return Binary("??", Index(items, index), context.help("outOfRange"))
        if _is_from_end(node, context):
            last = Binary("-", Member(items, "length"), context.expr(node.slice.operand))  # type: ignore[attr-defined]
            return Binary("??", Index(items, last), context.help("outOfRange"))
    if is_looped(node, context):
        return Index(items, context.help("placeIn", index, Member(items, "length")))
    return context.help("at", items, index)


def is_looped(node: ast.Subscript, context: Context) -> bool:
    """Is it in a loop, of a list that a name holds whatever the index does?"""
    named = isinstance(node.value, ast.Name) and context.is_simple(node.value)
    counted = not isinstance(node.slice, ast.Constant | ast.UnaryOp) and not acts(node.slice, context)
    return context.looping and named and counted and _is_listed(node.value, context)


def _is_from_start(node: ast.Subscript, context: Context) -> bool:
    """Is it in a loop, and the place never negative?"""
    return context.looping and _is_listed(node.value, context) and is_nonnegative(node.slice, context)


def _is_from_end(node: ast.Subscript, context: Context) -> bool:
    """Is it in a loop, of a list that a name holds, and so many before its end: xs[-1]?"""
    named = isinstance(node.value, ast.Name) and context.is_simple(node.value)
    place = node.slice
    written = isinstance(place, ast.UnaryOp) and isinstance(place.op, ast.USub) and is_positive(place.operand, context)
    return context.looping and named and written and _is_listed(node.value, context) and _is_plain(node, context)


def _is_listed(node: ast.expr, context: Context) -> bool:
    kind = context.t(node)
    return kind == BYTES or isinstance(kind, ListT) or (isinstance(kind, TupleT) and kind.rest is not None)


def is_counted(node: ast.Subscript, context: Context) -> bool:
    """Is the place one that the program counts, of a list that a name holds, and never negative?"""
    counted = isinstance(node.value, ast.Name) and not isinstance(node.slice, ast.Constant)
    listed = counted and _is_listed(node.value, context)
    return listed and _is_plain(node, context) and is_nonnegative(node.slice, context)


def is_within(target: ast.Subscript, value: ast.expr, context: Context) -> bool:
    """Has `value`, right before it is stored there, read the same place, or one behind it?"""
    if not is_counted(target, context) or acts(value, context):
        return False
    return any(_reaches(read, target) for read in _surely_read(value))


def _is_plain(node: ast.Subscript, context: Context) -> bool:
    """Does the place stay the same until the end of the statement?"""
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    return all(map(context.is_simple, names)) and not acts(node.slice, context)


def _reaches(read: ast.Subscript, target: ast.Subscript) -> bool:
    """xs[i + 1] was there: then so is xs[i]."""
    if ast.dump(read.value) != ast.dump(target.value):
        return False
    index = read.slice
    if isinstance(index, ast.BinOp) and isinstance(index.op, ast.Add) and isinstance(index.right, ast.Constant):
        more = index.right.value
        if type(more) is int and more >= 0 and ast.dump(index.left) == ast.dump(target.slice):
            return True
    return ast.dump(index) == ast.dump(target.slice)


def _surely_read(node: ast.expr) -> Iterator[ast.Subscript]:
    """The items that are read whatever the values are."""
    if isinstance(node, ast.Subscript):
        yield node
    elif isinstance(node, ast.BinOp):
        yield from _surely_read(node.left)
        yield from _surely_read(node.right)
    elif isinstance(node, ast.UnaryOp):
        yield from _surely_read(node.operand)
    elif isinstance(node, ast.Tuple):
        for item in node.elts:
            yield from _surely_read(item)


def _is_never_none(kind: Type) -> bool:
    return all(
        member in PRESENT or isinstance(member, InstanceT | ListT | TupleT | DictT | SetT) for member in members(kind)
    )
