"""The names of typing and of built-in types, and what they stand for."""

from __future__ import annotations

from build.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NEVER,
    NONE,
    OBJECT,
    STR,
    DictT,
    ListT,
    MatchT,
    PatternT,
    SetT,
    TupleT,
    Type,
)

BRIDGE = ".browser.js"  # ends the name of the module whose functions are JavaScript, in whatever package
TYPING = {"typing", "collections.abc", "dataclasses", "__future__", "types"}
STDLIB_VALUES = {"json", "math", "re", "enum", "collections", "functools", "itertools"}
OF_RE: dict[str, Type] = {"Pattern": PatternT(), "Match": MatchT()}
PRIMITIVES: dict[str, Type] = {
    "int": INT,
    "str": STR,
    "float": FLOAT,
    "bool": BOOL,
    "bytes": BYTES,
    "object": OBJECT,
    "None": NONE,
    "Any": ANY,
    "list": ListT(ANY),
    "dict": DictT(ANY, ANY),
    "set": SetT(ANY),
    "frozenset": SetT(ANY, True),
    "tuple": TupleT((), ANY),
    "Never": NEVER,
    "NoReturn": NEVER,
}
AWAITABLES = {"Coroutine", "Awaitable"}
ITERABLES = {
    "Iterable": "iterable",
    "Collection": "iterable",
    "Iterator": "iterator",
    "Generator": "iterator",
    "KeysView": "keys",
    "ValuesView": "values",
    "ItemsView": "items",
    "Reversible": "iterable",
}


def package_of(module: str) -> str:
    return module.partition(".")[0]


def is_bridge(module: str) -> bool:
    """Is this the module whose functions become plain JavaScript?"""
    return module.endswith(BRIDGE)


def constant_type(value: object) -> Type:
    """The type of a literal."""
    if value is None:
        return NONE
    if isinstance(value, bool):
        return BOOL
    for python, kind in ((int, INT), (float, FLOAT), (str, STR), (bytes, BYTES)):
        if isinstance(value, python):
            return kind
    return ANY
