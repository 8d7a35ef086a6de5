"""Collects the symbols of a module: imports, classes, functions, constants, aliases."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from build.compiler.errors import Reporter
from build.compiler.scopes.bindings import names_in
from build.compiler.symbols import (
    Alias,
    ClassInfo,
    Field,
    FunctionInfo,
    Imported,
    ModuleInfo,
    NewType,
    Symbol,
    TypeVariable,
    Variable,
)

TYPE_NAMES_TEXT = (
    "list dict set tuple frozenset Callable Awaitable Coroutine Iterator Iterable Sequence Mapping Literal Optional "
    "Union Generator type Annotated"
)
TYPE_NAMES = frozenset(TYPE_NAMES_TEXT.split())


class Collect:
    """Fills one ModuleInfo from its tree."""

    def __init__(self, module: ModuleInfo, report: Reporter) -> None:
        self.module = module
        self.report = report

    def run(self) -> None:
        self._body(self.module.tree.body)

    def _body(self, body: Iterable[ast.stmt]) -> None:
        for node in body:
            getattr(self, f"_{type(node).__name__}", self._blocks)(node)

    def _blocks(self, node: ast.AST) -> None:
        """The statements inside of another."""
        for name in ("body", "orelse", "finalbody"):
            self._body(getattr(node, name, ()))
        for handler in getattr(node, "handlers", ()):
            self._body(handler.body)

    def _bind(self, node: ast.stmt, *targets: ast.AST | None) -> None:
        for name in names_in(*(target for target in targets if target is not None)):
            self._variable(name, None, None, node)

    def _define(self, name: str, symbol: Symbol, node: ast.stmt) -> None:
        known = self.module.symbols.get(name)
        if isinstance(known, Imported) and isinstance(symbol, Imported):
            pass
        elif known is not None and not (isinstance(known, Variable) and isinstance(symbol, Variable)):
            self.report.refuse("CW043", node, name=name)
        self.module.symbols[name] = symbol

    def _For(self, node: ast.For) -> None:
        self._bind(node, node.target)
        self._blocks(node)

    def _With(self, node: ast.With) -> None:
        self._bind(node, *(item.optional_vars for item in node.items))
        self._blocks(node)

    def _Match(self, node: ast.Match) -> None:
        for case in node.cases:
            self._bind(node, case.pattern)
            self._body(case.body)

    def _Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._define(alias.asname or alias.name.split(".")[0], Imported(alias.name, None, node), node)

    def _ImportFrom(self, node: ast.ImportFrom) -> None:
        source = node.module or ""
        if source == "__future__":
            return
        for alias in node.names:
            self._define(alias.asname or alias.name, Imported(source, alias.name, node), node)

    def _FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._define(node.name, function_info(node, self.module), node)

    _AsyncFunctionDef = _FunctionDef

    def _ClassDef(self, node: ast.ClassDef) -> None:
        cls = ClassInfo(node.name, self.module, node)
        self._define(node.name, cls, node)
        fill_class(cls, node, self.module)

    def _AnnAssign(self, node: ast.AnnAssign) -> None:
        if not isinstance(node.target, ast.Name):
            return
        if _tail(node.annotation) == "TypeAlias" and node.value is not None:
            self._define(node.target.id, Alias(node.target.id, node.value), node)
            return
        self._variable(node.target.id, node.annotation, node.value, node)

    def _Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                self._assign_name(target.id, node)
            else:
                self._bind(node, target)

    def _assign_name(self, name: str, node: ast.Assign) -> None:
        value = node.value
        if isinstance(value, ast.Call) and _tail(value.func) in ("TypeVar", "ParamSpec"):
            bound = next((keyword.value for keyword in value.keywords if keyword.arg == "bound"), None)
            for constraint in value.args[1:]:
                bound = constraint if bound is None else ast.BinOp(bound, ast.BitOr(), constraint)
            self._define(name, TypeVariable(name, bound), node)
        elif isinstance(value, ast.Call) and _tail(value.func) == "NewType":
            self._define(name, NewType(name, value.args[1]), node)
        elif self._is_type(value):
            self._define(name, Alias(name, value), node)
        else:
            self._variable(name, None, value, node)

    def _AugAssign(self, node: ast.AugAssign) -> None:
        self._bind(node, node.target)

    def _variable(self, name: str, annotation: ast.expr | None, value: ast.expr | None, node: ast.stmt) -> None:
        known = self.module.symbols.get(name)
        if isinstance(known, Variable):
            known.assignments += 1
            return
        self._define(name, Variable(name, annotation, value, node), node)

    def _is_type(self, node: ast.expr) -> bool:
        """Does a module-level right side spell a type rather than a value?"""
        if isinstance(node, ast.Subscript):
            return _tail(node.value) in TYPE_NAMES
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return self._is_type_leaf(node.left) and self._is_type_leaf(node.right)
        return False

    def _is_type_leaf(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Constant):
            return node.value is None or isinstance(node.value, str)
        if isinstance(node, ast.Name):
            symbol = self.module.symbols.get(node.id)
            builtin = node.id in ("int", "str", "float", "bool", "bytes", "object", "list", "dict", "set", "tuple")
            return builtin or isinstance(symbol, ClassInfo | Alias | Imported | NewType)
        return isinstance(node, ast.Attribute) or self._is_type(node)


def function_info(
    node: ast.FunctionDef | ast.AsyncFunctionDef, module: ModuleInfo, cls: ClassInfo | None = None
) -> FunctionInfo:
    kind = "function"
    if cls is not None:
        tails = [_tail(decorator) for decorator in node.decorator_list]
        kinds = {"property": "getter", "staticmethod": "static", "classmethod": "class", "setter": "setter"}
        kind = next((kinds[tail] for tail in tails if tail in kinds), "method")
    return FunctionInfo(node.name, node, module, cls, kind)


def fill_class(cls: ClassInfo, node: ast.ClassDef, module: ModuleInfo) -> None:
    """Methods, fields of the body, and attributes that methods set on self."""
    for item in node.body:
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
            info = function_info(item, module, cls)
            if info.kind == "setter":
                cls.setters[item.name] = info
            else:
                cls.methods[item.name] = info
        elif isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            tail = _tail(item.annotation)
            cls.fields[item.target.id] = Field(
                item.target.id, item.annotation, item.value, item, in_body=True, class_var=tail == "ClassVar"
            )
        elif isinstance(item, ast.Assign):
            for target in item.targets:
                if isinstance(target, ast.Name):
                    cls.fields[target.id] = Field(target.id, None, item.value, item, in_body=True, class_var=True)
    for method in cls.methods.values():
        _self_attributes(cls, method)
    for decorator in node.decorator_list:
        if _tail(decorator) == "dataclass":
            cls.is_dataclass = True
            _dataclass_options(cls, decorator)


def _dataclass_options(cls: ClassInfo, decorator: ast.expr) -> None:
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    for keyword in keywords:
        on = isinstance(keyword.value, ast.Constant) and keyword.value.value is True
        if keyword.arg == "frozen":
            cls.frozen = on
        elif keyword.arg == "eq":
            cls.eq = on
        elif keyword.arg == "order":
            cls.order = on


def _self_attributes(cls: ClassInfo, method: FunctionInfo) -> None:
    if method.kind not in ("method",) or len(method.node.args.args) == 0:
        return
    own = method.node.args.args[0].arg
    for node in ast.walk(method.node):
        targets: list[ast.expr] = []
        annotation: ast.expr | None = None
        value: ast.expr | None = None
        if isinstance(node, ast.AnnAssign):
            targets, annotation, value = [node.target], node.annotation, node.value
        elif isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        for target in targets:
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == own:
                known = cls.fields.get(target.attr)
                if known is None or (known.annotation is None and annotation is not None):
                    assert isinstance(node, ast.stmt)
                    cls.fields[target.attr] = Field(target.attr, annotation, value, node, method)


def _tail(node: ast.expr) -> str:
    if isinstance(node, ast.Call | ast.Subscript):
        return _tail(node.func if isinstance(node, ast.Call) else node.value)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
