"""`with` and `async with`: what managers give, and whether they swallow errors."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from build.compiler.infer.context import Context
from build.compiler.infer.iteration import function_type, method_type
from build.compiler.infer.paths import assigned_paths
from build.compiler.infer.shapes import UNPACKED
from build.compiler.infer.stores import assign
from build.compiler.symbols import FunctionInfo
from build.compiler.types import ANY, BOOL, NEVER, NONE, CoroutineT, InstanceT, TupleT, Type, members, union

GIVEN = 3  # what __exit__ gets: the type of the error, the error, its traceback


@dataclass(frozen=True)
class Exit:
    """What leaving means: may the error end here, and which of its three arguments does `__exit__` look at?"""

    swallows: bool
    uses: tuple[bool, ...]


def visit_With(node: ast.With | ast.AsyncWith, context: Context) -> None:
    before = context.copy()
    word = "__a" if isinstance(node, ast.AsyncWith) else "__"
    for item in node.items:
        kind = context.expr(item.context_expr)
        entered = _entered(item.context_expr, kind, f"{word}enter__", context)
        if _entered(item.context_expr, kind, f"{word}exit__", context) != ANY:
            _check_exit(item.context_expr, kind, f"{word}exit__", context)
        if item.optional_vars is not None:
            _check_target(item.optional_vars, entered, context)
            assign(item.optional_vars, entered, None, context)
    context.block(node.body)
    if may_swallow(node, context):
        swallowed = context.along(dict(before or {}))
        for path in assigned_paths([node]):
            swallowed.forget(path)
        context.way.flow = context.join(context.flow, swallowed.flow)

visit_AsyncWith = visit_With


def _entered(node: ast.expr, kind: Type, name: str, context: Context) -> Type:
    """What calling a method of the manager gives; Any when it is refused."""
    found: list[Type] = []
    for member in members(kind):
        method = member.cls.find_method(name) if isinstance(member, InstanceT) else None
        if method is None or not isinstance(member, InstanceT):
            if member != NEVER:
                context.refuse("CW053", node, type=member, name=name)
            return ANY
        result = method_type(member, method, context).result
        if method.is_async != name.startswith("__a"):
            detail, advice = ("`with` does not await", "write `async with`, and the names with an a")
            if not method.is_async:
                detail, advice = ("`async with` awaits it", "make it `async def`")
            context.refuse("CW068", node, name=name, detail=detail, advice=advice)
            return ANY
        found.append(result.result if isinstance(result, CoroutineT) else result)
    return union(*found)


def _check_target(target: ast.expr, kind: Type, context: Context) -> None:
    fixed = isinstance(kind, TupleT) and kind.rest is None
    if isinstance(target, ast.Tuple | ast.List) and not fixed:
        context.refuse("CW070", target, type=kind, advice=UNPACKED)


def _check_exit(node: ast.expr, kind: Type, name: str, context: Context) -> None:
    for method in _exits(kind, name, context):
        if len(method.node.args.args) != GIVEN + 1:
            context.refuse("CW058", node, name=name, detail="it is given the error's type, the error and its trace")
        returned = function_type(method, context).result
        returned = returned.result if isinstance(returned, CoroutineT) else returned
        if any(member not in (BOOL, NONE) for member in members(returned)):
            context.refuse("CW050", node, type=returned, advice=f"let `{name}` return None or a bool")


def _exits(kind: Type, name: str, context: Context) -> list[FunctionInfo]:
    """Each method that may be called: the class's own, and those of its subclasses."""
    found: list[FunctionInfo] = []
    for member in members(kind):
        if not isinstance(member, InstanceT):
            continue
        own = member.cls.find_method(name)
        below = [cls.methods[name] for cls in context.program.modules.heirs(member.cls) if name in cls.methods]
        found += [*([own] if own is not None else []), *below]
    return found


def may_swallow(node: ast.With | ast.AsyncWith, context: Context) -> bool:
    """May an error inside end at this statement?"""
    name = "__aexit__" if isinstance(node, ast.AsyncWith) else "__exit__"
    return any(exit_of(context.types[item.context_expr], name, context).swallows for item in node.items)


def exit_of(kind: Type, name: str, context: Context) -> Exit:
    """How the managers of this type are left."""
    swallows = False
    uses = [False] * GIVEN
    for method in _exits(kind, name, context):
        result = function_type(method, context).result
        swallows = swallows or result not in (NONE, CoroutineT(NONE))
        params = [arg.arg for arg in method.node.args.args[1:]]
        unseen = method.cls is not None and method.cls.is_protocol
        read = {inner.id for inner in ast.walk(method.node) if isinstance(inner, ast.Name)}
        uses = [before or unseen or param in read for before, param in zip(uses, params, strict=False)]
    return Exit(swallows, tuple(uses))
