"""Static types of expressions, as far as lowering needs to know them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from build.compiler.patterns.pattern import Pattern
from build.compiler.static_type import Type as Type
from build.compiler.symbols import ClassInfo


@dataclass(frozen=True)
class Prim(Type):
    """A type without parts: none bool int float str bytes object any js never ellipsis."""

    name: str

    def __str__(self) -> str:
        return {"none": "None", "js": "js.Value", "any": "Any", "argument": "Any"}.get(self.name, self.name)


NONE, BOOL, INT, FLOAT = Prim("none"), Prim("bool"), Prim("int"), Prim("float")
STR, BYTES, OBJECT, ANY = Prim("str"), Prim("bytes"), Prim("object"), Prim("any")
JS, NEVER = Prim("js"), Prim("never")

ARGUMENT = Prim("argument")  # of an exception: Any, but nothing that prints otherwise than its value shows

NUMBERS = (INT, FLOAT)
PLAIN = (NONE, BOOL, INT, FLOAT, STR)


@dataclass(frozen=True)
class ListT(Type):
    """A list; `exact` is False for a Sequence, which may be a tuple."""

    item: Type
    exact: bool = True

    def __str__(self) -> str:
        return f"{'list' if self.exact else 'Sequence'}[{self.item}]"


@dataclass(frozen=True)
class TupleT(Type):
    """A tuple of known shape, or of any length when `rest` is given."""

    items: tuple[Type, ...]
    rest: Type | None = None

    def __str__(self) -> str:
        inner = f"{self.rest}, ..." if self.rest is not None else ", ".join(map(str, self.items)) or "()"
        return f"tuple[{inner}]"


@dataclass(frozen=True)
class SetT(Type):
    item: Type
    frozen: bool = False

    def __str__(self) -> str:
        return f"{'frozenset' if self.frozen else 'set'}[{self.item}]"


@dataclass(frozen=True)
class DictT(Type):
    key: Type
    value: Type

    def __str__(self) -> str:
        return f"dict[{self.key}, {self.value}]"


@dataclass(frozen=True)
class DequeT(ListT):
    """A deque, which is an Array of its own class."""

    def __str__(self) -> str:
        return f"deque[{self.item}]"


@dataclass(frozen=True)
class DefaultT(DictT):
    """A defaultdict, a Map that knows what makes a missing value."""

    def __str__(self) -> str:
        return f"defaultdict[{self.key}, {self.value}]"


@dataclass(frozen=True)
class CounterT(DictT):
    """A Counter: a missing key counts zero."""

    def __str__(self) -> str:
        return f"Counter[{self.key}]"


COLLECTIONS = (DequeT, DefaultT, CounterT)


@dataclass(frozen=True)
class IterT(Type):
    """Something to iterate: kind is iterable, iterator, range, keys, values or items."""

    item: Type
    kind: str = "iterable"

    def __str__(self) -> str:
        return f"{self.kind}[{self.item}]"


@dataclass(frozen=True)
class InstanceT(Type):
    cls: ClassInfo
    args: tuple[Type, ...] = ()

    def __str__(self) -> str:
        return self.cls.name


@dataclass(frozen=True)
class ClassT(Type):
    """The class itself as a value."""

    cls: ClassInfo

    def __str__(self) -> str:
        return f"type[{self.cls.name}]"


@dataclass(frozen=True)
class Param:
    """One parameter; `name` is "" where only the position is known."""

    name: str = field(compare=False)
    type: Type
    has_default: bool = field(default=False, compare=False)
    kw_only: bool = field(default=False, compare=False)
    by_place: bool = field(default=False, compare=False)
    is_rest: bool = False


@dataclass(frozen=True)
class FunctionT(Type):
    """A callable. `params` is None for `Callable[..., X]`; `visible` when its definition was seen."""

    params: tuple[Param, ...] | None
    result: Type
    name: str = field(default="", compare=False)
    visible: bool = field(default=False, compare=False)
    is_built_in: bool = field(default=False, compare=False)
    is_cached: bool = field(default=False, compare=False)

    @property
    def rest(self) -> Param | None:
        """The parameter that takes all that is left: the last."""
        last = self.params[-1] if self.params else None
        return last if last is not None and last.is_rest else None

    def __str__(self) -> str:
        inner = "..." if self.params is None else ", ".join(str(param.type) for param in self.params)
        return f"Callable[[{inner}], {self.result}]"


@dataclass(frozen=True)
class CoroutineT(Type):
    """A coroutine or other awaitable."""

    result: Type

    def __str__(self) -> str:
        return f"Coroutine[{self.result}]"


@dataclass(frozen=True)
class UnionT(Type):
    members: tuple[Type, ...]

    def __str__(self) -> str:
        return " | ".join(map(str, self.members))


@dataclass(frozen=True)
class VarT(Type):
    """A type variable."""

    name: str
    bound: Type = OBJECT

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class ModuleT(Type):
    name: str

    def __str__(self) -> str:
        return f"module {self.name}"


@dataclass(frozen=True)
class BuiltinT(Type):
    """A function or class the compiler itself knows: "len", "json.dumps", "js.new"."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class PatternT(Type):
    """A regular expression; `pattern` is None where only an annotation says so."""

    pattern: Pattern | None = None

    def __str__(self) -> str:
        return "re.Pattern[str]"


@dataclass(frozen=True)
class MatchT(Type):
    """What a regular expression found; `pattern` is None where only an annotation says so."""

    pattern: Pattern | None = None

    def __str__(self) -> str:
        return "re.Match[str]"


def members(kind: Type) -> tuple[Type, ...]:
    """The alternatives of a type; itself when it is no union."""
    return kind.members if isinstance(kind, UnionT) else (kind,)


def union(*kinds: Type) -> Type:
    """The union without repeats. Any and object swallow the rest, never disappears."""
    found: list[Type] = []
    for kind in kinds:
        for member in members(kind):
            if member == NEVER or member in found:
                continue
            found.append(member)
    for swallowing in (ANY, OBJECT, JS):
        if swallowing in found:
            return swallowing
    if len(found) == 0:
        return NEVER
    return found[0] if len(found) == 1 else UnionT(tuple(found))


def without_none(kind: Type) -> Type:
    return union(*[member for member in members(kind) if member != NONE])


def has_none(kind: Type) -> bool:
    return NONE in members(kind)


def is_unknown(kind: Type) -> bool:
    return kind in (OBJECT, ANY) or isinstance(kind, VarT)


def all_in(kind: Type, allowed: tuple[Type, ...]) -> bool:
    return all(member in allowed for member in members(kind))


def parts_of(kind: Type) -> tuple[Type, ...]:
    """The types inside a container type."""
    if isinstance(kind, ListT | SetT | IterT):
        return (kind.item,)
    if isinstance(kind, DictT):
        return (kind.key, kind.value)
    if isinstance(kind, TupleT):
        return (*kind.items, *((kind.rest,) if kind.rest is not None else ()))
    return kind.args if isinstance(kind, InstanceT) else ()


def inside(kind: Type) -> tuple[Type, ...]:
    """All the types that a type is made of."""
    if isinstance(kind, FunctionT):
        return (kind.result, *(param.type for param in kind.params or ()))
    if isinstance(kind, CoroutineT):
        return (kind.result,)
    return kind.members if isinstance(kind, UnionT) else parts_of(kind)


def variables(kind: Type) -> list[VarT]:
    """Its type variables, in the order in which they stand."""
    return [kind] if isinstance(kind, VarT) else [found for part in inside(kind) for found in variables(part)]


def rebuilt(kind: Type, change: Callable[[Type], Type]) -> Type:
    """The type made of what `change` makes of those that it is made of."""
    if isinstance(kind, ListT | SetT | IterT):
        return replace(kind, item=change(kind.item))
    if isinstance(kind, DictT):
        return replace(kind, key=change(kind.key), value=change(kind.value))
    if isinstance(kind, TupleT):
        return TupleT(tuple(map(change, kind.items)), change(kind.rest) if kind.rest is not None else None)
    if isinstance(kind, UnionT):
        return union(*map(change, kind.members))
    if isinstance(kind, CoroutineT):
        return CoroutineT(change(kind.result))
    if isinstance(kind, InstanceT):
        return replace(kind, args=tuple(map(change, kind.args)))
    if isinstance(kind, FunctionT):
        params = kind.params and tuple(replace(param, type=change(param.type)) for param in kind.params)
        return replace(kind, params=params, result=change(kind.result))
    return kind
