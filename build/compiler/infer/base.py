"""State of inference in one module, and the flow of narrowed types."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from build.compiler.bindings import captured_name
from build.compiler.errors import Reporter
from build.compiler.patterns.pattern import Pattern
from build.compiler.program import Program
from build.compiler.scope import Scope, Scopes
from build.compiler.symbols import ClassInfo, FunctionInfo, ModuleInfo
from build.compiler.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    JS,
    NEVER,
    NONE,
    OBJECT,
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
    has_none,
    members,
    parts_of,
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

    # Locals

    def local_type(self, local: Local, scope: Scope) -> Type | None:
        if local.type is None and local.annotation is not None:
            local.type = self.program.annotation(local.annotation, self.module, self.cls)
            if is_bare(local.annotation, "Final"):
                local.type = None
        return local.type

    # Values that move

    def flow_into(self, node: ast.expr, source: Type, target: Type) -> None:
        """A `source` goes where `target` is declared: note conversions, refuse what would change meaning."""
        if source == JS and has_none(target):
            self.coercions[node] = "nullish"
        self.program.exposure.flow(source, target)
        self.note_nothing(source, target)
        self.check_class_flow(node, source, target)
        if isinstance(target, IterT) and target.kind == "iterable" and isinstance(source, DictT):
            self.coercions[node] = "keys"
        for member in members(target):
            if isinstance(member, ListT) and not member.exact and source == STR:
                self.refuse("CW077", node, type=source, advice="pass list(text)")
        self.check_match_flow(node, source, target)
        if has_none(source) and STR in members(source) and STR in members(target) and not has_none(target):
            self.refuse("CW087", node, type=target)
        self._check_numbers(node, source, target)

    def note_nothing(self, source: Type, target: Type) -> None:
        """A function that returns None goes where its result may be looked at: JavaScript's gives undefined."""
        results = {kind.result for kind in members(source) if isinstance(kind, FunctionT)}
        if NONE in results:
            wanted = {kind.result for kind in members(target) if isinstance(kind, FunctionT)}
            self.program.needs.nothing.update(wanted - {NONE})

    def check_class_flow(self, node: ast.expr, source: Type, target: Type) -> None:
        """A class goes where a function is declared: JavaScript's must be called with `new`."""
        classes = [kind for kind in members(source) if isinstance(kind, ClassT)]
        functions = any(isinstance(kind, FunctionT) for kind in members(target))
        if len(classes) > 0 and functions and len(classes) == len(members(source)):
            self.coercions[node] = "class"
        elif (len(classes) > 0 and functions) or holds_class(source, target):
            self.refuse("CW073", node, what="a class in what holds functions", advice="write lambdas that call it")

    def check_match_flow(self, node: ast.AST, source: Type, target: Type) -> None:
        raise NotImplementedError

    def _check_numbers(self, node: ast.expr, source: Type, target: Type) -> None:
        if isinstance(node, ast.List | ast.Tuple | ast.Dict | ast.Set | ast.IfExp | ast.ListComp | ast.Lambda):
            return
        wanted = members(target)
        if any(kind in (OBJECT, ANY, JS) for kind in wanted):
            return
        for member in members(source):
            if member == INT and INT not in wanted and FLOAT in wanted:
                self.refuse("CW060", node)
            elif member == BOOL and BOOL not in wanted and (INT in wanted or FLOAT in wanted):
                self.refuse("CW061", node)
            else:
                self._check_parts(node, member, wanted)

    def _check_parts(self, node: ast.expr, source: Type, wanted: tuple[Type, ...]) -> None:
        for target in wanted:
            if type(target) is type(source) and isinstance(target, ListT | SetT | DictT | IterT | TupleT):
                for inner, outer in zip(parts_of(source), parts_of(target), strict=False):
                    self._check_numbers(node, inner, outer)

    def keep(self, node: ast.expr, kind: Type) -> None:
        """A value is stored or returned: views of a dict cannot be."""
        for member in members(kind):
            if isinstance(member, IterT) and member.kind in VIEWS:
                self.refuse("CW066", node, what=VIEWS[member.kind])

    def iterate(self, node: ast.expr, kind: Type) -> Type:
        """The type of the items that a `for` over `kind` gives."""
        items = [self._item(node, member) for member in members(kind)]
        return union(*items)

    def _item(self, node: ast.expr, kind: Type) -> Type:
        if isinstance(kind, ListT | SetT | IterT):
            return kind.item
        if isinstance(kind, TupleT):
            return kind.rest if kind.rest is not None else union(*kind.items)
        if isinstance(kind, DictT):
            return kind.key
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
        """Any callee named `spawn`, js.start and js.promise take a coroutine that they start later."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in ("spawn", "start", "promise")

    def check_coroutine(self, node: ast.expr, kind: Type) -> None:
        if isinstance(kind, CoroutineT) and isinstance(node, ast.Call) and node not in self.coroutine_ok:
            self.refuse("CW056", node)


def holds_class(source: Type, target: Type) -> bool:
    """Does a container of classes go where one of functions is declared?"""
    for kind in members(source):
        for wanted in members(target):
            pairs = zip(parts_of(kind), parts_of(wanted), strict=False) if type(kind) is type(wanted) else ()
            for inner, outer in pairs:
                classes = any(isinstance(part, ClassT) for part in members(inner))
                functions = any(isinstance(part, FunctionT) for part in members(outer))
                if (classes and functions) or holds_class(inner, outer):
                    return True
    return False


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
    if isinstance(node, ast.Attribute):
        base = path_of(node.value)
        return f"{base}.{node.attr}" if base is not None else None
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        base = path_of(node.value)
        return f"{base}[{node.slice.value!r}]" if base is not None else None
    return None
