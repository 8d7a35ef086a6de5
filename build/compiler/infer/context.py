"""State of inference in one module, and the flow of narrowed types."""

from __future__ import annotations

import ast

from build.compiler.errors import Reporter
from build.compiler.infer.paths import is_bare
from build.compiler.patterns.pattern import Pattern
from build.compiler.program import Program
from build.compiler.scope import Scope, Scopes
from build.compiler.subset import JS_STARTERS
from build.compiler.symbols import ClassInfo, FunctionInfo, ModuleInfo
from build.compiler.tables import Tables
from build.compiler.types import (
    ANY,
    NONE,
    CoroutineT,
    FunctionT,
    InstanceT,
    TupleT,
    Type,
    members,
    union,
)
from build.compiler.uses import Local

Flow = dict[str, Type]
VIEWS = {"keys": "dict view", "values": "dict view", "items": "dict view"}


class Context:
    """Where a node stands, and what its module has gathered."""

    def __init__(
        self, program: Program, module: ModuleInfo, scopes: Scopes, peers: dict[str, Context], tables: Tables
    ) -> None:
        self.program = program
        self.module = module
        self.scopes = scopes
        self.peers = peers
        self.tables = tables
        self.report = program.reports[module.name]
        self.types: dict[ast.AST, Type] = {}
        self.bound: dict[ast.Call, list[ast.expr | None]] = {}
        self.coercions: dict[ast.expr, str] = {}
        self.coroutine_ok: set[ast.AST] = set()
        self.called: set[ast.AST] = set()
        self.receivers: set[ast.AST] = set()
        self.patterns: dict[ast.Call, Pattern] = {}
        self.scope: Scope = scopes.module
        self.cls: ClassInfo | None = None
        self.returns: Type = NONE
        self.yields: Type = NONE
        self.flow: Flow | None = {}
        self.jumps: list[tuple[list[Flow], list[Flow]]] = []
        self.functions: dict[ast.AST, FunctionInfo] = {}
        self.exhaustive: set[ast.Match] = set()

    # Parts

    def expr(self, node: ast.expr, want: Type | None = None) -> Type:
        visit = self.tables.visits.get(type(node))
        if visit is None:
            self.refuse("CW034", node, what=type(node).__name__, advice="see docs/PYTHON_SUBSET.md")
            return ANY
        kind: Type = visit(node, want, self)
        self.types[node] = kind
        for look in self.tables.occasions.values():
            look(node, kind, self)
        if isinstance(kind, FunctionT) and (kind.rest is not None or kind.is_cached) and node not in self.called:
            what = "a function with a cache" if kind.is_cached else "a function with `*args`"
            self.refuse("CW073", node, what=what, advice="write a lambda")
        return kind

    def block(self, body: list[ast.stmt]) -> None:
        for node in body:
            self.statement(node)

    def statement(self, node: ast.stmt) -> None:
        visit = self.tables.visits.get(type(node))
        if visit is None:
            return
        if self.flow is None:
            self._unreachable(node)
            return
        try:
            visit(node, self)
        except (LookupError, AttributeError, TypeError, ValueError, AssertionError) as error:
            self.refuse("CW099", node, detail=f"{type(error).__name__} {error}")

    def _unreachable(self, node: ast.stmt) -> None:
        """Types say we never come here, but data may lie: infer without narrowing, and without complaint."""
        report, self.report = self.report, self.muted()
        self.flow = {}
        self.tables.visits[type(node)](node, self)
        self.flow = None
        self.report = report

    def muted(self) -> Reporter:
        return Reporter(self.report.path, "")

    def refuse(self, code: str, node: ast.AST, **words: object) -> None:
        self.report.refuse(code, node, **words)

    # Flow

    def narrowed(self, path: str | None) -> Type | None:
        return self.flow.get(path) if path is not None and self.flow is not None else None

    def forget(self, path: str) -> None:
        """An assignment to `path` ends what was known about it and about what hangs below it."""
        if self.flow is not None:
            for key in [key for key in self.flow if key == path or key.startswith((f"{path}.", f"{path}["))]:
                del self.flow[key]

    def remember(self, path: str, kind: Type) -> None:
        if self.flow is not None:
            self.flow[path] = kind

    def join(self, *flows: Flow | None) -> Flow | None:
        """What holds whichever way we came; None is a way that does not arrive."""
        live = [flow for flow in flows if flow is not None]
        if len(live) == 0:
            return None
        common = set(live[0]).intersection(*live[1:])
        return {key: without_subclasses(union(*(flow[key] for flow in live))) for key in sorted(common)}

    def copy(self) -> Flow | None:
        return dict(self.flow) if self.flow is not None else None

    # Locals

    def local_type(self, local: Local, scope: Scope) -> Type | None:
        if local.type is None and local.annotation is not None:
            local.type = self.program.annotations.type_of(local.annotation, self.module, self.cls)
            if is_bare(local.annotation, "Final"):
                local.type = None
            elif local.is_rest:
                local.type = TupleT((), local.type)
        return local.type

    def is_spawn(self, node: ast.Call) -> bool:
        """The program's starters, js.start and js.promise take a coroutine that they start later."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in self.program.starters or name in JS_STARTERS

    def check_coroutine(self, node: ast.expr, kind: Type) -> None:
        if isinstance(kind, CoroutineT) and isinstance(node, ast.Call) and node not in self.coroutine_ok:
            self.refuse("CW056", node)


def without_subclasses(kind: Type) -> Type:
    """A class beside its base says no more than the base."""
    kinds = members(kind)
    bases = [member.cls for member in kinds if isinstance(member, InstanceT)]

    def is_covered(member: Type) -> bool:
        return isinstance(member, InstanceT) and any(base in member.cls.family()[1:] for base in bases)

    return union(*[member for member in kinds if not is_covered(member)])
