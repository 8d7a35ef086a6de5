"""Definitions and assignments."""

from __future__ import annotations

import ast

from build.compiler.infer.base import Flow, path_of
from build.compiler.infer.expressions import Expressions
from build.compiler.infer.operators import SYMBOLS
from build.compiler.symbols import ClassInfo, FunctionInfo, Variable
from build.compiler.types import (
    ANY,
    FLOAT,
    INT,
    JS,
    NEVER,
    NONE,
    OBJECT,
    ClassT,
    DictT,
    InstanceT,
    IterT,
    ListT,
    PatternT,
    SetT,
    TupleT,
    Type,
    UnionT,
    members,
    union,
)


class Assignments(Expressions):
    """What names, attributes and items hold afterwards."""

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

    # Definitions

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
        for arg in [*args.posonlyargs, *args.args, *args.kwonlyargs]:
            if arg.annotation is not None:
                self.check_declared(arg.annotation, self.program.annotation(arg.annotation, self.module, self.cls))
        if node.returns is not None:
            self.check_declared(node.returns, self.program.annotation(node.returns, self.module, self.cls))

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, own: Type | None) -> None:
        """Infer a body; `own` is the type of self or cls."""
        saved = (self.scope, self.flow, self.returns, self.yields, self.jumps)
        self.scope = self.scopes.of[node]
        self.flow = self._inherited_flow(node)
        self.jumps = []
        result = self.program.annotation(node.returns, self.module, self.cls, quiet=True)
        self.returns = result
        self.yields = result.item if isinstance(result, IterT) else ANY
        args = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if own is not None and len(args) > 0:
            self.scope.locals[args[0].arg].type = own
        self._defaults(node)
        self._predeclare(node.body)
        self.block(node.body)
        self.scope, self.flow, self.returns, self.yields, self.jumps = saved

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
            declared = self.program.annotation(arg.annotation, self.module, self.cls, quiet=True)
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
            elif isinstance(item, ast.Assign):
                self.expr(item.value)
        self.cls = saved

    def _own(self, node: ast.FunctionDef | ast.AsyncFunctionDef, cls: ClassInfo) -> Type | None:
        info = next((found for found in [*cls.methods.values(), *cls.setters.values()] if found.node is node), None)
        if info is None or info.kind == "static":
            return None
        return ClassT(cls) if info.kind == "class" else InstanceT(cls)

    def _class_field(self, node: ast.AnnAssign) -> None:
        declared = self.program.annotation(node.annotation, self.module, self.cls)
        self.check_attribute(node.annotation, declared)
        if node.value is not None:
            self.flow_into(node.value, self.expr(node.value, declared), declared)

    # Assignment

    def _s_Assign(self, node: ast.Assign) -> None:
        if not isinstance(self.scope.node, ast.Module) or not self._is_declaration(node):
            want = self._declared(node.targets[0])
            kind = self.expr(node.value, want)
            self.keep(node.value, kind)
            for target in node.targets:
                self.assign(target, kind, node.value)

    def _is_declaration(self, node: ast.Assign) -> bool:
        """Aliases and type variables are erased."""
        target = node.targets[0]
        symbol = self.module.symbols.get(target.id) if isinstance(target, ast.Name) else None
        return symbol is not None and not isinstance(symbol, Variable)

    def _is_erased(self, target: ast.expr) -> bool:
        known = self.module.symbols.get(target.id) if isinstance(target, ast.Name) else None
        return known is not None and not isinstance(known, Variable)

    def _s_AnnAssign(self, node: ast.AnnAssign) -> None:
        if self.scope is self.scopes.module and self._is_erased(node.target):
            return
        declared = self.program.annotation(node.annotation, self.module, self.cls)
        bare_final = isinstance(node.annotation, ast.Name | ast.Attribute) and ast.unparse(node.annotation).endswith(
            "Final"
        )
        if node.value is None:
            return
        kind = self.expr(node.value, None if bare_final else declared)
        self.keep(node.value, kind)
        if bare_final or isinstance(kind, PatternT):
            declared = kind
        self.flow_into(node.value, kind, declared)
        self.assign(node.target, kind, node.value, declared)

    def _declared(self, target: ast.expr) -> Type | None:
        """The declared type of an assignment's target, as a hint for the value."""
        if isinstance(target, ast.Name):
            found = self.scope.find(target.id)
            if found is not None:
                return self.local_type(*found)
            symbol = self.module.symbols.get(target.id)
            if isinstance(symbol, Variable) and symbol.annotation is not None:
                return self.variable_type(symbol, self.module)
            return None
        if isinstance(target, ast.Attribute):
            base = self.expr(target.value)
            if isinstance(base, InstanceT):
                item = base.cls.find_field(target.attr)
                if item is not None:
                    return self.attribute_declared(base, target.attr, target)
            return None
        if isinstance(target, ast.Subscript):
            base = self.expr(target.value)
            if isinstance(base, DictT):
                return base.value if base.value != NEVER else None
            return base.item if isinstance(base, ListT) and base.item != NEVER else None
        return None

    def attribute_declared(self, base: Type, name: str, node: ast.expr) -> Type:
        report, self.report = self.report, self.muted()
        kind = self.attribute(base, name, node)
        self.report = report
        return kind

    def assign(self, target: ast.expr, kind: Type, value: ast.expr | None, declared: Type | None = None) -> None:
        """Store a value of type `kind`; `value` is its expression when there is one."""
        if isinstance(target, ast.Name):
            self._assign_name(target, kind, value, declared)
        elif isinstance(target, ast.Tuple | ast.List):
            self._unpack(target, kind)
        elif isinstance(target, ast.Attribute):
            self._assign_attribute(target, kind, value)
        elif isinstance(target, ast.Subscript):
            self._assign_item(target, kind, value)
        elif isinstance(target, ast.Starred):
            self.assign(target.value, ListT(kind), None)

    def _assign_name(self, target: ast.Name, kind: Type, value: ast.expr | None, declared: Type | None) -> None:
        found = self.scope.find(target.id)
        local = found[0] if found is not None else self.scopes.module.locals.get(target.id)
        if local is None:
            return
        known = declared or self.local_type(local, self.scope)
        if known is None or _is_partial(known):
            known = kind if known is None else union(known, kind) if known == NONE else kind
        elif known == NONE and kind != NONE and local.annotation is None:
            known = union(NONE, kind)
        elif value is not None and declared is None:
            self.flow_into(value, kind, known)
        elif value is None:
            self.check_match_flow(target, kind, known)
        local.type = known
        symbol = self.module.symbols.get(target.id)
        if found is None and isinstance(symbol, Variable) and symbol.type is None:
            symbol.type = known
        self.types[target] = known
        self.forget(target.id)
        self.remember(target.id, narrow_to(known, kind))

    def _assign_attribute(self, target: ast.Attribute, kind: Type, value: ast.expr | None) -> None:
        base = self.expr(target.value)
        if isinstance(base, InstanceT):
            if not self._is_settable(base, target.attr):
                self.refuse("CW053", target, type=base, name=target.attr)
                return
            setter = base.cls.find_setter(target.attr)
            declared = self.attribute_declared(base, target.attr, target)
            if value is not None:
                self.flow_into(value, kind, declared)
            self.check_attribute(target, declared)
            self.types[target] = declared
            path = path_of(target)
            if path is not None:
                self.forget(path)
                if setter is None:
                    self.remember(path, narrow_to(declared, kind))
        elif base == JS:
            self.types[target] = JS
            if value is not None:
                self.check_js(value)
        elif base not in (NEVER,):
            self.refuse("CW074", target, what=f"attribute `{target.attr}` of {base}", advice="narrow the object first")

    def _is_settable(self, base: InstanceT, name: str) -> bool:
        cls = base.cls
        return any(found is not None for found in (cls.find_field(name), cls.find_setter(name), cls.find_method(name)))

    def _assign_item(self, target: ast.Subscript, kind: Type, value: ast.expr | None) -> None:
        base = self.expr(target.value)
        if isinstance(target.slice, ast.Slice):
            for bound in (target.slice.lower, target.slice.upper, target.slice.step):
                if bound is not None:
                    self.expr(bound)
            if not isinstance(base, ListT) or target.slice.step is not None:
                self.refuse("CW074", target, what=f"a slice of {base}", advice="build a new list")
            return
        key = self.expr(target.slice, base.key if isinstance(base, DictT) else None)
        path = path_of(target)
        if path is not None:
            self.forget(path)
        if isinstance(base, DictT):
            if base.key == NEVER:
                self.widen(target.value, DictT(key, kind))
                if not self.program.good_key(key):
                    self.refuse("CW059", target.slice, type=key)
            else:
                self.flow_into(target.slice, key, base.key)
                if value is not None:
                    self.flow_into(value, kind, base.value)
            if path is not None:
                self.remember(path, narrow_to(base.value, kind) if base.key != NEVER else kind)
        elif isinstance(base, ListT):
            if value is not None:
                self.flow_into(value, kind, base.item)
        elif isinstance(base, InstanceT) and base.cls.find_method("__setitem__") is not None:
            return
        elif base not in (JS, NEVER):
            self.refuse(
                "CW074", target, what=f"an item of {base}", advice="only lists, dicts and JavaScript values take items"
            )

    def _unpack(self, target: ast.Tuple | ast.List, kind: Type) -> None:
        stars = [index for index, item in enumerate(target.elts) if isinstance(item, ast.Starred)]
        if isinstance(kind, TupleT) and kind.rest is None:
            if len(stars) == 0 and len(kind.items) == len(target.elts):
                for item, inner in zip(target.elts, kind.items, strict=True):
                    self.assign(item, inner, None)
                return
            if len(stars) == 1 and len(kind.items) >= len(target.elts) - 1:
                after = len(target.elts) - stars[0] - 1
                middle = kind.items[stars[0] : len(kind.items) - after]
                spread = [*kind.items[: stars[0]], union(*middle), *kind.items[len(kind.items) - after :]]
                for item, inner in zip(target.elts, spread, strict=True):
                    self.assign(item, inner, None)
                return
        for member in members(kind):
            if isinstance(member, TupleT | ListT | IterT | SetT | DictT) or str(member) in (
                "str",
                "bytes",
                "any",
                "never",
            ):
                continue
            self.refuse("CW070", target, type=kind)
            break
        inner = self.iterate(target, kind) if kind not in (ANY, OBJECT) else ANY
        for item in target.elts:
            self.assign(item, inner, None)

    def bind(self, target: ast.expr, kind: Type) -> None:
        self.assign(target, kind, None)

    def _s_AugAssign(self, node: ast.AugAssign) -> None:
        symbol = SYMBOLS[type(node.op)]
        target = node.target
        left = self.expr(_as_load(target))
        right = self.expr(node.value, left if isinstance(left, ListT | SetT | DictT) else None)
        if isinstance(left, ListT) and symbol == "+":
            if left.item == NEVER:
                self.widen(_as_load(target), ListT(self.iterate(node.value, right)))
            self.types[target] = left
            return
        if isinstance(left, SetT | DictT):
            self.types[target] = left
            return
        kind = self.operate(node, symbol, left, right)
        if left == INT and kind == FLOAT:
            declared = self._declared(target)
            if declared == INT:
                self.refuse(
                    "CW055", node, operator=f"{symbol}=", left=left, right=right, advice="declare the target as float"
                )
        if left == FLOAT and kind == INT:
            self.refuse("CW060", node)
        self.types[target] = left
        if isinstance(target, ast.Name):
            self.forget(target.id)
            self.remember(target.id, kind)


def _is_partial(kind: Type) -> bool:
    return (isinstance(kind, ListT | SetT) and kind.item == NEVER) or (isinstance(kind, DictT) and kind.key == NEVER)


def narrow_to(declared: Type, kind: Type) -> Type:
    """What is known after storing a `kind` where `declared` is declared."""
    if declared == OBJECT:
        return kind
    if isinstance(declared, UnionT):
        if kind in (ANY, JS, OBJECT):
            return declared
        inside = [member for member in members(kind) if member in declared.members]
        if len(inside) == len(members(kind)):
            return kind
        shaped = [found for found in declared.members if any(same_shape(found, member) for member in members(kind))]
        return union(*shaped) if len(shaped) > 0 else declared
    return declared


def same_shape(declared: Type, kind: Type) -> bool:
    """Could a value of `kind` be this alternative?"""
    if isinstance(declared, InstanceT) and isinstance(kind, InstanceT):
        return declared.cls in kind.cls.family() or declared.cls.is_protocol
    return declared == kind or (
        type(declared) is type(kind) and not isinstance(kind, InstanceT) and type(kind) is not type(NONE)
    )


def _as_load(target: ast.expr) -> ast.expr:
    """The same place, read; the node itself keeps its identity."""
    return target
