"""What JavaScript would take for another: an int for a float, a bool for an int, a tuple where anything is taken."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from build.compiler.infer.attributes import attribute
from build.compiler.infer.constructor_types import constructor_type, open_instance
from build.compiler.infer.context import Context
from build.compiler.infer.generics import Answers, solve, substitute
from build.compiler.infer.signatures import SIMPLE
from build.compiler.types import (
    ANY,
    BOOL,
    COLLECTIONS,
    FLOAT,
    INT,
    JS,
    OBJECT,
    BuiltinT,
    ClassT,
    CoroutineT,
    CounterT,
    DefaultT,
    DequeT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    SetT,
    TupleT,
    Type,
    VarT,
    members,
    parts_of,
    union,
)

Move = tuple[Type, Type]
RESULTS: dict[str, Type] = {"bool": BOOL, "float": FLOAT, "int": INT, "len": INT, "round": INT}
SAME = ("abs", "max", "min", "pow", "sum")  # give what they are given


def mistaken(source: Type, target: Type, context: Context, known: frozenset[Move] = frozenset()) -> str:
    """The code of an int that goes where a float is declared, or a bool where an int is, at any depth; else "".

    What is `Any` may be an int, and is no tuple, so it goes where neither a float nor a tuple is declared.
    `known`: what is asked about already, for an object may give others of its kind.
    """
    wanted = members(target)
    if any(kind in (OBJECT, ANY, JS) for kind in wanted) or (source, target) in known:
        return ""
    known |= {(source, target)}
    for member in _at_most(source, wanted):
        if member == INT and INT not in wanted and FLOAT in wanted:
            return "CW060"
        if member == ANY and (holds_float(target) or holds_tuple(target, is_vague=False)):
            return "CW088"
        if member == BOOL and BOOL not in wanted and (INT in wanted or FLOAT in wanted):
            return "CW061"
        moves = [list(_moves(member, kind, context)) for kind in wanted]
        found = [_first(move, context, known) for move in moves if len(move) > 0]
        if len(found) > 0 and all(found):
            return found[0]
    return ""


def holds_float(kind: Type) -> bool:
    return any(member == FLOAT or any(map(holds_float, parts_of(member))) for member in members(kind))


def _at_most(source: Type, wanted: tuple[Type, ...]) -> Iterator[Type]:
    """The alternatives; of a type variable, those that it is bound to."""
    for member in members(source):
        yield from members(member.bound if isinstance(member, VarT) and member not in wanted else member)


def _first(moves: list[Move], context: Context, known: frozenset[Move]) -> str:
    return next((code for source, target in moves if (code := mistaken(source, target, context, known)) != ""), "")


def _moves(source: Type, target: Type, context: Context) -> Iterator[Move]:
    """What goes where, when a value of `source` stands for one of `target`."""
    if isinstance(target, FunctionT):
        yield from _calls(source, target, context)
    elif isinstance(source, CoroutineT) and isinstance(target, CoroutineT):
        yield source.result, target.result
    elif isinstance(source, TupleT) and isinstance(target, TupleT) and target.rest is not None:
        yield from ((part, target.rest) for part in parts_of(source))
    elif isinstance(target, IterT | ListT) and isinstance(source, ListT | SetT | DictT | TupleT | IterT):
        walked = (source.key,) if isinstance(source, DictT) else parts_of(source)
        yield from ((part, target.item) for part in walked)
    elif isinstance(source, InstanceT) and isinstance(target, InstanceT) and source.cls is not target.cls:
        yield from _attributes(source, target, context)
    elif type(source) is type(target) and isinstance(source, SetT | DictT | TupleT | InstanceT):
        yield from zip(parts_of(source), parts_of(target), strict=False)


def _calls(source: Type, target: FunctionT, context: Context) -> Iterator[Move]:
    """The result, and each argument; what the function's own type variables are follows from these."""
    function = _function(source, target, context)
    if function is None:
        return
    taken_types = [taken.type for taken in function.params or ()]
    given_types = [given.type for given in target.params] if target.params is not None else [ANY] * len(taken_types)
    pairs = list(zip(given_types, taken_types, strict=False))
    answers: Answers = {}
    for given, taken in pairs:
        solve(taken, given, answers)
    yield substitute(function.result, answers), target.result
    yield from ((given, substitute(taken, answers)) for given, taken in pairs)


def _function(kind: Type, target: FunctionT, context: Context) -> FunctionT | None:
    """A class or a built-in function as one that takes what `target` does."""
    if isinstance(kind, ClassT):
        return replace(constructor_type(kind.cls, context), result=open_instance(kind.cls))
    if isinstance(kind, BuiltinT):
        if kind.name in SAME:
            given = union(*(param.type for param in target.params or ()))
            return FunctionT(None, union(*parts_of(given)) if isinstance(given, ListT | IterT | SetT) else given)
        return SIMPLE.get(kind.name, FunctionT(None, RESULTS.get(kind.name, ANY)))
    return kind if isinstance(kind, FunctionT) else None


def _attributes(source: InstanceT, target: InstanceT, context: Context) -> Iterator[Move]:
    """What an object of another class has and gives; without type variables `overrides` asks it of the classes."""
    if not _is_generic(source) and not _is_generic(target):
        return
    family = target.cls.family()
    aside, node = context.aside(), ast.Name("object")
    for name in dict.fromkeys(name for cls in family for name in (*cls.fields, *cls.methods) if name != "__init__"):
        yield attribute(source, name, node, aside), attribute(target, name, node, aside)


def _is_generic(kind: InstanceT) -> bool:
    return len(kind.args) > 0 or any(len(cls.base_args) > 0 for cls in kind.cls.family())


def forgets(source: Type, target: Type, context: Context, known: frozenset[Move] = frozenset()) -> bool:
    """Does a tuple or a frozenset go where `target` takes anything? Nobody could tell it from a list or a set there."""
    wanted = members(target)
    if ANY in wanted or OBJECT in wanted:
        is_open = (OBJECT in wanted or len(known) == 0) and any(map(_takes_any, members(source)))
        return is_open or holds_tuple(source)
    if any(isinstance(kind, COLLECTIONS) and not _stays(kind, wanted) for kind in members(source)):
        return True
    if (source, target) in known:
        return False
    known |= {(source, target)}
    pairs = [(kind, other) for kind in members(source) for other in wanted]
    moves = [move for kind, other in pairs for move in _moves(kind, other, context)]
    changes = [move for kind, other in pairs if _may_change(other) for move in _moves(kind, other, context)]
    if any(ANY in members(outer) and holds_float(inner) for inner, outer in changes):
        return True
    return any(forgets(inner, outer, context, known) for inner, outer in moves)


def _may_change(kind: Type) -> bool:
    """Can others put into it what was not declared?"""
    return isinstance(kind, DictT | InstanceT) or (isinstance(kind, ListT) and kind.exact)


def _stays(kind: Type, wanted: tuple[Type, ...]) -> bool:
    """Is a deque still known as one, or only walked and asked for items?"""
    return any(
        type(other) is type(kind)
        or not isinstance(other, ListT | DictT)
        or (isinstance(other, ListT) and not other.exact and isinstance(kind, DequeT))
        for other in wanted
    )


def _takes_any(kind: Type) -> bool:
    """A type variable may stand for a tuple, if it is bound to nothing else."""
    return isinstance(kind, VarT) and (kind.bound == OBJECT or holds_tuple(kind.bound))


def holds_tuple(kind: Type, is_vague: bool = True) -> bool:
    """Or a frozenset or collection; `is_vague`: also a Sequence, which may be one, and keys that are bools."""
    return any(
        isinstance(member, TupleT | DequeT | DefaultT | CounterT)
        or (is_vague and isinstance(member, ListT) and not member.exact)
        or (is_vague and isinstance(member, DictT) and BOOL in members(member.key))
        or (isinstance(member, SetT) and member.frozen)
        or any(holds_tuple(part, is_vague) for part in parts_of(member))
        for member in members(kind)
    )
