"""Statements: declarations, narrowing through branches, loops and try."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from build.compiler.builtins import EXCEPTIONS
from build.compiler.infer.base import Flow, assigned_paths, path_of
from build.compiler.infer.matches import Matches
from build.compiler.syntax import is_type_checking
from build.compiler.types import ANY, NEVER, ClassT, DequeT, DictT, InstanceT, ListT, Type, members, union


class Statements(Matches):
    """Walks the statements of one module."""

    # Control flow

    def _s_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Constant):
            return
        kind = self.expr(node.value)
        if kind == NEVER and isinstance(node.value, ast.Call):
            self.flow = None

    def _s_Return(self, node: ast.Return) -> None:
        if node.value is not None:
            self.coroutine_ok.add(node.value)
            kind = self.expr(node.value, self.returns)
            self.keep(node.value, kind)
            self.flow_into(node.value, kind, self.returns)
        self.flow = None

    def _s_Raise(self, node: ast.Raise) -> None:
        if node.exc is not None:
            kind = self.expr(node.exc)
            for member in members(kind):
                known = isinstance(member, InstanceT | ClassT) and member.cls.is_error()
                if not known and member not in (ANY, NEVER):
                    self.refuse("CW063", node.exc, name=str(member))
        if node.cause is not None:
            self.expr(node.cause)
        self.flow = None

    def _s_If(self, node: ast.If) -> None:
        if is_type_checking(node.test):
            return
        when_true, when_false = self.condition(node.test)
        self.flow = when_true
        self.block(node.body)
        after_body = self.flow
        self.flow = when_false
        self.block(node.orelse)
        self.flow = self.join(after_body, self.flow)

    def _s_While(self, node: ast.While) -> None:
        self._drop_assigned([node.test, *node.body])
        breaks: list[Flow] = []
        self.jumps.append((breaks, []))
        when_true, when_false = self.condition(node.test)
        self.flow = when_true
        self.block(node.body)
        self.jumps.pop()
        self.flow = when_false
        self.block(node.orelse)
        self.flow = self.join(self.flow, *breaks)

    def _s_For(self, node: ast.For) -> None:
        kind = self.expr(node.iter)
        if isinstance(kind, DictT):
            self.coercions[node.iter] = "keys"
        item = self.iterate(node.iter, kind)
        self._drop_assigned([node])
        before = self.copy()
        breaks: list[Flow] = []
        self.jumps.append((breaks, []))
        self.bind(node.target, item)
        self.block(node.body)
        self.jumps.pop()
        self.flow = before
        self.block(node.orelse)
        self.flow = self.join(self.flow, *breaks)

    def _s_Break(self, node: ast.Break) -> None:
        if len(self.jumps) > 0 and self.flow is not None:
            self.jumps[-1][0].append(self.flow)
        self.flow = None

    def _s_Continue(self, node: ast.Continue) -> None:
        self.flow = None

    def _s_Try(self, node: ast.Try) -> None:
        before = self.copy()
        self.block(node.body)
        self.block(node.orelse)
        ends = [self.flow]
        for handler in node.handlers:
            self.flow = dict(before or {})
            self._drop_assigned(node.body)
            self._handler(handler)
            ends.append(self.flow)
        after = self.join(*ends)
        if len(node.finalbody) > 0:
            self.flow = dict(before or {})
            self._drop_assigned([*node.body, *node.orelse, *node.handlers])
            self.block(node.finalbody)
            if self.flow is not None and after is not None:
                assigned = assigned_paths(node.finalbody)
                self.flow = {key: kind for key, kind in after.items() if not _touches(key, assigned)}
            else:
                self.flow = None
        else:
            self.flow = after

    def _handler(self, handler: ast.ExceptHandler) -> None:
        caught: Type = InstanceT(EXCEPTIONS["Exception"])
        if handler.type is not None:
            caught = union(*[self._caught(item) for item in _handler_types(handler.type)])
        if handler.name is not None:
            found = self.scope.find(handler.name)
            local = found[0] if found is not None else self.scopes.module.locals.get(handler.name)
            if local is not None:
                local.type = caught if local.type is None else union(local.type, caught)
            self.remember(handler.name, caught)
        self.block(handler.body)

    def _caught(self, node: ast.expr) -> Type:
        kind = self.expr(node)
        if isinstance(kind, ClassT) and kind.cls.is_error():
            return InstanceT(kind.cls)
        self.refuse("CW063", node, name=ast.unparse(node))
        return InstanceT(EXCEPTIONS["Exception"])

    def _s_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            if not isinstance(target, ast.Subscript):
                continue
            base = self.expr(target.value)
            if isinstance(target.slice, ast.Slice):
                for bound in (target.slice.lower, target.slice.upper, target.slice.step):
                    if bound is not None:
                        self.expr(bound)
                if not isinstance(base, ListT) or isinstance(base, DequeT):
                    self.refuse("CW023", target, what=f"a slice of {base}")
                    continue
            else:
                self.expr(target.slice)
            path = path_of(target)
            if path is not None:
                self.forget(path)
            if not isinstance(base, DictT | ListT) and not (
                isinstance(base, InstanceT) and base.cls.find_method("__delitem__") is not None
            ):
                self.refuse("CW023", target, what=f"an item of {base}")

    def _drop_assigned(self, body: Iterable[ast.AST]) -> None:
        for path in assigned_paths(body):
            self.forget(path)


def _touches(key: str, paths: list[str]) -> bool:
    return any(key == path or key.startswith((f"{path}.", f"{path}[")) for path in paths)


def _handler_types(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]
