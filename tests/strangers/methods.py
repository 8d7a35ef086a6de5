"""A test method of unittest as a program of the subset's shape."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.strangers.asserts import asserted, raising
from tests.strangers.standing import Standing
from tests.strangers.units import Program, Unit

BLOCKS = ast.For | ast.While | ast.If | ast.FunctionDef | ast.With


class Method:
    """Adapts statements; `top` gathers what has to stand in the module: classes and patterns."""

    def __init__(self, standing: Standing, own: bool = True) -> None:
        self.standing = standing
        self.own = own  # is `self` the test case?
        self.top: list[Unit] = []
        self.count = 0

    def program(self, name: str, body: list[ast.stmt]) -> Program:
        units = self.block(body)
        return Program(name, [*self.standing.patterns, *self.top], units)

    def block(self, body: list[ast.stmt]) -> list[Unit]:
        return [unit for node in body for unit in self.statement(node)]

    def statement(self, node: ast.stmt) -> list[Unit]:
        if isinstance(node, ast.Import | ast.ImportFrom | ast.AsyncFunctionDef) or is_text(node):
            return []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and self._is_own(node.value.func):
            return self._assertion(node.value)
        if isinstance(node, ast.With) and len(node.items) == 1:
            return self._with(node)
        if isinstance(node, ast.ClassDef):
            self.top.append(self._class(node))
            return []
        if isinstance(node, ast.Try):
            return [self._try(node)]
        if isinstance(node, BLOCKS):
            return [self._compound(node)]
        return [Unit([self.standing.text(node).split("\n")])]

    def label(self, node: ast.AST) -> str:
        self.count += 1
        return f"{getattr(node, 'lineno', 0)}:{self.count}"

    def _is_own(self, node: ast.AST) -> bool:
        is_attribute = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        return self.own and is_attribute and node.value.id == "self"  # type: ignore[attr-defined]

    def _assertion(self, call: ast.Call) -> list[Unit]:
        stood = ast.Call(call.func, [self.standing.of(item) for item in call.args], call.keywords)
        unit = asserted(stood, self.label(call))
        return [unit] if unit is not None else []

    def _with(self, node: ast.With) -> list[Unit]:
        call = node.items[0].context_expr
        if not isinstance(call, ast.Call) or not self._is_own(call.func):
            return [self._compound(node)]
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if name == "subTest":
            return self.block(node.body)
        if name == "assertRaises" and len(call.args) == 1:
            unit = raising(call.args[0], self.label(node), self.block(node.body))
            return [unit] if unit is not None else []
        return []

    def _class(self, node: ast.ClassDef) -> Unit:
        inner = Method(self.standing, own=False)
        body = inner.block(node.body)
        self.top += inner.top
        return Unit(heads=[_head(node)], blocks=[body])

    def _compound(self, node: BLOCKS) -> Unit:
        heads, blocks = [self.standing.head(node)], [self.block(node.body)]
        orelse = getattr(node, "orelse", [])
        if len(orelse) > 0:
            heads.append("else:")
            blocks.append(self.block(orelse))
        return Unit(heads=heads, blocks=blocks)

    def _try(self, node: ast.Try) -> Unit:
        heads, blocks = ["try:"], [self.block(node.body)]
        for handler in node.handlers:
            kind = f" {ast.unparse(handler.type)}" if handler.type is not None else ""
            heads.append(f"except{kind}{f' as {handler.name}' if handler.name is not None else ''}:")
            blocks.append(self.block(handler.body))
        for head, body in (("else:", node.orelse), ("finally:", node.finalbody)):
            if len(body) > 0:
                heads.append(head)
                blocks.append(self.block(body))
        return Unit(heads=heads, blocks=blocks)


def with_what_it_asks(body: list[ast.stmt], before: list[ast.stmt]) -> list[ast.stmt]:
    """`body` behind those statements of `before` that bind what it names."""
    asked = set(_asked(body))
    first: list[ast.stmt] = []
    for node in reversed(before):
        if not bound_by(node).isdisjoint(asked):
            first.insert(0, node)
            asked |= set(_asked([node]))
    return [*first, *body]


def bound_by(node: ast.stmt) -> set[str]:
    """The names and attributes that a statement binds."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        return {node.name}
    found = [item for item in ast.walk(node) if isinstance(item, ast.Name | ast.Attribute)]
    stored = [item for item in found if isinstance(item.ctx, ast.Store)]
    return {item.id if isinstance(item, ast.Name) else item.attr for item in stored}


def is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _asked(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        for item in ast.walk(node):
            if isinstance(item, ast.Name):
                yield item.id
            elif isinstance(item, ast.Attribute):
                yield item.attr


def _head(node: ast.ClassDef) -> str:
    bare = ast.ClassDef(node.name, node.bases, node.keywords, [ast.Pass()], node.decorator_list)
    if hasattr(node, "type_params"):
        bare.type_params = node.type_params  # type: ignore[attr-defined]
    return ast.unparse(ast.fix_missing_locations(bare)).rpartition("\n")[0]
