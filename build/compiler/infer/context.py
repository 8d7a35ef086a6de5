"""State of inference in one module, and the flow of narrowed types."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from build.compiler.errors import Reporter
from build.compiler.infer.paths import is_bare
from build.compiler.patterns.pattern import Pattern
from build.compiler.program import Program
from build.compiler.scopes import scopes_of
from build.compiler.scopes.scope import Local, Scope, Scopes
from build.compiler.subset import STARTERS
from build.compiler.symbols import ClassInfo, ModuleInfo
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

Flow = dict[str, Type]


@dataclass
class Way:
    """What is known of names and attributes where the walk has come to; None where nothing arrives."""

    flow: Flow | None


@dataclass(frozen=True)
class Context:
    """Where a node stands; what is found out about nodes is the same for a whole module.

    `returns`, `yields`: what the function around is declared to give; `breaks` gets what is known where the loop around
    is left. `coroutine_ok`: what may be a coroutine that nobody awaits; `receivers`: whose attribute is asked for;
    `shown`: what `str` and `repr` are given where they stand as functions.
    """

    program: Program
    module: ModuleInfo
    scopes: Scopes
    peers: Mapping[str, Context]
    tables: Tables
    report: Reporter
    scope: Scope
    way: Way
    cls: ClassInfo | None = None
    returns: Type = NONE
    yields: Type = NONE
    breaks: list[Flow] | None = None
    types: dict[ast.AST, Type] = field(default_factory=dict)
    bound: dict[ast.Call, list[ast.expr | None]] = field(default_factory=dict)
    coercions: dict[ast.expr, str] = field(default_factory=dict)
    coroutine_ok: set[ast.AST] = field(default_factory=set)
    called: set[ast.AST] = field(default_factory=set)
    shown: dict[ast.AST, Type] = field(default_factory=dict)
    receivers: set[ast.AST] = field(default_factory=set)
    patterns: dict[ast.Call, Pattern] = field(default_factory=dict)
    exhaustive: set[ast.Match] = field(default_factory=set)

    @classmethod
    def of(cls, program: Program, module: ModuleInfo, peers: Mapping[str, Context], tables: Tables) -> Context:
        """The top of a module."""
        scopes = scopes_of(module.tree)
        return cls(program, module, scopes, peers, tables, program.reports[module.name], scopes.module, Way({}))

    def within(self, node: ast.AST, flow: Flow | None) -> Context:
        """In the scope that a function, a lambda or a comprehension makes."""
        return replace(self, scope=self.scopes.of[node], way=Way(flow))

    def along(self, flow: Flow | None) -> Context:
        """The same place on a way of its own."""
        return replace(self, way=Way(flow))

    def muted(self) -> Context:
        """Nothing is reported."""
        return replace(self, report=Reporter(self.report.path, ""))

    def aside(self) -> Context:
        """Nothing is reported, known, or kept."""
        return self.muted().along({})

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
        self.tables.visits[type(node)](node, self.aside())

    def refuse(self, code: str, node: ast.AST, **words: object) -> None:
        self.report.refuse(code, node, **words)

    # Flow

    @property
    def flow(self) -> Flow | None:
        return self.way.flow

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

    def is_told(self, node: ast.AST) -> bool:
        """Was something refused at this line already, so that the type is not known?"""
        return any(found.line == getattr(node, "end_lineno", 0) for found in self.report.found)

    def is_spawn(self, node: ast.Call) -> bool:
        """The program's starters, js.start and js.promise take a coroutine that they start later."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in STARTERS or name in self.program.starters

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
