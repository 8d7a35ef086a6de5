"""Functions: their parameters and bodies."""

from __future__ import annotations

import ast
import inspect

from build.compiler import builders as b
from build.compiler.caches import is_cached
from build.compiler.lower.endings import always_leaves
from build.compiler.lower.generator_expressions import uses_this
from build.compiler.lower.statements import Statements
from build.compiler.nodes import Arrow, Assign, Function, Id, Js, Let, Return, Spread
from build.compiler.placement import place
from build.compiler.types import members

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


class Definitions(Statements):
    """FunctionDef, ClassDef."""

    def _s_FunctionDef(self, node: FunctionNode) -> list[Js]:
        if self.scope is self.scopes.module and is_cached(node, self.module, self.program.modules):
            return [self._cached_function(node)]
        if self.scope is self.scopes.module:
            return [self.function(node)]
        return [self._closure(node)]

    _s_AsyncFunctionDef = _s_FunctionDef

    def function(self, node: FunctionNode) -> Function:
        params, body = self.function_parts(node, None)
        return Function(
            self.js_name(node.name),
            params,
            body,
            isinstance(node, ast.AsyncFunctionDef),
            self.scopes.of[node].is_generator,
            docstring(node),
            place=self.place(node, node.name),
        )

    def _cached_function(self, node: FunctionNode) -> Js:
        """A constant: the function alone has no name, so that it calls itself by the cache."""
        made = self.function(node)
        name, doc, place = made.name, made.doc, made.place
        made.name, made.doc = "", ""
        return Let("const", Id(name, place=place), self.help("cached", made), doc)

    def _closure(self, node: FunctionNode) -> Js:
        """A closure: an arrow, so that `this` stays; generators cannot be arrows."""
        params, body = self.function_parts(node, self.own_name, nested=True)
        value: Js
        if self.scopes.of[node].is_generator:
            value = Function("", params, body, is_generator=True)
            if uses_this(body):
                value = self.help("bound", value, b.THIS)
        else:
            single = body[0] if len(body) == 1 else None
            inner: Js | list[Js] = body
            if isinstance(single, Return) and single.value is not None:
                inner = single.value
            value = Arrow(params, inner, isinstance(node, ast.AsyncFunctionDef))
        if is_cached(node, self.module, self.program.modules):
            value = self.help("cached", value)
        value = self.with_defaults(node.args, value)
        name = Id(self.js_name(node.name), place=self.place(node, node.name))
        if self.placement.declares(node, node.name):
            return Let(self.declare_kind(node.name), name, value, docstring(node), place=self.place(node))
        return b.do(Assign("=", name, value))

    def function_parts(
        self, node: FunctionNode, own: str | None, nested: bool = False, skip: int = 0
    ) -> tuple[list[Js], list[Js]]:
        """Parameters and body; `own` is the name that means `this`."""
        saved = (self.scope, self.placement, self.own_name, self.own_node, self.returns_value)
        self.scope = self.scopes.of[node]
        self.placement = place(self.scope)
        names = self.fresh_names
        if not nested:
            self.fresh_names = set()
            self.own_name = own
            self.own_node = node if own is not None else None
        self.returns_value = self.answers(node)
        self.temps.append([])
        params = self.parameters(node.args, skip)
        body = self.block(node.body)
        temps = self.temps.pop()
        self._end(node, body)
        self.scope, self.placement, self.own_name, self.own_node, self.returns_value = saved
        self.fresh_names = names
        return params, [*self.declare_temps(temps), *body]

    def _end(self, node: FunctionNode, body: list[Js]) -> None:
        """A function that may run off its end gives None."""
        if self.returns_value and not self.scope.is_generator and self._may_fall_through(node):
            body.append(Return(b.NULL))

    def _may_fall_through(self, node: FunctionNode) -> bool:
        returns = self.program.annotations.type_of(node.returns, self.module, self.cls, quiet=True)
        return any(str(member) in ("None", "object", "Any") for member in members(returns)) and not always_leaves(
            node.body, self.inferred
        )

    def parameters(self, args: ast.arguments, skip: int = 0) -> list[Js]:
        positional = [*args.posonlyargs, *args.args]
        first_default = len(positional) - len(args.defaults)
        found: list[Js] = []
        for index, arg in enumerate(positional):
            if index < skip:
                continue
            default = args.defaults[index - first_default] if index >= first_default else None
            found.append(self._parameter(arg, default))
        for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
            found.append(self._parameter(arg, default))
        if args.vararg is not None:
            found.append(Spread(self._parameter(args.vararg, None)))
        return found

    def _parameter(self, arg: ast.arg, default: ast.expr | None) -> Js:
        name = Id(self.js_name(arg.arg), place=self.place(arg, arg.arg))
        if default is None:
            return name
        return Assign("=", name, self.value(default))


def docstring(node: FunctionNode | ast.ClassDef | ast.Module) -> str:
    if len(node.body) > 0 and is_text(node.body[0]):
        first = node.body[0]
        assert isinstance(first, ast.Expr)
        assert isinstance(first.value, ast.Constant)
        return inspect.cleandoc(str(first.value.value))
    return ""


def is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
