"""`with` and `async with` as try and finally."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.infer.managers import Exit, exit_of
from build.compiler.lower.assignments import store_into
from build.compiler.lower.context import Context
from build.compiler.lower.order import is_settled
from build.compiler.nodes import Assign, Await, Id, If, Js, Let, Lit, Member, Throw, Try
from build.compiler.scopes.bindings import is_plain


def visit_With(node: ast.With | ast.AsyncWith, context: Context) -> list[Js]:
    return _with_item(node, 0, context)

visit_AsyncWith = visit_With


def _with_item(node: ast.With | ast.AsyncWith, index: int, context: Context) -> list[Js]:
    """One item: enter, bind, and what follows in a try that leaves."""
    if index == len(node.items):
        return context.block(node.body)
    item = node.items[index]
    found: list[Js] = []
    manager = context.expr(item.context_expr)
    if not _stays(item.context_expr, context):
        name = Id(context.unique("manager"))
        found.append(Let("const", name, manager))
        manager = name
    entered = _manage(node, manager, "enter", [], context)
    body: list[Js] = []
    if item.optional_vars is None:
        found.append(b.do(entered))
    elif is_plain(item.optional_vars):
        found += store_into(item.optional_vars, entered, node, None, context)
    else:
        value = Id(context.unique("value"))
        found.append(Let("const", value, entered))
        body = store_into(item.optional_vars, value, node, None, context)
    body += _with_item(node, index + 1, context)
    word = "__aexit__" if isinstance(node, ast.AsyncWith) else "__exit__"
    leaving = exit_of(context.t(item.context_expr), word, context.inferred)
    return [*found, *_left(node, body, manager, leaving, context)]


def _stays(node: ast.expr, context: Context) -> bool:
    """Is the manager still found by this expression when the block is left?"""
    if isinstance(node, ast.Name) and context.scope is context.scopes.module:
        return False
    return is_settled(node, context)


def _manage(node: ast.stmt, manager: Js, word: str, args: list[Js], context: Context) -> Js:
    """`manager.__enter__()`, awaited for `async with`."""
    if not isinstance(node, ast.AsyncWith):
        return b.method(manager, context.prop(f"__{word}__"), *args)
    return Await(b.method(manager, context.prop(f"__a{word}__"), *args))


def _left(node: ast.stmt, body: list[Js], manager: Js, leaving: Exit, context: Context) -> list[Js]:
    """A plain finally where `__exit__` neither looks at the error nor ends it."""
    if not leaving.swallows and not any(leaving.uses):
        return [Try(body, None, None, [b.do(_manage(node, manager, "exit", [], context))])]
    failed, error = Id(context.unique("failed")), Id(context.fresh("error"))
    told = _manage(node, manager, "exit", _used(leaving, [Member(error, "constructor"), error, error]), context)
    again: Js = Throw(error)
    handler = [b.do(told), again] if not leaving.swallows else [If(b.negate(told), [again], [])]
    calm = _manage(node, manager, "exit", _used(leaving, [b.NULL, b.NULL, b.NULL]), context)
    return [
        Let("let", failed, Lit("false")),
        Try(
            body,
            error.name,
            [b.do(Assign("=", failed, Lit("true"))), *handler],
            [If(b.negate(failed), [b.do(calm)], [])],
        ),
    ]


def _used(leaving: Exit, args: list[Js]) -> list[Js]:
    """The arguments that are looked at; null for others before them."""
    given = [arg if used else b.NULL for arg, used in zip(args, leaving.uses, strict=True)]
    last = max((index for index, used in enumerate(leaving.uses) if used), default=-1)
    return given[: last + 1]
