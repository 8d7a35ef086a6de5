"""Assignment in all its forms, del."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.infer.assignments import is_erased
from build.compiler.infer.operators import SYMBOLS
from build.compiler.infer.stores import parts_are_known
from build.compiler.lower.arithmetic import keeps_zero, operate
from build.compiler.lower.bounds import is_counted, is_looped, is_within, item_at
from build.compiler.lower.collections import item_of
from build.compiler.lower.container_methods import updated
from build.compiler.lower.context import Context
from build.compiler.lower.effects import may_fail
from build.compiler.lower.generator_expressions import consumed, extended
from build.compiler.lower.iterables import resumed, target_pattern
from build.compiler.lower.keys import by_key, is_by_value, key_value
from build.compiler.lower.names import attribute_name, named
from build.compiler.lower.order import acts, order_shows
from build.compiler.lower.regular import pattern_constants
from build.compiler.nodes import Array, Assign, Binary, Block, Id, Index, Js, Let, Lit, Member, Spread
from build.compiler.scopes.bindings import names_in
from build.compiler.scopes.scope import Local
from build.compiler.types import (
    BYTES,
    INT,
    JS,
    NUMBERS,
    STR,
    ClassT,
    CounterT,
    DequeT,
    DictT,
    InstanceT,
    ListT,
    PatternT,
    SetT,
    TupleT,
    Type,
    all_in,
    has_none,
    members,
)


def declare_kind(name: str, context: Context) -> str:
    """const for a name that is stored once."""
    local = local_of(name, context)
    return "const" if local is None or local.stores <= 1 else "let"


def local_of(name: str, context: Context) -> Local | None:
    return context.scope.local(name)


def visit_Assign(node: ast.Assign, context: Context) -> list[Js]:
    if context.scope is context.scopes.module and is_erased(node.targets[0], context.inferred):
        return []
    if isinstance(context.t(node.value), PatternT):
        return pattern_constants(node, context)
    value = context.value(node.value)
    if len(node.targets) == 1:
        before, value = value_first(node.targets[0], node.value, value, context)
        return [*before, *store_into(node.targets[0], value, node, node.value, context)]
    if isinstance(node.value, ast.Constant | ast.Name):
        return [item for target in node.targets for item in store_into(target, value, node, node.value, context)]
    name = Id(context.unique("value"))
    stores = [item for target in node.targets for item in store_into(target, name, node, None, context)]
    return [Let("const", name, value), *stores]


def visit_AnnAssign(node: ast.AnnAssign, context: Context) -> list[Js]:
    if node.value is None or (context.scope is context.scopes.module and is_erased(node.target, context.inferred)):
        return []
    if isinstance(context.t(node.value), PatternT):
        return pattern_constants(node, context)
    before, value = value_first(node.target, node.value, context.value(node.value), context)
    return [*before, *store_into(node.target, value, node, node.value, context)]


def value_first(target: ast.expr, value_node: ast.expr, value: Js, context: Context) -> tuple[list[Js], Js]:
    """Python evaluates the right side before it looks at the place on the left; JavaScript after."""
    if isinstance(target, ast.Name | ast.Tuple | ast.List):
        return [], value
    inner = [target.value] if isinstance(target, ast.Attribute) else [target.value, target.slice]  # type: ignore[attr-defined]
    if not any(order_shows(value_node, part, context) for part in inner):
        return [], value
    name = Id(context.unique("value"))
    return [Let("const", name, value)], name


def store_into(target: ast.expr, value: Js, node: ast.stmt, value_node: ast.expr | None, context: Context) -> list[Js]:
    """Statements that put `value` into `target`."""
    if isinstance(target, ast.Name):
        return [_store_name(target, value, node, context)]
    if isinstance(target, ast.Attribute):
        return [b.do(Assign("=", _member(target, context), value, place=context.place(target)))]
    if isinstance(target, ast.Subscript):
        before, value = _ahead(target, value, value_node, context)
        return [*before, b.do(_store_item(target, value, value_node, context))]
    if isinstance(target, ast.Tuple | ast.List):
        return _unpack(target, value, node, value_node, context)
    raise context.refuse("CW074", target, what="this target", advice="assign to a name, an attribute or an item")


def _store_name(target: ast.Name, value: Js, node: ast.stmt, context: Context) -> Js:
    name = Id(context.js_name(target.id), place=context.place(target, target.id))
    if context.placement.declares(node, target.id):
        return Let(declare_kind(target.id, context), name, value, place=context.place(node))
    return b.do(Assign("=", name, value, place=context.place(target)))


def _member(target: ast.Attribute, context: Context) -> Js:
    base = context.t(target.value)
    return Member(
        context.expr(target.value), attribute_name(base, target.attr, context), place=context.place(target, target.attr)
    )


def _ahead(
    target: ast.Subscript, value: Js, value_node: ast.expr | None, context: Context
) -> tuple[list[Js], Js]:
    """Whether there is such a place is asked after the value is known."""
    late = value_node is not None and (may_fail(value_node) or acts(value_node, context))
    if value_node is None or not late or isinstance(value, Id) or not is_looped(target, context):
        return [], value
    if is_within(target, value_node, context):
        return [], value
    name = Id(context.unique("value"))
    return [Let("const", name, value)], name


def _store_item(target: ast.Subscript, value: Js, value_node: ast.expr | None, context: Context) -> Js:
    base = context.t(target.value)
    container = context.expr(target.value)
    if isinstance(target.slice, ast.Slice):
        return _store_slice(target.slice, container, value, context)
    if isinstance(base, DictT):
        return b.method(container, "set", key_value(target.slice, context), value)
    key = context.expr(target.slice)
    if base == JS or (value_node is not None and is_within(target, value_node, context)):
        return Assign("=", Index(container, key), value)
    if isinstance(base, InstanceT):
        return b.method(container, "__setitem__", key, value)
    if is_looped(target, context):
        return Assign("=", Index(container, context.help("placeFor", key, Member(container, "length"))), value)
    return context.help("setAt", container, key, value)


def _store_slice(bounds: ast.Slice, container: Js, value: Js, context: Context) -> Js:
    start = _limit(bounds.lower, "0", context) if bounds.lower is not None else Lit("0")
    stop = [_limit(bounds.upper, "Infinity", context)] if bounds.upper is not None else []
    return context.help("setSlice", container, value, start, *stop)


def _limit(node: ast.expr, other: str, context: Context) -> Js:
    value = context.expr(node)
    return Binary("??", value, Lit(other)) if has_none(context.t(node)) else value


# Unpacking

def _unpack(
    target: ast.Tuple | ast.List, value: Js, node: ast.stmt, value_node: ast.expr | None, context: Context
) -> list[Js]:
    stars = [index for index, item in enumerate(target.elts) if isinstance(item, ast.Starred)]
    kind = context.t(value_node if value_node is not None else target)
    if isinstance(kind, DictT):
        value = b.method(value, "keys")
    elif value_node is not None:
        value = resumed(value, value_node, context)
    if len(stars) > 0 and stars[0] != len(target.elts) - 1:
        value = context.help("unpackStar", value, Lit(str(stars[0])), Lit(str(len(target.elts) - stars[0] - 1)))
    elif not isinstance(kind, TupleT) or kind.rest is not None:
        value = _counted_out(value, kind, len(target.elts), len(stars) > 0, context)
    if all(_plain(item) and parts_are_known(item, context.inferred.types) for item in target.elts):
        return [_unpack_plain(target, value, node, len(stars) > 0 and stars[0] != len(target.elts) - 1, context)]
    names = [Id(context.unique(f"part{index + 1}")) for index in range(len(target.elts))]
    stores = _parts(names, value)
    read = value_node if all(_is_item_of_list(item, context) for item in target.elts) else None
    for item, name in zip(target.elts, names, strict=True):
        stores += store_into(item, name, node, read, context)
    return ([Block(stores)] if not any(context.placement.declares(node, name) for name in names_in(target)) else stores)


def _is_item_of_list(target: ast.expr, context: Context) -> bool:
    """A store there changes no name, and no list's length."""
    return isinstance(target, ast.Subscript) and isinstance(context.t(target.value), ListT)


def _parts(names: list[Id], value: Js) -> list[Js]:
    """const part1 = ..., part2 = ...; through an array only where the parts do not stand there one by one."""
    if isinstance(value, Array) and not any(isinstance(item, Spread) for item in value.items):
        return [Let("const", name, item) for name, item in zip(names, value.items, strict=True)]
    return [Let("const", Array(list(names)), value)]


def _unpack_plain(target: ast.Tuple | ast.List, value: Js, node: ast.stmt, flat: bool, context: Context) -> Js:
    pattern = target_pattern(target, context)
    if flat and isinstance(pattern, Array):
        pattern = Array([item.value if isinstance(item, Spread) else item for item in pattern.items])
    names = names_in(target)
    if all(context.placement.declares(node, name) for name in names):
        kinds = {declare_kind(name, context) for name in names}
        return Let("let" if "let" in kinds else "const", pattern, value, place=context.place(node))
    return b.do(Assign("=", pattern, value, place=context.place(node)))


def _counted_out(value: Js, kind: Type, count: int, has_star: bool, context: Context) -> Js:
    """The value, once it is sure to have so many items; a star takes what is left."""
    listed = kind == BYTES or all(isinstance(member, ListT | TupleT | ClassT) for member in members(kind))
    if has_star:
        return context.help("unpackSome", value if listed else Array([Spread(value)]), Lit(str(count - 1)))
    return context.help("unpack" if listed else "unpackAny", value, Lit(str(count)))


# Augmented

def visit_AugAssign(node: ast.AugAssign, context: Context) -> list[Js]:
    symbol = SYMBOLS[type(node.op)]
    target = node.target
    left, right = context.t(target), context.t(node.value)
    if isinstance(left, DequeT) and symbol == "+":
        return [b.do(b.method(_read(target, context), "extend", consumed(node.value, context)))]
    if isinstance(left, ListT) and symbol == "+":
        return [b.do(extended(_read(target, context), node.value, context))]
    if isinstance(left, SetT) and symbol in ("|", "-"):
        helper = "addAll" if symbol == "|" else "discardAll"
        return [b.do(context.help(helper, _read(target, context), context.expr(node.value)))]
    if isinstance(left, DictT) and symbol == "|":
        return [b.do(updated(_read(target, context), node.value, context))]
    if isinstance(left, SetT):
        raise context.refuse(
            "CW055", node, operator=f"{symbol}=", left=left, right=right, advice="write the assignment out"
        )
    if isinstance(left, ListT) and symbol == "*":
        raise context.refuse(
            "CW055", node, operator="*=", left=left, right=right, advice="write the assignment out: a new list"
        )
    if isinstance(target, ast.Subscript):
        return _augment_item(target, symbol, node, context)
    plain = _plain_operator(symbol, left, right)
    if symbol == "*" and (left, right) == (INT, INT) and not keeps_zero(context, target, node.value):
        plain = False
    place = _member(target, context) if isinstance(target, ast.Attribute) else _read(target, context)
    if plain:
        return [b.do(Assign(f"{symbol}=", place, context.expr(node.value), place=context.place(node)))]
    if isinstance(target, ast.Attribute) and not context.is_simple(target.value):
        owner = Id(context.unique("owner"))
        hold = Let("const", owner, context.expr(target.value))
        place = Member(owner, attribute_name(context.t(target.value), target.attr, context))
        return [hold, b.do(Assign("=", place, _computed(place, symbol, node, context)))]
    return [b.do(Assign("=", place, _computed(place, symbol, node, context), place=context.place(node)))]


def _plain_operator(symbol: str, left: Type, right: Type) -> bool:
    if symbol in ("+", "-", "*"):
        numbers = all_in(left, (*NUMBERS, JS)) and all_in(right, (*NUMBERS, JS))
        return numbers or (symbol == "+" and left == STR and right == STR)
    return False


def _read(target: ast.expr, context: Context) -> Js:
    if isinstance(target, ast.Name):
        return named(target.id, target, context)
    return context.expr(target)


def _computed(place: Js, symbol: str, node: ast.AugAssign, context: Context) -> Js:
    return operate(symbol, place, context.expr(node.value), node.target, node.value, node, context)


def _augment_item(target: ast.Subscript, symbol: str, node: ast.AugAssign, context: Context) -> list[Js]:
    before: list[Js] = []
    base = context.t(target.value)
    container = context.expr(target.value)
    key = key_value(target.slice, context) if isinstance(base, DictT) else context.expr(target.slice)
    if not context.is_simple(target.value):
        name = Id(context.unique("items"))
        before.append(Let("const", name, container))
        container = name
    if not context.is_simple(target.slice) or is_by_value(context.t(target.slice)):
        name = Id(context.unique("key"))
        before.append(Let("const", name, key))
        key = name
    if base == JS:
        current: Js = Index(container, key)
    elif isinstance(base, InstanceT):
        current = b.method(container, "__getitem__", key)
    else:
        ready = isinstance(base, DictT) and item_of(base, container, target.slice, context, key)
        current = ready or item_at(target, container, key, context)
    held = is_looped(target, context) and not is_counted(target, context) and not acts(node.value, context)
    if held:
        place = Id(context.unique("place"))
        before.append(Let("const", place, context.help("placeIn", key, Member(container, "length"))))
        key, current = place, Index(container, place)
    value = operate(symbol, current, context.expr(node.value), target, node.value, node, context)
    if isinstance(base, DictT):
        store: Js = b.method(container, "set", key, value)
    elif base == JS or held or (is_counted(target, context) and not acts(node.value, context)):
        store = Assign("=", Index(container, key), value)
    elif isinstance(base, InstanceT):
        store = b.method(container, "__setitem__", key, value)
    else:
        store = context.help("setAt", container, key, value)
    return [Block([*before, b.do(store)])] if len(before) > 0 else [b.do(store)]


# Del

def visit_Delete(node: ast.Delete, context: Context) -> list[Js]:
    found: list[Js] = []
    for target in node.targets:
        assert isinstance(target, ast.Subscript)
        container = context.expr(target.value)
        if isinstance(target.slice, ast.Slice) and target.slice.step is not None:
            bounds = (target.slice.lower, target.slice.upper, target.slice.step)
            given = [context.expr(bound) if bound is not None else b.NULL for bound in bounds]
            found.append(b.do(context.help("deleteSteps", container, *given)))
        elif isinstance(target.slice, ast.Slice):
            found.append(b.do(_store_slice(target.slice, container, Array([]), context)))
        elif isinstance(context.t(target.value), CounterT):
            found.append(b.do(b.method(container, "delete", key_value(target.slice, context))))
        elif isinstance(context.t(target.value), DequeT):
            found.append(b.do(b.method(container, "deleteAt", context.expr(target.slice))))
        elif isinstance(context.t(target.value), DictT):
            key = key_value(target.slice, context)
            found.append(b.do(by_key("deleteKey", container, key, context.t(target.slice), context)))
        elif isinstance(context.t(target.value), InstanceT):
            found.append(b.do(b.method(container, "__delitem__", context.expr(target.slice))))
        else:
            found.append(b.do(context.help("deleteAt", container, context.expr(target.slice))))
    return found


def _plain(item: ast.expr) -> bool:
    if isinstance(item, ast.Starred):
        return isinstance(item.value, ast.Name)
    if isinstance(item, ast.Tuple | ast.List):
        return all(_plain(inner) for inner in item.elts)
    return isinstance(item, ast.Name)
