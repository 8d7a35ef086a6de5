"""What the dev page has for Brython's `dataclasses`, which writes every method as text and compiles it at each load.

Ten milliseconds a class make a second for the widget's; these closures take a tenth. It knows the forms that
docs/PYTHON_SUBSET.md allows, in modules that begin with `from __future__ import annotations`, and does there what
CPython's does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MISSING: Any = object()
FIELDS = "__dataclass_fields__"


class FrozenInstanceError(AttributeError):
    """An attribute of a frozen object was set or deleted."""


class Field:
    """One annotated name of a class body."""

    def __init__(self, default: Any, default_factory: Any, init: bool, repr: bool, compare: bool) -> None:
        self.name = ""
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.compare = compare

    def value(self) -> Any:
        """For an object that is made without it."""
        if self.default_factory is not MISSING:
            return self.default_factory()
        if self.default is MISSING:
            raise TypeError(f"__init__() missing 1 required positional argument: {self.name!r}")
        return self.default


def field(
    *,
    default: Any = MISSING,
    default_factory: Any = MISSING,
    init: bool = True,
    repr: bool = True,
    compare: bool = True,
) -> Any:
    return Field(default, default_factory, init, repr, compare)


def dataclass(cls: Any = None, /, *, frozen: bool = False, eq: bool = True, order: bool = False) -> Any:
    def made(cls: Any) -> Any:
        fields = _fields(cls)
        methods: dict[str, Any] = {"__init__": _init(fields), "__repr__": _repr(fields)}
        methods["__match_args__"] = tuple([item.name for item in fields if item.init])
        if eq:
            methods |= {"__eq__": _eq(fields), "__hash__": _hash(fields) if frozen else None}
        if order:
            methods |= _order(fields)
        if frozen:
            methods |= _guards(cls, {item.name for item in fields})
        for name, method in methods.items():
            if name not in cls.__dict__ or (name == "__hash__" and cls.__dict__[name] is None):
                setattr(cls, name, method)
        return cls

    return made if cls is None else made(cls)


def replace(obj: Any, /, **changes: Any) -> Any:
    kept = {name: getattr(obj, name) for name, item in getattr(obj, FIELDS).items() if item.init}
    return type(obj)(**{**kept, **changes})


def _fields(cls: Any) -> list[Field]:
    """Those of the bases first; a name declared again keeps its place.

    What runs once a class or once an object goes over lists: only their end costs Brython no exception.
    """
    found: dict[str, Field] = {}
    for base in cls.__mro__[:0:-1]:
        found.update(base.__dict__.get(FIELDS, {}))
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():  # noqa: RUF063 - `inspect` costs more than all
        if str(annotation).startswith("ClassVar"):
            continue
        given = cls.__dict__.get(name, MISSING)
        item = given if isinstance(given, Field) else field(default=given)
        item.name = name
        found[name] = item
        if item.default is not MISSING:
            setattr(cls, name, item.default)
        elif given is not MISSING:
            delattr(cls, name)
    setattr(cls, FIELDS, found)
    return list(found.values())


def _init(fields: list[Field]) -> Callable[..., None]:
    def __init__(self: Any, *args: Any, **given: Any) -> None:
        used = 0
        for item in fields:
            if item.init and used < len(args):
                value, used = args[used], used + 1
            elif item.init and item.name in given:
                value = given.pop(item.name)
            else:
                value = item.value()
            object.__setattr__(self, item.name, value)
        if used < len(args) or len(given) > 0:
            raise TypeError(f"__init__() got arguments that it does not take: {[*args[used:], *given]}")
        if hasattr(self, "__post_init__"):
            self.__post_init__()

    return __init__


def _repr(fields: list[Field]) -> Callable[[Any], str]:
    names = [item.name for item in fields if item.repr]

    def __repr__(self: Any) -> str:
        shown = [f"{name}={getattr(self, name)!r}" for name in names]
        return f"{type(self).__qualname__}({', '.join(shown)})"

    return __repr__


def _compared(fields: list[Field]) -> Callable[[Any], tuple[Any, ...]]:
    names = [item.name for item in fields if item.compare]
    return lambda obj: tuple([getattr(obj, name) for name in names])


def _eq(fields: list[Field]) -> Callable[[Any, Any], Any]:
    key = _compared(fields)

    def __eq__(self: Any, other: Any) -> Any:
        return key(self) == key(other) if type(other) is type(self) else NotImplemented

    return __eq__


def _order(fields: list[Field]) -> dict[str, Any]:
    key = _compared(fields)

    def __lt__(self: Any, other: Any) -> Any:
        return key(self) < key(other) if type(other) is type(self) else NotImplemented

    def __le__(self: Any, other: Any) -> Any:
        return key(self) <= key(other) if type(other) is type(self) else NotImplemented

    def __gt__(self: Any, other: Any) -> Any:
        return key(self) > key(other) if type(other) is type(self) else NotImplemented

    def __ge__(self: Any, other: Any) -> Any:
        return key(self) >= key(other) if type(other) is type(self) else NotImplemented

    return {"__lt__": __lt__, "__le__": __le__, "__gt__": __gt__, "__ge__": __ge__}


def _hash(fields: list[Field]) -> Callable[[Any], int]:
    key = _compared(fields)

    def __hash__(self: Any) -> int:
        return hash(key(self))

    return __hash__


def _guards(cls: Any, names: set[str]) -> dict[str, Any]:
    """An object of a class that is not frozen itself may have attributes of its own."""

    def __setattr__(self: Any, name: str, value: Any) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self: Any, name: str) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return {"__setattr__": __setattr__, "__delattr__": __delattr__}
