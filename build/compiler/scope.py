"""Lexical scopes: which names a function binds, what closures capture, and every place a name is used."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from build.compiler.bindings import bound_names, captured_name, is_plain
from build.compiler.uses import Block, Local, Path, Step, Use

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
# A generator expression handed to one of these is used up before anything else happens.
EAGER = {
    "any",
    "all",
    "sum",
    "min",
    "max",
    "sorted",
    "list",
    "tuple",
    "set",
    "dict",
    "frozenset",
    "join",
    "bytes",
    "extend",
    "update",
}


@dataclass(eq=False)
class Scope:
    """One function, lambda, comprehension or module; `is_generator` where it yields."""

    node: ast.AST
    kind: str
    parent: Scope | None
    locals: dict[str, Local] = field(default_factory=dict)
    outer: set[str] = field(default_factory=set)
    is_generator: bool = False

    def find(self, name: str) -> tuple[Local, Scope] | None:
        """The nearest binding of a name, looking outwards; module scope excluded."""
        scope: Scope | None = self
        while scope is not None and scope.kind != "module":
            if name in scope.locals:
                return scope.locals[name], scope
            scope = scope.parent
        return None

    def function(self) -> Scope:
        """The scope that holds the statements around: comprehensions are looked through."""
        scope = self
        while scope.kind in ("comp", "generator") and scope.parent is not None:
            scope = scope.parent
        return scope


class Scopes(ast.NodeVisitor):
    """Builds the scopes of one module; `of[node]` is the scope that node opens."""

    def __init__(self, tree: ast.Module) -> None:
        self.of: dict[ast.AST, Scope] = {}
        self.module = Scope(tree, "module", None)
        self.of[tree] = self.module
        self.scope = self.module
        self.eager: set[ast.AST] = set()
        self.paths: dict[Scope, Path] = {self.module: ()}
        self._bind_all(tree.body, self.module)
        self._block(tree.body, None)

    # Binding

    def _bind_all(self, body: list[ast.stmt], scope: Scope) -> None:
        for name, annotation in bound_names(body, scope.outer):
            local = scope.locals.setdefault(name, Local(name, "local"))
            local.annotation = local.annotation or annotation

    def _open(self, node: ast.AST, kind: str) -> Scope:
        scope = Scope(node, kind, self.scope)
        self.of[node] = scope
        self.paths[scope] = ()
        return scope

    # Statements

    def _block(self, body: list[ast.stmt], loop: ast.stmt | None) -> None:
        block = Block(loop)
        before = self.paths[self.scope]
        for statement in body:
            self.paths[self.scope] = (*before, Step(block, statement))
            self.visit(statement)
        self.paths[self.scope] = before

    def visit_FunctionDef(self, node: FunctionNode) -> None:
        self._use(node.name, "def")
        for decorator in node.decorator_list:
            self.visit(decorator)
        self._function(node, node.args, node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def _function(self, node: ast.AST, args: ast.arguments, body: list[ast.stmt]) -> None:
        for default in [*args.defaults, *args.kw_defaults]:
            if default is not None:
                self.visit(default)
        scope = self._open(node, "function")
        for param in [*args.posonlyargs, *args.args, *args.kwonlyargs]:
            scope.locals[param.arg] = Local(param.arg, "param", annotation=param.annotation)
        if args.vararg is not None:
            rest = args.vararg
            scope.locals[rest.arg] = Local(rest.arg, "param", annotation=rest.annotation, is_rest=True)
        self._bind_all(body, scope)
        outside, self.scope = self.scope, scope
        self._block(body, None)
        self.scope = outside

    def visit_Lambda(self, node: ast.Lambda) -> None:
        scope = self._open(node, "lambda")
        for param in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]:
            scope.locals[param.arg] = Local(param.arg, "param")
        outside, self.scope = self.scope, scope
        self.visit(node.body)
        self.scope = outside

    def visit_Yield(self, node: ast.Yield | ast.YieldFrom) -> None:
        self.scope.function().is_generator = True
        self.generic_visit(node)

    visit_YieldFrom = visit_Yield

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._use(node.name, "def")
        for base in node.bases:
            self.visit(base)
        for item in node.body:
            if isinstance(item, FunctionNode):
                self._function(item, item.args, item.body)
            elif isinstance(item, ast.AnnAssign | ast.Assign) and item.value is not None:
                self.visit(item.value)

    def visit_For(self, node: ast.For) -> None:
        self.visit(node.iter)
        before = self.paths[self.scope]
        block = Block(node)
        self.paths[self.scope] = (*before, Step(block, node))
        self._targets(node.target, "for")
        for statement in node.body:
            self.paths[self.scope] = (*before, Step(block, statement))
            self.visit(statement)
        self.paths[self.scope] = before
        self._block(node.orelse, None)

    def visit_While(self, node: ast.While) -> None:
        self.visit(node.test)
        self._block(node.body, node)
        self._block(node.orelse, None)

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        self._block(node.body, None)
        self._block(node.orelse, None)

    def visit_Try(self, node: ast.Try) -> None:
        self._block(node.body, None)
        for handler in node.handlers:
            if handler.type is not None:
                self.visit(handler.type)
            before = self.paths[self.scope]
            block = Block()
            if handler.name is not None:
                place = handler.body[0]
                self.paths[self.scope] = (*before, Step(block, place))
                self._use(handler.name, "except")
            for statement in handler.body:
                self.paths[self.scope] = (*before, Step(block, statement))
                self.visit(statement)
            self.paths[self.scope] = before
        self._block(node.orelse, None)
        self._block(node.finalbody, None)

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        """Each item opens a block around the next."""
        before = self.paths[self.scope]
        for item in node.items:
            self.visit(item.context_expr)
            if item.optional_vars is not None:
                self._targets(item.optional_vars, "with" if is_plain(item.optional_vars) else "store")
            self.paths[self.scope] = (*self.paths[self.scope], Step(Block(), node))
        self.paths[self.scope] = self.paths[self.scope][:-1]
        self._block(node.body, None)
        self.paths[self.scope] = before

    visit_AsyncWith = visit_With

    def visit_Match(self, node: ast.Match) -> None:
        self.visit(node.subject)
        before = self.paths[self.scope]
        for case in node.cases:
            block = Block()
            self.paths[self.scope] = (*before, Step(block, case))
            self.visit(case.pattern)
            if case.guard is not None:
                self.visit(case.guard)
            for statement in case.body:
                self.paths[self.scope] = (*before, Step(block, statement))
                self.visit(statement)
            self.paths[self.scope] = before

    def _captures(self, node: ast.pattern) -> None:
        self.generic_visit(node)
        name = captured_name(node)
        if name is not None:
            self._use(name, "match")

    visit_MatchAs = _captures
    visit_MatchStar = _captures
    visit_MatchMapping = _captures

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self._targets(target, "store")

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)
            self._targets(node.target, "store")
        elif not isinstance(node.target, ast.Name):
            self.visit(node.target)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.visit(node.value)
        self._targets(node.target, "aug")

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        pass

    def _targets(self, target: ast.expr, how: str) -> None:
        if isinstance(target, ast.Name):
            self._use(target.id, how)
        elif isinstance(target, ast.Tuple | ast.List):
            for item in target.elts:
                self._targets(item, how)
        elif isinstance(target, ast.Starred):
            self._targets(target.value, how)
        else:
            self.visit(target)

    # Expressions

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        self._use(node.target.id, "walrus")

    def visit_Name(self, node: ast.Name) -> None:
        self._use(node.id, "load")

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in EAGER:
            self.eager.update(argument for argument in node.args if isinstance(argument, ast.GeneratorExp))
        self.generic_visit(node)

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        self.visit(node.generators[0].iter)
        lazy = isinstance(node, ast.GeneratorExp) and node not in self.eager
        scope = self._open(node, "generator" if lazy else "comp")
        for generator in node.generators:
            for item in ast.walk(generator.target):
                if isinstance(item, ast.Name):
                    scope.locals[item.id] = Local(item.id, "comp")
        outside, self.scope = self.scope, scope
        for index, generator in enumerate(node.generators):
            if index > 0:
                self.visit(generator.iter)
            for test in generator.ifs:
                self.visit(test)
        if isinstance(node, ast.DictComp):
            self.visit(node.key)
            self.visit(node.value)
        else:
            self.visit(node.elt)
        self.scope = outside

    visit_ListComp = _comprehension
    visit_SetComp = _comprehension
    visit_DictComp = _comprehension
    visit_GeneratorExp = _comprehension

    def _use(self, name: str, how: str) -> None:
        scope: Scope | None = self.scope
        crossed = False
        while scope is not None:
            if name in scope.locals:
                local = scope.locals[name]
                local.captured = local.captured or crossed
                local.uses.append(Use(how, self.paths[scope], crossed))
                return
            crossed = crossed or scope.kind in ("function", "lambda", "generator")
            scope = scope.parent
