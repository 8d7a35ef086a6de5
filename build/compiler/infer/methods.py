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
    CounterT,
    DequeT,
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


def sig(result: Type, names: str = "", *kinds: Type) -> FunctionT:
    """A signature as typeshed writes it: `a, b=, /, c=` with one type for each name; what has `=` may be left out."""
    parts = [part.strip() for part in names.split(",")] if names != "" else []
    labels = [part for part in parts if part not in ("/", "*")]
    by_place = parts.index("/") if "/" in parts else 0
    by_name = parts.index("*") if "*" in parts else len(parts)
    params = tuple(
        Param(label.rstrip("="), kind, label.endswith("="), parts.index(label) > by_name, parts.index(label) < by_place)
        for label, kind in zip(labels, kinds, strict=True)
    )
    return FunctionT(params, result, visible=True, is_built_in=True)


STRINGS = IterT(STR)
TRIPLE = TupleT((STR, STR, STR))
STR_OR_TUPLE = union(STR, TupleT((), STR))
STR_OR_NONE = union(STR, NONE)
BYTES_OR_TUPLE = union(BYTES, TupleT((), BYTES))
BYTES_OR_INT = union(BYTES, INT)
BOUND = union(INT, NONE)
CODING = "encoding=, errors="

STR_METHODS: Signatures = {
    **dict.fromkeys(("strip", "lstrip", "rstrip"), sig(STR, "chars=, /", STR_OR_NONE)),
    **dict.fromkeys(("lower", "upper", "casefold", "title", "capitalize"), sig(STR)),
    **dict.fromkeys(
        ("isdigit", "isalpha", "isalnum", "isspace", "isupper", "islower", "isdecimal", "isascii"), sig(BOOL)
    ),
    **dict.fromkeys(("split", "rsplit"), sig(ListT(STR), "sep=, maxsplit=", STR_OR_NONE, INT)),
    **dict.fromkeys(("find", "rfind", "index", "rindex", "count"), sig(INT, "sub, start=, end=, /", STR, BOUND, BOUND)),
    "startswith": sig(BOOL, "prefix, start=, end=, /", STR_OR_TUPLE, BOUND, BOUND),
    "endswith": sig(BOOL, "suffix, start=, end=, /", STR_OR_TUPLE, BOUND, BOUND),
    **dict.fromkeys(("ljust", "rjust", "center"), sig(STR, "width, fillchar=, /", INT, STR)),
    **dict.fromkeys(("partition", "rpartition"), sig(TRIPLE, "sep, /", STR)),
    "removeprefix": sig(STR, "prefix, /", STR),
    "removesuffix": sig(STR, "suffix, /", STR),
    "splitlines": sig(ListT(STR), "keepends=", BOOL),
    "join": sig(STR, "iterable, /", STRINGS),
    "replace": sig(STR, "old, new, count=, /", STR, STR, INT),
    "zfill": sig(STR, "width, /", INT),
    "encode": sig(BYTES, CODING, STR, STR),
}
BYTES_METHODS: Signatures = {
    "hex": sig(STR),
    "decode": sig(STR, CODING, STR, STR),
    "join": sig(BYTES, "iterable_of_bytes, /", IterT(BYTES)),
    **dict.fromkeys(("find", "count", "index"), sig(INT, "sub, start=, end=, /", BYTES_OR_INT, BOUND, BOUND)),
    "startswith": sig(BOOL, "prefix, start=, end=, /", BYTES_OR_TUPLE, BOUND, BOUND),
    "endswith": sig(BOOL, "suffix, start=, end=, /", BYTES_OR_TUPLE, BOUND, BOUND),
    **dict.fromkeys(("ljust", "rjust"), sig(BYTES, "width, fillchar=, /", INT, BYTES)),
}
INT_METHODS: Signatures = {
    "to_bytes": sig(BYTES, "length=, byteorder=", INT, STR),
    "bit_length": sig(INT),
    "bit_count": sig(INT),
}
FLOAT_METHODS: Signatures = {"is_integer": sig(BOOL)}
INT_STATIC: Signatures = {"from_bytes": sig(INT, "bytes, byteorder=", BYTES, STR)}
BYTES_STATIC: Signatures = {"fromhex": sig(BYTES, "string, /", STR)}


def list_methods(kind: ListT) -> Signatures:
    item = kind.item
    key = union(FunctionT((Param("", item),), VarT("Key")), NONE)
    return {
        "append": sig(NONE, "object, /", item),
        "extend": sig(NONE, "iterable, /", IterT(item)),
        "insert": sig(NONE, "index, object, /", INT, item),
        "remove": sig(NONE, "value, /", item),
        "pop": sig(item, "index=, /", INT),
        "clear": sig(NONE),
        "copy": sig(kind),
        "index": sig(INT, "value, start=, stop=, /", item, INT, INT),
        "count": sig(INT, "value, /", item),
        "reverse": sig(NONE),
        "sort": sig(NONE, "*, key=, reverse=", key, BOOL),
    }


def tuple_methods(kind: TupleT) -> Signatures:
    item = kind.rest if kind.rest is not None else union(*kind.items)
    return {"index": sig(INT, "value, start=, stop=, /", item, INT, INT), "count": sig(INT, "value, /", item)}


def dict_methods(kind: DictT) -> Signatures:
    pair = TupleT((kind.key, kind.value))
    return {
        "get": sig(union(kind.value, NONE), "key, default=, /", kind.key, kind.value),
        "pop": sig(kind.value, "key, default=, /", kind.key, kind.value),
        "setdefault": sig(kind.value, "key, default, /", kind.key, kind.value),
        "update": sig(NONE, "m, /", union(kind, IterT(pair))),
        "keys": sig(IterT(kind.key, "keys")),
        "values": sig(IterT(kind.value, "values")),
        "items": sig(IterT(pair, "items")),
        "clear": sig(NONE),
        "copy": sig(kind),
    }


def deque_methods(kind: DequeT) -> Signatures:
    item = kind.item
    return {
        **dict.fromkeys(("append", "appendleft"), sig(NONE, "x, /", item)),
        **dict.fromkeys(("extend", "extendleft"), sig(NONE, "iterable, /", IterT(item))),
        **dict.fromkeys(("pop", "popleft"), sig(item)),
        "insert": sig(NONE, "i, x, /", INT, item),
        "remove": sig(NONE, "value, /", item),
        "rotate": sig(NONE, "n=, /", INT),
        "index": sig(INT, "x, start=, stop=, /", item, INT, INT),
        "count": sig(INT, "x, /", item),
        **dict.fromkeys(("clear", "reverse"), sig(NONE)),
        "copy": sig(kind),
    }


def counter_methods(kind: CounterT) -> Signatures:
    given = union(IterT(kind.key), kind)
    return {
        **{name: known for name, known in dict_methods(kind).items() if name not in ("update", "setdefault")},
        **dict.fromkeys(("update", "subtract"), sig(NONE, "iterable, /", given)),
        "most_common": sig(ListT(TupleT((kind.key, INT))), "n=", BOUND),
        "elements": sig(IterT(kind.key, "iterator")),
        "total": sig(INT),
    }


def set_methods(kind: SetT) -> Signatures:
    others = IterT(kind.item)
    return {
        "add": sig(NONE, "element, /", kind.item),
        "discard": sig(NONE, "element, /", kind.item),
        "remove": sig(NONE, "element, /", kind.item),
        "pop": sig(kind.item),
        "clear": sig(NONE),
        "copy": sig(kind),
        "update": sig(NONE, "s, /", others),
        **dict.fromkeys(("union", "intersection", "difference", "symmetric_difference"), sig(kind, "s, /", others)),
        **dict.fromkeys(("issubset", "issuperset", "isdisjoint"), sig(BOOL, "s, /", others)),
        "difference_update": sig(NONE, "s, /", others),
    }


def iterator_methods(kind: IterT) -> Signatures:
    if kind.kind == "iterator":
        return {"send": sig(kind.item, "value, /", OBJECT), "close": sig(NONE), "__next__": sig(kind.item)}
    return {}


PLAIN: dict[Type, Signatures] = {STR: STR_METHODS, BYTES: BYTES_METHODS, INT: INT_METHODS, FLOAT: FLOAT_METHODS}
BY_SHAPE: list[tuple[type[Type], Callable[..., Signatures]]] = [
    (DequeT, deque_methods),
    (CounterT, counter_methods),
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
