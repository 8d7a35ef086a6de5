"""The names that the subset knows, and those that it refuses with what to write instead."""

from __future__ import annotations

STDLIB_TEXT = "__future__ typing collections.abc dataclasses json math re enum collections functools itertools"
STDLIB = frozenset(STDLIB_TEXT.split())
CACHES = {"cache", "functools.cache", "lru_cache", "functools.lru_cache"}
FUNCTION_DECORATORS = {"property", "staticmethod", "classmethod", "overload"}
# Callees that start a coroutine later: it is handed over unstarted. A program marks others of its own.
STARTERS = frozenset({"spawn", "start", "promise"})
STARTER = "starter"
DATACLASS_OPTIONS = ("frozen", "eq", "order")
REFUSED_BASES = {"IntEnum", "StrEnum", "NamedTuple", "TypedDict", "ABC"}
SPECIAL_METHODS_TEXT = (
    "__init__ __eq__ __str__ __repr__ __len__ __iter__ __next__ __contains__ __getitem__ __setitem__ __delitem__ "
    "__lt__ __post_init__ __enter__ __exit__ __aenter__ __aexit__"
)
SPECIAL_METHODS = frozenset(SPECIAL_METHODS_TEXT.split())
ELSE = "docs/BUILT_INS.md lists those that are"
REFUSED_NAMES = {
    "eval": "write the code itself",
    "exec": "write the code itself",
    "compile": "write the code itself",
    "globals": "use a dict",
    "locals": "use a dict",
    "vars": "name the attributes",
    "open": "use a port",
    "input": "use a port",
    "setattr": "write value.name = x",
    "delattr": "assign None",
    "getattr": "write value.name, or js.get",
    "hasattr": "use isinstance, or js.has",
    "hash": "compare values",
    "id": "compare with `is`",
    "complex": "use two floats",
    "bytearray": "use bytes",
    "memoryview": "use bytes",
    "__import__": "import at the top",
    "dir": "name the attributes",
    "breakpoint": "remove it",
    "ascii": "use repr",
    "oct": "write the digits yourself",
    "object": "make a class of your own",
    "slice": "write the slice where it is used",
    "BaseException": "use Exception",
    "NotImplemented": "raise TypeError, or return False",
    "Ellipsis": "use None",
}
