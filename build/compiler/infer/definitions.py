"""Definitions: modules, functions, classes."""

from __future__ import annotations

import ast

from build.compiler.caches import is_cache
from build.compiler.infer.base import Flow, is_bare
from build.compiler.infer.constructors import field_options
from build.compiler.infer.expressions import Expressions
from build.compiler.subset import CACHES
from build.compiler.symbols import ClassInfo, FunctionInfo
from build.compiler.syntax import dotted_name, is_constant
from build.compiler.types import ANY, NEVER, OBJECT, ClassT, InstanceT, IterT, Type, has_none


class Definitions(Expressions):
    """What a module, a function and a class hold."""

    def prepare(self) -> None:
        """Give `self` and `cls` their types, so that other modules can look at values inside methods."""
        for cls in self.module.symbols.values():
            if not isinstance(cls, ClassInfo):
                continue
            for info in [*cls.methods.values(), *cls.setters.values()]:
                args = [*info.node.args.posonlyargs, *info.node.args.args]
                if info.kind != "static" and len(args) > 0:
                    own = ClassT(cls) if info.kind == "class" else InstanceT(cls)
                    self.scopes.of[info.node].locals[args[0].arg].type = own

    def run(self) -> None:
        """Infer the whole module."""
        self.block(self.module.tree.body)

    def block(self, body: list[ast.stmt]) -> None:
        for node in body:
            self.statement(node)

    def statement(self, node: ast.stmt) -> None:
        method = getattr(self, f"_s_{type(node).__name__}", None)
        if method is None:
            return
        if self.flow is None:
            self._unreachable(node)
            return
        try:
            method(node)
        except (LookupError, AttributeError, TypeError, ValueError, AssertionError) as error:
            self.refuse("CW099", node, detail=f"{type(error).__name__} {error}")

    def _unreachable(self, node: ast.stmt) -> None:
        """Types say we never come here, but data may lie: infer without narrowing, and without complaint."""
        report, self.report = self.report, self.muted()
        self.flow = {}
        getattr(self, f"_s_{type(node).__name__}")(node)
        self.flow = None
        self.report = report

    # Functions and classes

    def _s_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        found = self.scope.find(node.name)
        if found is not None:
            info = FunctionInfo(node.name, node, self.module)
            self.functions[node] = info
            found[0].type = self.function_type(info)
            self._annotations(node)
            self.function(node, None)
            return
        symbol = self.module.symbols.get(node.name)
        if isinstance(symbol, FunctionInfo):
            self._annotations(node)
            self.function(node, None)

    _s_AsyncFunctionDef = _s_FunctionDef

    def _annotations(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """Resolve every annotation once aloud, so that a bad one is reported."""
        args = node.args
        rest = [args.vararg] if args.vararg is not None else []
        for arg in [*args.posonlyargs, *args.args, *args.kwonlyargs, *rest]:
            if arg.annotation is not None:
                kind = self.program.annotations.type_of(arg.annotation, self.module, self.cls)
                self.check_declared(arg.annotation, kind)
        for decorator in node.decorator_list if self.cls is None else []:
            if dotted_name(decorator) in CACHES:
                self._check_cache(node, decorator)
        if node.returns is not None:
            self.check_declared(node.returns, self.program.annotations.type_of(node.returns, self.module, self.cls))

    def _check_cache(self, node: ast.FunctionDef | ast.AsyncFunctionDef, decorator: ast.expr) -> None:
        """What a cached function is given is a key, and what it gives may be had again."""
        if not is_cache(decorator, self.module, self.program.modules) or self.scopes.of[node].is_generator:
            self.refuse("CW026", decorator, name=ast.unparse(decorator))
            return
        for param in self.function_type(FunctionInfo(node.name, node, self.module)).params or ():
            if not self.program.annotations.good_key(param.type):
                self.refuse("CW059", node, type=param.type)

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, own: Type | None) -> None:
        """Infer a body; `own` is the type of self or cls."""
        saved = (self.scope, self.flow, self.returns, self.yields, self.jumps)
        self.scope = self.scopes.of[node]
        self.flow = self._inherited_flow(node)
        self.jumps = []
        result = self.program.annotations.type_of(node.returns, self.module, self.cls, quiet=True)
        self.returns = result
        self.yields = result.item if isinstance(result, IterT) else ANY
        args = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if own is not None and len(args) > 0:
            self.scope.locals[args[0].arg].type = own
        self._defaults(node)
        self._predeclare(node.body)
        self.block(node.body)
        self._check_end(node, result)
        self.scope, self.flow, self.returns, self.yields, self.jumps = saved

    def _check_end(self, node: ast.FunctionDef | ast.AsyncFunctionDef, result: Type) -> None:
        """What runs off its end gives None: the annotation must say so."""
        runs_off = self.flow is not None and not self.scope.is_generator and not is_overload(node)
        if runs_off and node.returns is not None and not has_none(result) and result not in (ANY, OBJECT, NEVER):
            self.refuse("CW044", node, name=node.name, type=result)

    def _inherited_flow(self, node: ast.AST) -> Flow:
        """What is known about captured names that are never assigned again."""
        if self.flow is None:
            return {}
        kept: Flow = {}
        for path, kind in self.flow.items():
            root = path.split(".")[0].split("[")[0]
            found = self.scope.find(root)
            inner = self.scopes.of[node]
            if found is None or path != root or root in inner.locals:
                continue
            if found[0].stores <= (0 if found[0].kind == "param" else 1):
                kept[path] = kind
        return kept

    def _predeclare(self, body: list[ast.stmt]) -> None:
        """Nested functions may call each other before their definition is reached."""
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                local = self.scope.locals.get(node.name)
                if local is not None:
                    local.type = self.function_type(FunctionInfo(node.name, node, self.module, None))

    def _defaults(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        args = [*node.args.posonlyargs, *node.args.args]
        pairs = list(zip(args[len(args) - len(node.args.defaults) :], node.args.defaults, strict=True))
        pairs += [(a, d) for a, d in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if d is not None]
        for arg, default in pairs:
            declared = self.program.annotations.type_of(arg.annotation, self.module, self.cls, quiet=True)
            self.flow_into(default, self.expr(default, declared), declared)
            self.check_default(default, node.args)

    def _s_ClassDef(self, node: ast.ClassDef) -> None:
        symbol = self.module.symbols.get(node.name)
        if not isinstance(symbol, ClassInfo):
            return
        saved, self.cls = self.cls, symbol
        for item in node.body:
            if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
                self._annotations(item)
                if not symbol.is_protocol:
                    self.function(item, self._own(item, symbol))
            elif isinstance(item, ast.AnnAssign):
                self._class_field(item)
            elif isinstance(item, ast.Assign) and not symbol.is_enum:
                self.expr(item.value)
        self.cls = saved

    def _own(self, node: ast.FunctionDef | ast.AsyncFunctionDef, cls: ClassInfo) -> Type | None:
        info = next((found for found in [*cls.methods.values(), *cls.setters.values()] if found.node is node), None)
        if info is None or info.kind == "static":
            return None
        return ClassT(cls) if info.kind == "class" else InstanceT(cls)

    def _class_field(self, node: ast.AnnAssign) -> None:
        declared = self.program.annotations.type_of(node.annotation, self.module, self.cls)
        self.check_attribute(node.annotation, declared)
        if node.value is not None:
            self.flow_into(node.value, self.expr(node.value, declared), declared)
            self._check_field_default(node)

    def _check_field_default(self, node: ast.AnnAssign) -> None:
        """What a dataclass gives each new object is evaluated for each of them."""
        assert self.cls is not None
        field = self.cls.fields.get(getattr(node.target, "id", ""))
        if not self.cls.is_dataclass or field is None or field.class_var:
            return
        options = field_options(node.value)
        default = node.value if options is None else options.get("default")
        if default is not None:
            names = [part.id for part in ast.walk(default) if isinstance(part, ast.Name)]
            if not is_constant(default) or self.may_change(default) or any(map(self.is_rebound, names)):
                self.refuse("CW037", default)


def is_overload(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Does it say types only?"""
    return any(is_bare(decorator, "overload") for decorator in node.decorator_list)
