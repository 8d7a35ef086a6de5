"""Control flow: if, loops, try, return, raise."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from build.compiler import builders as b
from build.compiler.builtins import EXCEPTIONS
from build.compiler.infer.stores import parts_are_known
from build.compiler.lower.assignments import declare_kind, local_of, store_into
from build.compiler.lower.comparison import fold
from build.compiler.lower.context import Context
from build.compiler.lower.endings import breaks, may_leave
from build.compiler.lower.index_loops import index_loop
from build.compiler.lower.iterables import iterable, target_pattern, walked
from build.compiler.lower.nothing import drop
from build.compiler.lower.order import is_fixed
from build.compiler.lower.ranges import positive_where
from build.compiler.lower.walks import guarded
from build.compiler.nodes import (
    Assign,
    Binary,
    Call,
    For,
    ForOf,
    Id,
    If,
    Js,
    Jump,
    Let,
    Lit,
    New,
    Return,
    Throw,
    Try,
    While,
    mentions,
)
from build.compiler.scopes.bindings import names_in
from build.compiler.syntax import is_type_checking
from build.compiler.types import BuiltinT, ClassT, CoroutineT

Loop = TypeVar("Loop", ast.For, ast.While)


def visit_Expr(node: ast.Expr, context: Context) -> list[Js]:
    if isinstance(node.value, ast.Constant):
        return []
    drop(node.value, context)
    return [b.do(context.expr(node.value))]


def visit_Pass(node: ast.Pass, context: Context) -> list[Js]:
    return []


def visit_Return(node: ast.Return, context: Context) -> list[Js]:
    if node.value is None:
        return [Return(Lit("null") if context.returns_value else None, place=context.place(node))]
    if not context.returns_value:
        drop(node.value, context)
    value = context.value(node.value)
    if isinstance(context.t(node.value), CoroutineT) and not isinstance(node.value, ast.Call):
        value = Call(value, [])
    if isinstance(node.value, ast.Constant) and node.value.value is None and not context.returns_value:
        return [Return(None, place=context.place(node))]
    return [Return(value, place=context.place(node))]


def visit_Raise(node: ast.Raise, context: Context) -> list[Js]:
    if node.exc is None:
        if context.catching is None:
            raise context.refuse("CW074", node, what="`raise` without an error", advice="use it inside except")
        return [Throw(Id(context.catching), place=context.place(node))]
    error = _raised(node.exc, context)
    without = isinstance(node.cause, ast.Constant) and _is_new(node.exc, context)
    if node.cause is not None and not without:
        error = context.help("because", error, _raised(node.cause, context))
    return [Throw(error, place=context.place(node))]


def _raised(node: ast.expr, context: Context) -> Js:
    """An error; a class stands for a new one."""
    error = context.expr(node)
    return New(error, []) if isinstance(context.t(node), ClassT) else error


def _is_new(node: ast.expr, context: Context) -> bool:
    """An error that is made here has no cause yet."""
    return isinstance(context.t(node.func if isinstance(node, ast.Call) else node), ClassT)


def visit_Break(node: ast.Break, context: Context) -> list[Js]:
    flag = context.ended
    jump = Jump("break", place=context.place(node))
    return [jump] if flag is None else [b.do(Assign("=", flag, b.FALSE)), jump]


def visit_Continue(node: ast.Continue, context: Context) -> list[Js]:
    return [Jump("continue", place=context.place(node))]


# If

def visit_If(node: ast.If, context: Context) -> list[Js]:
    if is_type_checking(node.test):
        return []
    folded = fold(node.test, context)
    if folded is not None:
        return context.block(node.body if folded else node.orelse)
    test = context.expr(node.test)
    yes = _block_where(node.test, node.body, context)
    return [If(test, yes, context.block(node.orelse), place=context.place(node))]


def visit_While(node: ast.While, context: Context) -> list[Js]:
    return _with_else(node, _while, context)


def _while(node: ast.While, context: Context) -> list[Js]:
    return [While(context.expr(node.test), _block_where(node.test, node.body, context), place=context.place(node))]


def _block_where(test: ast.expr, body: list[ast.stmt], context: Context) -> list[Js]:
    """What stands where a condition holds: what that says of a name is so until the name is stored."""
    known = positive_where(test, context)
    names = {local.name for local in known}
    stores = [index for index, part in enumerate(body) if not names.isdisjoint(names_in(part))]
    end = len(body) if len(stores) == 0 else stores[0] + int(_is_of_one_name(body[stores[0]]))
    inside = replace(context, positive=context.positive | known)
    return [*inside.block(body[:end]), *context.block(body[end:])]


def _is_of_one_name(node: ast.stmt) -> bool:
    """Is it an assignment that stores last, and nothing but one name?"""
    if isinstance(node, ast.Assign):
        return len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)
    return isinstance(node, ast.AnnAssign | ast.AugAssign) and isinstance(node.target, ast.Name)


def _with_else(node: Loop, lower: Callable[[Loop, Context], list[Js]], context: Context) -> list[Js]:
    """What stands in `else` runs if no `break` ended the loop: a flag says so where one may."""
    flag = Id(context.temp("ended").name) if len(node.orelse) > 0 and breaks(node.body) else None
    made: list[Js] = lower(node, replace(context, ended=flag, looping=True))
    if flag is None:
        return [*made, *context.block(node.orelse)]
    return [b.do(Assign("=", flag, b.TRUE)), *made, If(flag, context.block(node.orelse), [])]


# For

def visit_For(node: ast.For, context: Context) -> list[Js]:
    return _with_else(node, _for, context)


def _for(node: ast.For, context: Context) -> list[Js]:
    counted = _counted(node, context)
    if counted is not None:
        return [counted]
    indexed = index_loop(node, context)
    if indexed is not None:
        return indexed
    if not _plain_target(node.target) or not parts_are_known(node.target, context.inferred.types):
        return _for_odd_target(node, context)
    names = names_in(node.target)
    declared = all(context.placement.declares(node, name) for name in names)
    kind = "" if not declared else "let" if any(declare_kind(name, context) == "let" for name in names) else "const"
    return [
        ForOf(
            kind,
            target_pattern(node.target, context),
            _walked(node, context),
            context.block(node.body),
            place=context.place(node),
        )
    ]


def _for_odd_target(node: ast.For, context: Context) -> list[Js]:
    name = Id(context.fresh("item"))
    stores = store_into(node.target, name, node, None, context)
    return [
        ForOf("const", name, _walked(node, context), [*stores, *context.block(node.body)], place=context.place(node))
    ]


def _walked(node: ast.For, context: Context) -> Js:
    return guarded(node, walked(node.iter, context) if may_leave(node.body) else iterable(node.iter, context), context)


def _counted(node: ast.For, context: Context) -> Js | None:
    """`for i in range(...)` as a counting loop, when nobody can tell the difference."""
    call = node.iter
    if not isinstance(call, ast.Call) or not isinstance(node.target, ast.Name) or len(call.args) == 0:
        return None
    callee = context.t(call.func)
    if not isinstance(callee, BuiltinT) or callee.name != "range":
        return None
    local = local_of(node.target.id, context)
    if local is None or local.stores != 1 or not context.placement.declares(node, node.target.id) or local.captured:
        return None
    step = _constant_int(call.args[2]) if len(call.args) == 3 else 1
    if step is None or step == 0:
        return None
    name = Id(context.js_name(node.target.id), place=context.place(node.target, node.target.id))
    first = context.expr(call.args[0]) if len(call.args) > 1 else Lit("0")
    stop_node = call.args[1] if len(call.args) > 1 else call.args[0]
    stop: Js = context.expr(stop_node)
    start = [Let("let", name, first)]
    if not is_fixed(stop_node, context) and not _is_negative_constant(stop_node):
        limit = Id(context.fresh("stop"))
        start.append(Let("let", limit, stop))
        stop = limit
    test = Binary("<" if step > 0 else ">", name, stop)
    return For(start, test, _step(name, step), context.block(node.body), place=context.place(node))


def _is_negative_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant)


def _step(name: Id, step: int) -> Js:
    if step in (1, -1):
        return Id(f"{name.name}{'++' if step > 0 else '--'}")
    return Assign("+=" if step > 0 else "-=", Id(name.name), Lit(str(abs(step))))


# Try

def visit_Try(node: ast.Try, context: Context) -> list[Js]:
    final = context.block(node.finalbody) if len(node.finalbody) > 0 else None
    if len(node.orelse) == 0:
        body = context.block(node.body)
        name, handler = _handlers(node.handlers, context) if len(node.handlers) > 0 else (None, None)
        return [Try(body, name, handler, final, place=context.place(node))]
    flag = Id(context.temp("done").name)
    body = [b.do(Assign("=", flag, Lit("false"))), *context.block(node.body), b.do(Assign("=", flag, Lit("true")))]
    name, handler = _handlers(node.handlers, context)
    inner: list[Js] = [Try(body, name, handler, None), If(flag, context.block(node.orelse), [])]
    if final is None:
        return inner
    return [Try(inner, None, None, final, place=context.place(node))]


def _handlers(handlers: list[ast.ExceptHandler], context: Context) -> tuple[str | None, list[Js]]:
    names = {handler.name for handler in handlers if handler.name is not None}
    shared = next(iter(names)) if len(names) == 1 else None
    if shared is not None and _is_hoisted(shared, context):
        shared = None
    name = context.js_name(shared) if shared is not None else context.fresh("error")
    inside = replace(context, catching=name)
    chain: list[Js] | None = None
    needs_name = False
    for handler in reversed(handlers):
        body = _handler_body(handler, name, shared, inside)
        test = _test(handler, name, inside)
        if test is None:
            chain = body
        else:
            needs_name = True
            chain = [If(test, body, chain if chain is not None else [Throw(Id(name))])]
    assert chain is not None
    used = needs_name or shared is not None or mentions(chain, name)
    return (name if used else None), chain


def _is_hoisted(name: str, context: Context) -> bool:
    local = local_of(name, context)
    return local is not None and any(use.how not in ("except", "load") for use in local.uses)


def _handler_body(handler: ast.ExceptHandler, name: str, shared: str | None, context: Context) -> list[Js]:
    body = context.block(handler.body)
    if handler.name is None or handler.name == shared:
        return body
    target = Id(context.js_name(handler.name))
    if _is_hoisted(handler.name, context):
        return [b.do(Assign("=", target, Id(name))), *body]
    return [Let("const", target, Id(name)), *body]


def _test(handler: ast.ExceptHandler, name: str, context: Context) -> Js | None:
    """The condition of one except clause; None catches everything."""
    if handler.type is None:
        return None
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    test: Js | None = None
    for kind in kinds:
        found = context.t(kind)
        if isinstance(found, ClassT) and found.cls is EXCEPTIONS["Exception"]:
            return None
        one: Js = Binary("instanceof", Id(name), context.expr(kind))
        if isinstance(found, ClassT) and found.cls is EXCEPTIONS["Failure"]:
            one = context.help("isFailure", Id(name))
        test = one if test is None else Binary("||", test, one)
    return test


def _plain_target(target: ast.expr) -> bool:
    if isinstance(target, ast.Tuple | ast.List):
        return all(_plain_target(item) for item in target.elts)
    return isinstance(target, ast.Name)


def _constant_int(node: ast.expr) -> int | None:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return None
    return value if type(value) is int else None
