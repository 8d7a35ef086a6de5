"""Values that move to where another type is declared: noted conversions, refusals of what would change meaning."""

from __future__ import annotations

import ast

from build.compiler.infer.context import Context
from build.compiler.infer.iteration import method_type
from build.compiler.infer.matched import check_match_flow
from build.compiler.infer.mistakes import forgets, mistaken
from build.compiler.infer.shapes import is_shown
from build.compiler.types import (
    ANY,
    JS,
    NEVER,
    NONE,
    PLAIN,
    STR,
    BuiltinT,
    ClassT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    Param,
    Prim,
    Type,
    all_in,
    has_none,
    members,
    parts_of,
    union,
)

SHOWING = ("str", "repr", "print")
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


def flow_to_method(base: Type, name: str, given: list[tuple[ast.expr, Type]], context: Context) -> None:
    """A subscript or an operator calls a method of `base`: what it is given goes where that declares it."""
    for member in members(base):
        method = member.cls.find_method(name) if isinstance(member, InstanceT) else None
        if method is not None and isinstance(member, InstanceT):
            params = method_type(member, method, context).params or ()
            for (node, kind), param in zip(given, params, strict=False):
                flow_into(node, kind, param.type, context)


def check_moved(node: ast.expr, source: Type, target: Type, context: Context) -> None:
    """What prints otherwise there, and what JavaScript cannot tell apart where the type is forgotten."""
    check_numbers(node, source, target, context)
    if forgets(source, target, context):
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
        for other in members(target) if isinstance(kind, BuiltinT) else ():
            if isinstance(kind, BuiltinT) and isinstance(other, FunctionT):
                check_function(node, kind, other.params, context)
    classes = [kind for kind in members(source) if isinstance(kind, ClassT)]
    walked = any(isinstance(kind, IterT | ListT) for kind in members(target))
    if walked and any(kind.cls.is_enum for kind in classes):
        context.refuse("CW073", node, what="an Enum that is walked elsewhere", advice="pass list(...) of it")
    functions = any(isinstance(kind, FunctionT) for kind in members(target))
    if len(classes) > 0 and functions and len(classes) == len(members(source)):
        context.coercions[node] = "class"
    elif (len(classes) > 0 and functions) or holds_class(source, target):
        context.refuse("CW073", node, what="a class in what holds functions", advice="write lambdas that call it")


def check_function(node: ast.expr, kind: BuiltinT, params: tuple[Param, ...] | None, context: Context) -> None:
    """`str` and its like as functions: what they are given has a type, for not all values show by themselves."""
    given = union(*(param.type for param in params)) if params is not None else ANY
    if kind.name in ("str", "repr") and isinstance(node, ast.Name) and node.id == kind.name and given != NEVER:
        context.shown[node] = given
        for member in members(given):
            context.program.needs.need_repr(member)
    elif (kind.name in SHOWING and not is_shown(given)) or (kind.name == "bool" and not all_in(given, (*PLAIN, NEVER))):
        context.refuse("CW073", node, what=f"`{kind.name}` of {given}", advice="write a lambda that calls it")


def check_numbers(node: ast.expr, source: Type, target: Type, context: Context) -> None:
    code = mistaken(source, target, context)
    if code == "CW088" and context.is_told(node):
        return
    if code != "":
        context.refuse(code, node, type=target)


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
