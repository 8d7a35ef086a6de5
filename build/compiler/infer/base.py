"""State of inference in one module, and the flow of narrowed types."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from build.compiler.bindings import captured_name
from build.compiler.errors import Reporter
from build.compiler.patterns.pattern import Pattern
from build.compiler.program import Program
from build.compiler.scope import Scope, Scopes
from build.compiler.subset import JS_STARTERS
from build.compiler.symbols import ClassInfo, FunctionInfo, ModuleInfo
from build.compiler.types import (
    ANY,
    ARGUMENT,
    INT,
    JS,
    NEVER,
    NONE,
    STR,
    ClassT,
    CoroutineT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    SetT,
    TupleT,
    Type,
    members,
    union,
)
from build.compiler.uses import Local

Flow = dict[str, Type]
VIEWS = {"keys": "dict view", "values": "dict view", "items": "dict view"}


class Inference:
    """What all layers of inference share; `expr` is defined in the top layer."""

    def __init__(self, program: Program, module: ModuleInfo, scopes: Scopes, peers: dict[str, Inference]) -> None:
        self.program = program
        self.module = module
        self.scopes = scopes
        self.peers = peers
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

    def expr(self, node: ast.expr, want: Type | None = None) -> Type:
        raise NotImplementedError

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

    def flow_into(self, node: ast.expr, source: Type, target: Type) -> None:
        raise NotImplementedError

    # Locals

    def local_type(self, local: Local, scope: Scope) -> Type | None:
        if local.type is None and local.annotation is not None:
            local.type = self.program.annotations.type_of(local.annotation, self.module, self.cls)
            if is_bare(local.annotation, "Final"):
                local.type = None
            elif local.is_rest:
                local.type = TupleT((), local.type)
        return local.type

    def iterate(self, node: ast.expr, kind: Type) -> Type:
        """The type of the items that a `for` over `kind` gives."""
        items = [self._item(node, member) for member in members(kind)]
        return union(*[item if item != ARGUMENT else ANY for item in items])

    def _item(self, node: ast.expr, kind: Type) -> Type:
        if isinstance(kind, ListT | SetT | IterT):
            return kind.item
        if isinstance(kind, TupleT):
            return kind.rest if kind.rest is not None else union(*kind.items)
        if isinstance(kind, DictT):
            return kind.key
        if isinstance(kind, ClassT) and kind.cls.is_enum:
            return InstanceT(kind.cls)
        if kind == STR:
            return STR
        if str(kind) == "bytes":
            return INT
        if isinstance(kind, InstanceT):
            method = kind.cls.find_method("__iter__")
            if method is not None:
                result = self.function_type(method).result
                step = result.cls.find_method("__next__") if isinstance(result, InstanceT) else None
                if step is not None:
                    return self.function_type(step).result
                return result.item if isinstance(result, IterT) else ANY
        if kind == JS:
            self.refuse("CW054", node, what="iteration", type="js.Value: write js.items(value)")
        elif kind != NEVER:
            self.refuse("CW054", node, what="iteration", type=kind)
        return ANY

    def function_type(self, info: FunctionInfo) -> FunctionT:
        raise NotImplementedError

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


def is_bare(node: ast.expr, name: str) -> bool:
    tail = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return str(tail) == name


def assigned_paths(body: Iterable[ast.AST]) -> list[str]:
    """Everything that statements may store into."""
    found: list[str] = []
    for statement in body:
        for node in ast.walk(statement):
            path = captured_name(node)
            if isinstance(node, ast.Name | ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
                path = path_of(node)
            if path is not None:
                found.append(path)
    return found


def path_of(node: ast.expr) -> str | None:
    """The key of an expression whose type flow can narrow: `a`, `a.b`, `a["k"]`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.NamedExpr):
        return node.target.id
    if isinstance(node, ast.Attribute):
        base = path_of(node.value)
        return f"{base}.{node.attr}" if base is not None else None
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        base = path_of(node.value)
        return f"{base}[{node.slice.value!r}]" if base is not None else None
    return None
