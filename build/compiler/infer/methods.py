"""Signatures of the methods of built-in types."""

from __future__ import annotations

from collections.abc import Callable

from build.compiler.types import (
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    OBJECT,
    STR,
    DictT,
    FunctionT,
    IterT,
    ListT,
    Param,
    SetT,
    TupleT,
    Type,
    VarT,
    union,
)

Signatures = dict[str, FunctionT]


def sig(result: Type, *kinds: Type, optional: int = 0, names: str = "") -> FunctionT:
    """A signature whose last `optional` parameters may be left out; `names` allows keywords."""
    labels = names.split() if names != "" else [""] * len(kinds)
    needed = len(kinds) - optional
    params = tuple(Param(labels[index], kind, index >= needed) for index, kind in enumerate(kinds))
    return FunctionT(params, result, visible=names != "")


STRINGS = IterT(STR)
TRIPLE = TupleT((STR, STR, STR))
STR_OR_TUPLE = union(STR, TupleT((), STR))

STR_METHODS: Signatures = {
    **dict.fromkeys(("strip", "lstrip", "rstrip"), sig(STR, STR, optional=1)),
    **dict.fromkeys(("lower", "upper", "casefold", "title", "capitalize"), sig(STR)),
    **dict.fromkeys(
        ("isdigit", "isalpha", "isalnum", "isspace", "isupper", "islower", "isdecimal", "isascii"), sig(BOOL)
    ),
    **dict.fromkeys(("split", "rsplit"), sig(ListT(STR), STR, INT, optional=2, names="sep maxsplit")),
    **dict.fromkeys(("find", "rfind", "index", "rindex", "count"), sig(INT, STR, INT, INT, optional=2)),
    **dict.fromkeys(("startswith", "endswith"), sig(BOOL, STR_OR_TUPLE, INT, optional=1)),
    **dict.fromkeys(("ljust", "rjust", "center"), sig(STR, INT, STR, optional=1)),
    **dict.fromkeys(("partition", "rpartition"), sig(TRIPLE, STR)),
    **dict.fromkeys(("removeprefix", "removesuffix"), sig(STR, STR)),
    "splitlines": sig(ListT(STR)),
    "join": sig(STR, STRINGS),
    "replace": sig(STR, STR, STR, INT, optional=1),
    "zfill": sig(STR, INT),
    "encode": sig(BYTES, STR, STR, optional=2, names="encoding errors"),
}
BYTES_METHODS: Signatures = {
    "hex": sig(STR),
    "decode": sig(STR, STR, STR, optional=2, names="encoding errors"),
    "join": sig(BYTES, IterT(BYTES)),
    "find": sig(INT, BYTES, INT, optional=1),
    "startswith": sig(BOOL, BYTES),
    "endswith": sig(BOOL, BYTES),
    "count": sig(INT, BYTES),
    "index": sig(INT, BYTES),
    "rjust": sig(BYTES, INT, BYTES, optional=1),
    "ljust": sig(BYTES, INT, BYTES, optional=1),
}
INT_METHODS: Signatures = {
    "to_bytes": sig(BYTES, INT, STR, optional=1, names="length byteorder"),
    "bit_length": sig(INT),
    "bit_count": sig(INT),
}
FLOAT_METHODS: Signatures = {"is_integer": sig(BOOL)}
INT_STATIC: Signatures = {"from_bytes": sig(INT, BYTES, STR, optional=1, names="bytes byteorder")}
BYTES_STATIC: Signatures = {"fromhex": sig(BYTES, STR)}


def list_methods(kind: ListT) -> Signatures:
    item = kind.item
    key = FunctionT((Param("", item),), VarT("Key"))
    return {
        "append": sig(NONE, item),
        "extend": sig(NONE, IterT(item)),
        "insert": sig(NONE, INT, item),
        "remove": sig(NONE, item),
        "pop": sig(item, INT, optional=1),
        "clear": sig(NONE),
        "copy": sig(kind),
        "index": sig(INT, item, INT, optional=1),
        "count": sig(INT, item),
        "reverse": sig(NONE),
        "sort": FunctionT((Param("key", key, True, True), Param("reverse", BOOL, True, True)), NONE, visible=True),
    }


def tuple_methods(kind: TupleT) -> Signatures:
    item = kind.rest if kind.rest is not None else union(*kind.items)
    return {"index": sig(INT, item), "count": sig(INT, item)}


def dict_methods(kind: DictT) -> Signatures:
    pair = TupleT((kind.key, kind.value))
    return {
        "get": sig(union(kind.value, NONE), kind.key, kind.value, optional=1),
        "pop": sig(kind.value, kind.key, kind.value, optional=1),
        "setdefault": sig(kind.value, kind.key, kind.value),
        "update": sig(NONE, kind),
        "keys": sig(IterT(kind.key, "keys")),
        "values": sig(IterT(kind.value, "values")),
        "items": sig(IterT(pair, "items")),
        "clear": sig(NONE),
        "copy": sig(kind),
    }


def set_methods(kind: SetT) -> Signatures:
    others = IterT(kind.item)
    return {
        "add": sig(NONE, kind.item),
        "discard": sig(NONE, kind.item),
        "remove": sig(NONE, kind.item),
        "pop": sig(kind.item),
        "clear": sig(NONE),
        "copy": sig(kind),
        "update": sig(NONE, others),
        **dict.fromkeys(("union", "intersection", "difference", "symmetric_difference"), sig(kind, others)),
        **dict.fromkeys(("issubset", "issuperset", "isdisjoint"), sig(BOOL, others)),
        "difference_update": sig(NONE, others),
    }


def iterator_methods(kind: IterT) -> Signatures:
    if kind.kind == "iterator":
        return {"send": sig(kind.item, OBJECT), "close": sig(NONE), "__next__": sig(kind.item)}
    return {}


PLAIN: dict[Type, Signatures] = {STR: STR_METHODS, BYTES: BYTES_METHODS, INT: INT_METHODS, FLOAT: FLOAT_METHODS}
BY_SHAPE: list[tuple[type[Type], Callable[..., Signatures]]] = [
    (ListT, list_methods),
    (TupleT, tuple_methods),
    (DictT, dict_methods),
    (SetT, set_methods),
    (IterT, iterator_methods),
]


def built_in_method(kind: Type, name: str) -> FunctionT | None:
    """The signature of a method of a built-in type, or None when the subset has no such method."""
    if kind in PLAIN:
        return PLAIN[kind].get(name)
    for shape, table in BY_SHAPE:
        if isinstance(kind, shape):
            return table(kind).get(name)
    return None
