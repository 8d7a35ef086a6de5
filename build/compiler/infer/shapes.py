"""Which values of a type a pattern can match: sequences, dicts, equal constants."""

from __future__ import annotations

from collections.abc import Iterable

from build.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    FLOAT,
    JS,
    NEVER,
    NONE,
    NUMBERS,
    OBJECT,
    STR,
    BuiltinT,
    ClassT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    Prim,
    SetT,
    TupleT,
    Type,
    VarT,
    is_unknown,
    members,
    parts_of,
    union,
)

UNPACKED = "only tuples, lists and other iterables of a fixed shape"


def sequences(kind: Type) -> list[ListT | TupleT]:
    """The alternatives that a sequence pattern may match: never a str, never bytes."""
    found = [ListT(ANY) if is_unknown(member) else member for member in members(kind)]
    return [member for member in found if isinstance(member, ListT | TupleT)]


def fitting(kinds: Iterable[ListT | TupleT], count: int, star: int | None) -> list[ListT | TupleT]:
    """Those whose length may be right for `count` patterns, one of which may be a star."""
    return [kind for kind in kinds if not is_fixed(kind) or _fits(kind, count, star)]


def is_fixed(kind: Type) -> bool:
    return isinstance(kind, TupleT) and kind.rest is None


def _fits(kind: Type, count: int, star: int | None) -> bool:
    length = len(kind.items) if isinstance(kind, TupleT) else 0
    return length == count if star is None else length >= count - 1


def item_kinds(kinds: list[ListT | TupleT], count: int, star: int | None) -> list[Type]:
    """The types of the items by pattern; for the star, of the items that it takes."""
    return [union(*[_item(kind, index, count, star) for kind in kinds]) for index in range(count)]


def _item(kind: ListT | TupleT, index: int, count: int, star: int | None) -> Type:
    if isinstance(kind, ListT):
        return kind.item
    if kind.rest is not None:
        return kind.rest
    after = count - index - 1
    if index == star:
        return union(*kind.items[index : len(kind.items) - after])
    return kind.items[index] if star is None or index < star else kind.items[len(kind.items) - after - 1]


def tables(kind: Type) -> list[DictT]:
    """The alternatives that a mapping pattern may match."""
    found = [DictT(STR, ANY) if is_unknown(member) else member for member in members(kind)]
    return [member for member in found if isinstance(member, DictT)]


def may_equal(kind: Type, value: Type) -> bool:
    """Can a value of `kind` equal a constant of type `value`?"""
    if is_unknown(kind) or is_unknown(value) or NEVER in (kind, value) or kind in members(value):
        return True
    if kind in (*NUMBERS, BOOL):
        return value in (*NUMBERS, BOOL)
    if isinstance(kind, InstanceT):
        return isinstance(value, InstanceT) or kind.cls.find_method("__eq__") is not None
    return type(kind) is type(value) and isinstance(kind, ListT | TupleT | DictT)


def may_mix(kind: Type, value: Type) -> bool:
    """Might a bool meet a number? They are equal in Python alone."""
    kinds = members(kind)
    if value in NUMBERS:
        return any(member == BOOL or is_unknown(member) for member in kinds)
    return value == BOOL and any(member in NUMBERS or is_unknown(member) for member in kinds)


def confuses(left: Type, right: Type) -> bool:
    """Might `==` of these be another in JavaScript? A list never equals a tuple in Python, and True equals 1.

    An `__eq__` written by hand may say yes to anything, and Python asks it on either side.
    """
    return any(_differ(one, other) for one in members(left) for other in members(right))


def _differ(one: Type, other: Type) -> bool:
    if isinstance(one, ListT | TupleT) and isinstance(other, ListT | TupleT):
        vague = any(isinstance(kind, ListT) and not kind.exact for kind in (one, other))
        if vague or type(one) is not type(other):
            return True
    if BOOL in (one, other) and (one in NUMBERS or other in NUMBERS):
        return True
    if _asks(one, other) or _asks(other, one):
        return True
    pairs = zip(parts_of(one), parts_of(other), strict=False) if type(one) is type(other) else ()
    return any(confuses(inner, outer) for inner, outer in pairs)


def _asks(one: Type, other: Type) -> bool:
    """Has the first an `__eq__` written by hand, and is the other no object that inherits it too?"""
    if not isinstance(one, InstanceT) or other in (NONE, NEVER):
        return False
    method = one.cls.find_method("__eq__")
    return method is not None and not (isinstance(other, InstanceT) and other.cls.find_method("__eq__") is method)


def is_shown(kind: Type) -> bool:
    """Does a value show by itself how it prints? Not a float, nor a tuple."""
    return all(
        member != FLOAT
        and not is_unknown(member)
        and not isinstance(member, TupleT)
        and not (isinstance(member, ListT) and not member.exact)
        and (isinstance(member, InstanceT) or all(map(is_shown, parts_of(member))))
        for member in members(kind)
    )


def fits(given: Type, wanted: Type) -> bool:
    """Does a built-in function know this kind of value? Numbers and bools are asked about where types flow."""
    return all(any(_fits_one(kind, other) for other in members(wanted)) for kind in members(given))


def _fits_one(kind: Type, wanted: Type) -> bool:
    if kind == wanted or kind in (ANY, JS, NEVER) or wanted in (ANY, OBJECT, JS) or isinstance(wanted, VarT):
        return True
    if kind in (*NUMBERS, BOOL):
        return wanted in (*NUMBERS, BOOL)
    if isinstance(wanted, IterT):
        return kind in (STR, BYTES) or isinstance(kind, ListT | TupleT | SetT | DictT | IterT | InstanceT)
    if isinstance(wanted, FunctionT):
        return isinstance(kind, FunctionT | ClassT | BuiltinT)
    if isinstance(wanted, TupleT) and isinstance(kind, TupleT):
        return wanted.rest is None or all(fits(item, wanted.rest) for item in parts_of(kind))
    return type(kind) is type(wanted) and not isinstance(kind, Prim)
