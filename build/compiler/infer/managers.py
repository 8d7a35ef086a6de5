"""`with` and `async with`: what managers give, and whether they swallow errors."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from build.compiler.infer.assignments import Assignments
from build.compiler.infer.attributes import class_answers
from build.compiler.infer.base import assigned_paths
from build.compiler.infer.generics import substitute
from build.compiler.symbols import FunctionInfo
from build.compiler.types import ANY, BOOL, NEVER, NONE, CoroutineT, InstanceT, TupleT, Type, members, union

GIVEN = 3  # what __exit__ gets: the type of the error, the error, its traceback


@dataclass(frozen=True)
class Exit:
    """What leaving means: may the error end here, and which of its three arguments does `__exit__` look at?"""

    swallows: bool
    uses: tuple[bool, ...]


class Managers(Assignments):
    """With and AsyncWith."""

    def _s_With(self, node: ast.With | ast.AsyncWith) -> None:
        before = self.copy()
        word = "__a" if isinstance(node, ast.AsyncWith) else "__"
        for item in node.items:
            kind = self.expr(item.context_expr)
            entered = self._entered(item.context_expr, kind, f"{word}enter__")
            if self._entered(item.context_expr, kind, f"{word}exit__") != ANY:
                self._check_exit(item.context_expr, kind, f"{word}exit__")
            if item.optional_vars is not None:
                self._check_target(item.optional_vars, entered)
                self.assign(item.optional_vars, entered, None)
        self.block(node.body)
        if self.may_swallow(node):
            after, self.flow = self.flow, dict(before or {})
            for path in assigned_paths([node]):
                self.forget(path)
            self.flow = self.join(after, self.flow)

    _s_AsyncWith = _s_With

    def _entered(self, node: ast.expr, kind: Type, name: str) -> Type:
        """What calling a method of the manager gives; Any when it is refused."""
        found: list[Type] = []
        for member in members(kind):
            method = member.cls.find_method(name) if isinstance(member, InstanceT) else None
            if method is None or not isinstance(member, InstanceT):
                if member != NEVER:
                    self.refuse("CW053", node, type=member, name=name)
                return ANY
            result = substitute(self.function_type(method).result, class_answers(member))
            if method.is_async != name.startswith("__a"):
                detail, advice = ("`with` does not await", "write `async with`, and the names with an a")
                if not method.is_async:
                    detail, advice = ("`async with` awaits it", "make it `async def`")
                self.refuse("CW068", node, name=name, detail=detail, advice=advice)
                return ANY
            found.append(result.result if isinstance(result, CoroutineT) else result)
        return union(*found)

    def _check_target(self, target: ast.expr, kind: Type) -> None:
        fixed = isinstance(kind, TupleT) and kind.rest is None
        if isinstance(target, ast.Tuple | ast.List) and not fixed:
            self.refuse("CW070", target, type=kind)

    def _check_exit(self, node: ast.expr, kind: Type, name: str) -> None:
        for method in self._exits(kind, name):
            if len(method.node.args.args) != GIVEN + 1:
                self.refuse("CW058", node, name=name, detail="it is given the error's type, the error and its trace")
            returned = self.function_type(method).result
            returned = returned.result if isinstance(returned, CoroutineT) else returned
            if any(member not in (BOOL, NONE) for member in members(returned)):
                self.refuse("CW050", node, type=returned, advice=f"let `{name}` return None or a bool")

    def _exits(self, kind: Type, name: str) -> list[FunctionInfo]:
        """Each method that may be called: the class's own, and those of its subclasses."""
        found: list[FunctionInfo] = []
        for member in members(kind):
            if not isinstance(member, InstanceT):
                continue
            own = member.cls.find_method(name)
            below = [
                cls.methods[name]
                for cls in self.program.modules.all_classes()
                if member.cls in cls.family() and name in cls.methods
            ]
            found += [*([own] if own is not None else []), *below]
        return found

    def may_swallow(self, node: ast.With | ast.AsyncWith) -> bool:
        """May an error inside end at this statement?"""
        name = "__aexit__" if isinstance(node, ast.AsyncWith) else "__exit__"
        return any(self.leaving(self.types[item.context_expr], name).swallows for item in node.items)

    def leaving(self, kind: Type, name: str) -> Exit:
        """How the managers of this type are left."""
        swallows = False
        uses = [False] * GIVEN
        for method in self._exits(kind, name):
            result = self.function_type(method).result
            swallows = swallows or result not in (NONE, CoroutineT(NONE))
            params = [arg.arg for arg in method.node.args.args[1:]]
            unseen = method.cls is not None and method.cls.is_protocol
            read = {inner.id for inner in ast.walk(method.node) if isinstance(inner, ast.Name)}
            uses = [before or unseen or param in read for before, param in zip(uses, params, strict=False)]
        return Exit(swallows, tuple(uses))
