"""Values that move to where another type is declared: noted conversions, refusals of what would change meaning."""

from __future__ import annotations

import ast

from build.compiler.infer.context import Context
from build.compiler.infer.matched import check_match_flow
from build.compiler.types import (
    ANY,
    BOOL,
    COLLECTIONS,
    FLOAT,
    INT,
    JS,
    NONE,
    OBJECT,
    STR,
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
    Prim,
    SetT,
    TupleT,
    Type,
    has_none,
    members,
    parts_of,
)

VIEWS = {"keys": "dict view", "values": "dict view", "items": "dict view"}


def flow_into(node: ast.expr, source: Type, target: Type, context: Context) -> None:
    """A `source` goes where `target` is declared: note conversions, refuse what would change meaning."""
    if source == target and isinstance(source, Prim):
        return
    if source == JS and has_none(target):
        context.coercions[node] = "nullish"
    context.program.exposure.flow(source, target)
    note_nothing(source, target, context)
    check_class_flow(node, source, target, context)
    if isinstance(target, IterT) and target.kind == "iterable" and isinstance(source, DictT):
        context.coercions[node] = "keys"
    for member in members(target):
        if isinstance(member, ListT) and not member.exact and source == STR:
            context.refuse("CW077", node, type=source, advice="pass list(text)")
    check_match_flow(node, source, target, context)
    if has_none(source) and STR in members(source) and STR in members(target) and not has_none(target):
        context.refuse("CW087", node, type=target)
    check_moved(node, source, target, context)


def check_moved(node: ast.expr, source: Type, target: Type, context: Context) -> None:
    """What prints otherwise there, and what JavaScript cannot tell apart where the type is forgotten."""
    check_numbers(node, source, target, context)
    if forgets(source, target):
        context.refuse("CW078", node, type=source, target=target)


def note_nothing(source: Type, target: Type, context: Context) -> None:
    """A function that returns None goes where its result may be looked at: JavaScript's gives undefined."""
    results = {kind.result for kind in members(source) if isinstance(kind, FunctionT)}
    if NONE in results:
        wanted = {kind.result for kind in members(target) if isinstance(kind, FunctionT)}
        context.program.needs.nothing.update(wanted - {NONE})


def check_class_flow(node: ast.expr, source: Type, target: Type, context: Context) -> None:
    """A class goes where a function is declared: JavaScript's must be called with `new`."""
    for kind in members(source):
        longer = [len(other.params or ()) > 1 for other in members(target) if isinstance(other, FunctionT)]
        if isinstance(kind, FunctionT) and kind.is_built_in and any(longer):
            context.refuse("CW073", node, what=f"`{kind.name}` with more than the text", advice="write a lambda")
    classes = [kind for kind in members(source) if isinstance(kind, ClassT)]
    walked = any(isinstance(kind, IterT | ListT) for kind in members(target))
    if walked and any(kind.cls.is_enum for kind in classes):
        context.refuse("CW073", node, what="an Enum that is walked elsewhere", advice="pass list(...) of it")
    functions = any(isinstance(kind, FunctionT) for kind in members(target))
    if len(classes) > 0 and functions and len(classes) == len(members(source)):
        context.coercions[node] = "class"
    elif (len(classes) > 0 and functions) or holds_class(source, target):
        context.refuse("CW073", node, what="a class in what holds functions", advice="write lambdas that call it")


def check_numbers(node: ast.expr, source: Type, target: Type, context: Context) -> None:
    code = mistaken(source, target)
    if code != "":
        context.refuse(code, node)


def mistaken(source: Type, target: Type) -> str:
    """The code of an int that goes where a float is declared, or a bool where an int is, at any depth; else ""."""
    wanted = members(target)
    if any(kind in (OBJECT, ANY, JS) for kind in wanted):
        return ""
    for member in members(source):
        if member == INT and INT not in wanted and FLOAT in wanted:
            return "CW060"
        if member == BOOL and BOOL not in wanted and (INT in wanted or FLOAT in wanted):
            return "CW061"
        found = [_first_mistake(moves) for kind in wanted if len(moves := _moves(member, kind)) > 0]
        if len(found) > 0 and all(found):
            return found[0]
    return ""


def _first_mistake(moves: list[tuple[Type, Type]]) -> str:
    return next((code for source, target in moves if (code := mistaken(source, target)) != ""), "")


def _moves(source: Type, target: Type) -> list[tuple[Type, Type]]:
    """What goes where, when a value of `source` stands for one of `target`."""
    if isinstance(source, FunctionT) and isinstance(target, FunctionT):
        params = zip(target.params or (), source.params or (), strict=False)
        return [(source.result, target.result), *((given.type, taken.type) for given, taken in params)]
    if isinstance(source, CoroutineT) and isinstance(target, CoroutineT):
        return [(source.result, target.result)]
    if isinstance(source, TupleT) and isinstance(target, TupleT) and target.rest is not None:
        return [(part, target.rest) for part in parts_of(source)]
    if isinstance(target, IterT | ListT) and isinstance(source, ListT | SetT | DictT | TupleT | IterT):
        walked = (source.key,) if isinstance(source, DictT) else parts_of(source)
        return [(part, target.item) for part in walked]
    same = type(source) is type(target) and isinstance(source, SetT | DictT | TupleT)
    if same or (isinstance(source, InstanceT) and isinstance(target, InstanceT) and source.cls is target.cls):
        return list(zip(parts_of(source), parts_of(target), strict=False))
    return []


def keep(node: ast.expr, kind: Type, context: Context) -> None:
    """A value is stored or returned: views of a dict cannot be."""
    for member in members(kind):
        if isinstance(member, IterT) and member.kind in VIEWS:
            context.refuse("CW066", node, what=VIEWS[member.kind])


def holds_class(source: Type, target: Type) -> bool:
    """Does a container of classes go where one of functions is declared?"""
    for kind in members(source):
        for wanted in members(target):
            pairs = zip(parts_of(kind), parts_of(wanted), strict=False) if type(kind) is type(wanted) else ()
            for inner, outer in pairs:
                classes = any(isinstance(part, ClassT) for part in members(inner))
                functions = any(isinstance(part, FunctionT) for part in members(outer))
                if (classes and functions) or holds_class(inner, outer):
                    return True
    return False


def forgets(source: Type, target: Type) -> bool:
    """Does a tuple or a frozenset go where `target` takes anything? Nobody could tell it from a list or a set there."""
    wanted = members(target)
    if ANY in wanted or OBJECT in wanted:
        return holds_tuple(source)
    if any(isinstance(kind, COLLECTIONS) and not _stays(kind, wanted) for kind in members(source)):
        return True
    return any(
        forgets(inner, outer)
        for kind in members(source)
        for other in wanted
        if type(kind) is type(other)
        for inner, outer in zip(_given(kind), _given(other), strict=False)
    )


def _stays(kind: Type, wanted: tuple[Type, ...]) -> bool:
    """Is a deque still known as one, or only walked and asked for items?"""
    return any(
        type(other) is type(kind)
        or not isinstance(other, ListT | DictT)
        or (isinstance(other, ListT) and not other.exact and isinstance(kind, DequeT))
        for other in wanted
    )


def _given(kind: Type) -> tuple[Type, ...]:
    """What one gets from a value of this type."""
    return (kind.result,) if isinstance(kind, FunctionT | CoroutineT) else parts_of(kind)


def holds_tuple(kind: Type) -> bool:
    return any(
        isinstance(member, TupleT | DequeT | DefaultT | CounterT)
        or (isinstance(member, ListT) and not member.exact)
        or (isinstance(member, SetT) and member.frozen)
        or any(map(holds_tuple, parts_of(member)))
        for member in members(kind)
    )
