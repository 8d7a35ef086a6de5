"""Control flow: if, loops, try, return, raise."""

from __future__ import annotations

import ast
from collections.abc import Callable

from build.compiler import builders as b
from build.compiler.builtins import EXCEPTIONS
from build.compiler.collect import target_names
from build.compiler.errors import Stop
from build.compiler.lower.endings import breaks, may_leave
from build.compiler.lower.index_loops import IndexLoops
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
)
from build.compiler.syntax import is_type_checking
from build.compiler.types import BuiltinT, ClassT, CoroutineT


class Statements(IndexLoops):
    """One method per statement, each giving a list of JavaScript statements."""

    def block(self, body: list[ast.stmt]) -> list[Js]:
        return [item for node in body for item in self.statement(node)]

    def statement(self, node: ast.stmt) -> list[Js]:
        """A statement with the declarations that go before it."""
        before: list[Js] = [Let("let", Id(self.js_name(name))) for name in self.placement.before.get(node, [])]
        method = getattr(self, f"_s_{type(node).__name__}", None)
        if method is None:
            return before
        try:
            result: list[Js] = method(node)
        except Stop:
            return before
        except (LookupError, AttributeError, TypeError, ValueError, AssertionError) as error:
            self.report.refuse("CW099", node, detail=f"{type(error).__name__} {error}")
            return before
        if len(result) > 0 and result[0].place is None:
            result[0].place = self.place(node)
        return [*before, *result]

    def declare_temps(self, temps: list[str]) -> list[Js]:
        return [Let("let", Id(name)) for name in temps]

    def returned(self, value: Js) -> Js:
        return Return(value)

    def _s_Expr(self, node: ast.Expr) -> list[Js]:
        if isinstance(node.value, ast.Constant):
            return []
        self.drop(node.value)
        return [b.do(self.expr(node.value))]

    def _s_Pass(self, node: ast.Pass) -> list[Js]:
        return []

    def _s_Return(self, node: ast.Return) -> list[Js]:
        if node.value is None:
            return [Return(Lit("null") if self.returns_value else None, place=self.place(node))]
        if not self.returns_value:
            self.drop(node.value)
        value = self.value(node.value)
        if isinstance(self.t(node.value), CoroutineT) and not isinstance(node.value, ast.Call):
            value = Call(value, [])
        if isinstance(node.value, ast.Constant) and node.value.value is None and not self.returns_value:
            return [Return(None, place=self.place(node))]
        return [Return(value, place=self.place(node))]

    returns_value = True

    def _s_Raise(self, node: ast.Raise) -> list[Js]:
        if node.exc is None:
            if len(self.catching) == 0:
                raise self.refuse("CW074", node, what="`raise` without an error", advice="use it inside except")
            return [Throw(Id(self.catching[-1]), place=self.place(node))]
        error = self._raised(node.exc)
        without = isinstance(node.cause, ast.Constant) and self._is_new(node.exc)
        if node.cause is not None and not without:
            error = self.help("because", error, self._raised(node.cause))
        return [Throw(error, place=self.place(node))]

    def _raised(self, node: ast.expr) -> Js:
        """An error; a class stands for a new one."""
        error = self.expr(node)
        return New(error, []) if isinstance(self.t(node), ClassT) else error

    def _is_new(self, node: ast.expr) -> bool:
        """An error that is made here has no cause yet."""
        return isinstance(self.t(node.func if isinstance(node, ast.Call) else node), ClassT)

    def _s_Break(self, node: ast.Break) -> list[Js]:
        flag = self.ended[-1]
        jump = Jump("break", place=self.place(node))
        return [jump] if flag is None else [b.do(Assign("=", flag, b.FALSE)), jump]

    def _s_Continue(self, node: ast.Continue) -> list[Js]:
        return [Jump("continue", place=self.place(node))]

    # If

    def _s_If(self, node: ast.If) -> list[Js]:
        if is_type_checking(node.test):
            return []
        folded = self.fold(node.test)
        if folded is not None:
            return self.block(node.body if folded else node.orelse)
        return [If(self.expr(node.test), self.block(node.body), self.block(node.orelse), place=self.place(node))]

    def _s_While(self, node: ast.While) -> list[Js]:
        return self._with_else(
            node, lambda: [While(self.expr(node.test), self.block(node.body), place=self.place(node))]
        )

    def _with_else(self, node: ast.For | ast.While, loop: Callable[[], list[Js]]) -> list[Js]:
        """What stands in `else` runs if no `break` ended the loop: a flag says so where one may."""
        flag = Id(self.temp("ended").name) if len(node.orelse) > 0 and breaks(node.body) else None
        self.ended.append(flag)
        made = loop()
        self.ended.pop()
        if flag is None:
            return [*made, *self.block(node.orelse)]
        return [b.do(Assign("=", flag, b.TRUE)), *made, If(flag, self.block(node.orelse), [])]

    # For

    def _s_For(self, node: ast.For) -> list[Js]:
        return self._with_else(node, lambda: self._for(node))

    def _for(self, node: ast.For) -> list[Js]:
        counted = self._counted(node)
        if counted is not None:
            return [counted]
        indexed = self.indexed(node)
        if indexed is not None:
            return indexed
        if not _plain_target(node.target):
            return self._for_odd_target(node)
        names = target_names(node.target)
        declared = all(self.placement.declares(node, name) for name in names)
        kind = "" if not declared else "let" if any(self.declare_kind(name) == "let" for name in names) else "const"
        return [
            ForOf(kind, self.pattern(node.target), self._walked(node), self.block(node.body), place=self.place(node))
        ]

    def _for_odd_target(self, node: ast.For) -> list[Js]:
        name = Id(self.fresh("item"))
        stores = self.store(node.target, name, node, None)
        return [ForOf("const", name, self._walked(node), [*stores, *self.block(node.body)], place=self.place(node))]

    def _walked(self, node: ast.For) -> Js:
        return self.guarded(node, self.walked(node.iter) if may_leave(node.body) else self.iterable(node.iter))

    def _counted(self, node: ast.For) -> Js | None:
        """`for i in range(...)` as a counting loop, when nobody can tell the difference."""
        call = node.iter
        if not isinstance(call, ast.Call) or not isinstance(node.target, ast.Name) or len(call.args) == 0:
            return None
        callee = self.t(call.func)
        if not isinstance(callee, BuiltinT) or callee.name != "range":
            return None
        local = self._local(node.target.id)
        if local is None or local.stores != 1 or not self.placement.declares(node, node.target.id) or local.captured:
            return None
        step = _constant_int(call.args[2]) if len(call.args) == 3 else 1
        if step is None or step == 0:
            return None
        name = Id(self.js_name(node.target.id), place=self.place(node.target, node.target.id))
        first = self.expr(call.args[0]) if len(call.args) > 1 else Lit("0")
        stop_node = call.args[1] if len(call.args) > 1 else call.args[0]
        stop: Js = self.expr(stop_node)
        start = [Let("let", name, first)]
        if not self.is_fixed(stop_node) and not self._is_negative_constant(stop_node):
            limit = Id(self.fresh("stop"))
            start.append(Let("let", limit, stop))
            stop = limit
        test = Binary("<" if step > 0 else ">", name, stop)
        return For(start, test, self._step(name, step), self.block(node.body), place=self.place(node))

    def _is_negative_constant(self, node: ast.expr) -> bool:
        return isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant)

    def _step(self, name: Id, step: int) -> Js:
        if step in (1, -1):
            return Id(f"{name.name}{'++' if step > 0 else '--'}")
        return Assign("+=" if step > 0 else "-=", Id(name.name), Lit(str(abs(step))))

    # Try

    def _s_Try(self, node: ast.Try) -> list[Js]:
        final = self.block(node.finalbody) if len(node.finalbody) > 0 else None
        if len(node.orelse) == 0:
            body = self.block(node.body)
            name, handler = self._handlers(node.handlers) if len(node.handlers) > 0 else (None, None)
            return [Try(body, name, handler, final, place=self.place(node))]
        flag = Id(self.temp("done").name)
        body = [b.do(Assign("=", flag, Lit("false"))), *self.block(node.body), b.do(Assign("=", flag, Lit("true")))]
        name, handler = self._handlers(node.handlers)
        inner: list[Js] = [Try(body, name, handler, None), If(flag, self.block(node.orelse), [])]
        if final is None:
            return inner
        return [Try(inner, None, None, final, place=self.place(node))]

    def _handlers(self, handlers: list[ast.ExceptHandler]) -> tuple[str | None, list[Js]]:
        names = {handler.name for handler in handlers if handler.name is not None}
        shared = next(iter(names)) if len(names) == 1 else None
        if shared is not None and self._is_hoisted(shared):
            shared = None
        name = self.js_name(shared) if shared is not None else self.fresh("error")
        self.catching.append(name)
        chain: list[Js] | None = None
        needs_name = False
        for handler in reversed(handlers):
            body = self._handler_body(handler, name, shared)
            test = self._test(handler, name)
            if test is None:
                chain = body
            else:
                needs_name = True
                chain = [If(test, body, chain if chain is not None else [Throw(Id(name))])]
        self.catching.pop()
        assert chain is not None
        used = needs_name or shared is not None or mentions(chain, name)
        return (name if used else None), chain

    def _is_hoisted(self, name: str) -> bool:
        local = self._local(name)
        return local is not None and any(use.how not in ("except", "load") for use in local.uses)

    def _handler_body(self, handler: ast.ExceptHandler, name: str, shared: str | None) -> list[Js]:
        body = self.block(handler.body)
        if handler.name is None or handler.name == shared:
            return body
        target = Id(self.js_name(handler.name))
        if self._is_hoisted(handler.name):
            return [b.do(Assign("=", target, Id(name))), *body]
        return [Let("const", target, Id(name)), *body]

    def _test(self, handler: ast.ExceptHandler, name: str) -> Js | None:
        """The condition of one except clause; None catches everything."""
        if handler.type is None:
            return None
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        test: Js | None = None
        for kind in kinds:
            found = self.t(kind)
            if isinstance(found, ClassT) and found.cls is EXCEPTIONS["Exception"]:
                return None
            one: Js = Binary("instanceof", Id(name), self.expr(kind))
            if isinstance(found, ClassT) and found.cls is EXCEPTIONS["Failure"]:
                one = self.help("isFailure", Id(name))
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


def mentions(node: object, name: str) -> bool:
    """Does an identifier occur below?"""
    if isinstance(node, Id):
        return node.name == name
    if isinstance(node, list | tuple):
        return any(mentions(item, name) for item in node)
    if isinstance(node, Js):
        return any(mentions(value, name) for value in vars(node).values())
    return False
