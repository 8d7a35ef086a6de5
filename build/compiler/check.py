"""The subset's rules about syntax: what can be refused without knowing any type."""

from __future__ import annotations

import ast

from build.compiler.errors import Reporter
from build.compiler.subset import (
    DATACLASS_OPTIONS,
    FUNCTION_DECORATORS,
    REFUSED_BASES,
    REFUSED_NAMES,
    SPECIAL_METHODS,
    STDLIB,
)
from build.compiler.syntax import (
    dotted_name,
    header,
    is_constant,
    is_docstring,
    is_future,
    is_main_guard,
    is_type_checking,
    yields,
)
from build.compiler.typing_names import package_of

EXACT_LIMIT = 2**53


class Check(ast.NodeVisitor):
    """Walks one module and reports what the subset leaves out."""

    def __init__(self, tree: ast.Module, report: Reporter, package: str) -> None:
        self.tree = tree
        self.package = package
        self.report = report
        self.depth = 0
        self.super_calls: set[ast.AST] = set()
        self.places: list[str] = ["module"]

    def run(self) -> None:
        body = [node for node in self.tree.body if not is_docstring(node)]
        if len(body) > 0 and not is_future(body[0]):
            self.report.refuse("CW015", body[0])
        for node in self.tree.body:
            self.visit(node)

    # Imports

    def visit_Import(self, node: ast.Import) -> None:
        self._import_place(node)
        for alias in node.names:
            if alias.name == "contextlib":
                self.report.refuse("CW021", node, name=alias.name)
            elif package_of(alias.name) == self.package and "." in alias.name:
                package, _, last = alias.name.rpartition(".")
                self.report.refuse("CW016", node, name=alias.name, package=package, last=last)
            elif alias.name not in STDLIB:
                self.report.refuse("CW010", node, name=alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self._import_place(node)
        if node.level > 0:
            self.report.refuse("CW013", node)
        elif any(alias.name == "*" for alias in node.names):
            self.report.refuse("CW011", node)
        elif node.module == "contextlib":
            self.report.refuse("CW021", node, name=f"contextlib.{node.names[0].name}")
        elif node.module == "re":
            self.report.refuse("CW080", node, what="an import from re")

    def _import_place(self, node: ast.stmt) -> None:
        if self.depth > 0:
            self.report.refuse("CW012", node)

    # Definitions

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._decorators(node)
        self._special(node)
        if isinstance(node, ast.AsyncFunctionDef) and yields(node):
            self.report.refuse("CW035", header(node), what="def` with `yield")
        self._parameters(node.args, node)
        self._annotations(node)
        self._inside("function", node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._parameters(node.args, node)
        self.places.append("lambda")
        self.visit(node.body)
        self.places.pop()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if self.depth > 0:
            self.report.refuse("CW031", node, where=self.places[-1])
            return
        for keyword in node.keywords:
            self.report.refuse("CW028", keyword.value, name=keyword.arg or "**")
        self._bases(node)
        for decorator in node.decorator_list:
            if dotted_name(decorator) not in ("dataclass", "dataclasses.dataclass"):
                self.report.refuse("CW026", decorator, name=dotted_name(decorator))
            self._options(decorator)
        self._inside("class", node.body)

    def _options(self, decorator: ast.expr) -> None:
        """Of a dataclass: `frozen`, `eq`, `order`; `True` and `False` as they are."""
        for keyword in decorator.keywords if isinstance(decorator, ast.Call) else []:
            is_plain = isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, bool)
            if keyword.arg not in DATACLASS_OPTIONS or not is_plain:
                advice = f"only {', '.join(DATACLASS_OPTIONS)}, with True or False"
                detail = f"`{ast.unparse(keyword)}`"
                self.report.refuse("CW068", keyword.value, name="dataclass", detail=detail, advice=advice)

    def _inside(self, place: str, body: list[ast.stmt]) -> None:
        self.depth += 1
        self.places.append(place)
        for node in body:
            self.visit(node)
        self.places.pop()
        self.depth -= 1

    def _bases(self, node: ast.ClassDef) -> None:
        names = [dotted_name(base) for base in node.bases]
        for base, name in zip(node.bases, names, strict=True):
            if name in REFUSED_BASES:
                self.report.refuse("CW032", base, name=name)

    def _decorators(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for decorator in node.decorator_list:
            name = dotted_name(decorator)
            in_class = self.places[-1] == "class"
            if name.rpartition(".")[2] in ("contextmanager", "asynccontextmanager"):
                self.report.refuse("CW021", decorator, name=name)
                continue
            if in_class and (name in FUNCTION_DECORATORS or name == f"{node.name}.setter"):
                continue
            self.report.refuse("CW026", decorator, name=name)

    def _special(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        special = node.name.startswith("__") and node.name.endswith("__")
        if self.places[-1] == "class" and special and node.name not in SPECIAL_METHODS:
            self.report.refuse("CW029", node, name=node.name)

    def _parameters(self, args: ast.arguments, node: ast.AST) -> None:
        for star in (args.vararg, args.kwarg):
            if star is not None:
                self.report.refuse("CW030", star, name=getattr(node, "name", "lambda"))
        for default in [*args.defaults, *args.kw_defaults]:
            if default is not None and not is_constant(default):
                self.report.refuse("CW037", default)

    def _annotations(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        params = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        in_class = self.places[-1] == "class"
        is_static = any(dotted_name(decorator) == "staticmethod" for decorator in node.decorator_list)
        for index, param in enumerate(params):
            if param.annotation is None and not (in_class and index == 0 and not is_static):
                self.report.refuse("CW038", param, name=param.arg)
        if node.returns is None:
            self.report.refuse("CW038", header(node), name=node.name)

    # Statements

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            name = target.id if isinstance(target, ast.Name) else ""
            is_special = name.startswith("__") and name.endswith("__") and name != "__match_args__"
            if is_special and self.places[-1] == "class":
                advice = "leave it out: it means nothing in JavaScript"
                self.report.refuse("CW034", target, what=f"`{name}` of a class", advice=advice)
        self.generic_visit(node)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> None:
        self.report.refuse("CW035", header(node), what="for")

    def visit_Global(self, node: ast.Global) -> None:
        self.report.refuse("CW022", node)

    def visit_Assert(self, node: ast.Assert) -> None:
        self.report.refuse("CW033", node)

    def visit_TryStar(self, node: ast.TryStar) -> None:
        self.report.refuse("CW034", header(node), what="`except*`", advice="catch one error at a time")

    def visit_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            if not isinstance(target, ast.Subscript):
                what = "an attribute" if isinstance(target, ast.Attribute) else "a name"
                self.report.refuse("CW023", target, what=what)
        self.generic_visit(node)

    def visit_For(self, node: ast.For) -> None:
        self._loop(node)

    def visit_While(self, node: ast.While) -> None:
        self._loop(node)

    def _loop(self, node: ast.For | ast.While) -> None:
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        if is_main_guard(node.test):
            self.report.refuse("CW017", header(node))
            return
        if is_type_checking(node.test):
            return
        self.generic_visit(node)

    # Expressions

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        if self.places[-1] != "function":
            self.report.refuse("CW025", node, where=self.places[-1])
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        if node.is_async:
            self.report.refuse("CW035", node.target, what="for")
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if isinstance(node.op, ast.MatMult):
            self.report.refuse("CW034", node, what="`@`", advice="call a function")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if isinstance(value, complex):
            self.report.refuse("CW034", node, what="a complex number", advice="use two floats")
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) > EXACT_LIMIT:
            self.report.refuse("CW039", node, value=value)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load) and node.id in REFUSED_NAMES and REFUSED_NAMES[node.id] != "":
            self.report.refuse("CW036", node, name=node.id, advice=REFUSED_NAMES[node.id])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.visit(node.target)
        if node.value is not None:
            self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        is_super = isinstance(node.func, ast.Name) and node.func.id == "super"
        if is_super and (node not in self.super_calls or "class" not in self.places):
            self.report.refuse("CW041", node)
        if isinstance(node.func, ast.Attribute):
            self.super_calls.add(node.func.value)
        is_print = isinstance(node.func, ast.Name) and node.func.id == "print"
        for argument in node.args:
            if isinstance(argument, ast.Starred) and not is_print:
                self.report.refuse("CW040", argument)
        for keyword in node.keywords:
            if keyword.arg is None:
                self.report.refuse("CW040", keyword.value)
        self.generic_visit(node)
