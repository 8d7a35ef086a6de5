"""Enum: a class whose members are made once, and found again by value and by name."""

from __future__ import annotations

import ast

from build.compiler.errors import Reporter
from build.compiler.modules import Modules
from build.compiler.symbols import ClassInfo, Field, ModuleInfo
from build.compiler.syntax import is_docstring
from build.compiler.types import STR, InstanceT, Type, union
from build.compiler.typing_names import constant_type

METHODS = frozenset({"__str__", "__repr__", "__lt__"})
# What an enum or a function of JavaScript has already.
TAKEN = frozenset({"name", "value", "mro", "length", "prototype", "arguments", "caller", "constructor"})
Value = int | float | str


def is_enum_base(node: ast.expr, module: ModuleInfo, modules: Modules) -> bool:
    return modules.library_name(node, module) == "enum.Enum"


class Members:
    """Reads the body of one enum: `cls.members` are the values by name, and `name` and `value` become attributes."""

    def __init__(
        self, cls: ClassInfo, node: ast.ClassDef, module: ModuleInfo, modules: Modules, report: Reporter
    ) -> None:
        self.cls = cls
        self.node = node
        self.module = module
        self.modules = modules
        self.report = report

    def run(self) -> None:
        for decorator in self.node.decorator_list:
            self._refuse(decorator, "a decorator of an Enum", "leave it out")
        for item in self.node.body:
            if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
                self._method(item)
            elif isinstance(item, ast.Assign) and len(item.targets) == 1 and isinstance(item.targets[0], ast.Name):
                self._member(item.targets[0], item.value)
            elif not is_docstring(item) and not isinstance(item, ast.Pass):
                self._refuse(item, "this in an Enum", "members are assigned one by one: RED = 1")
        kinds = [constant_type(value) for value in self.cls.members.values()]
        own: dict[str, Type] = {"name": STR, "value": union(*kinds)}
        for name, kind in own.items():
            self.cls.fields[name] = Field(name, None, None, self.node, type=kind)
        for name in self.cls.members:
            self.cls.fields[name].type = InstanceT(self.cls)

    def _refuse(self, node: ast.AST, what: str, advice: str) -> None:
        self.report.refuse("CW034", node, what=what, advice=advice)

    def _method(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        if node.name.startswith("__") and node.name not in METHODS:
            self._refuse(node, f"`{node.name}` of an Enum", "write a method with a plain name")

    def _member(self, target: ast.Name, node: ast.expr) -> None:
        name = target.id
        value = self._value(node)
        if name.startswith("_") or name in TAKEN:
            self._refuse(target, f"a member called `{name}`", "give it another name")
        elif value is None:
            self._refuse(node, f"the value of `{name}`", "a member's value is an int, a text, a float or auto()")
        elif value in self.cls.members.values() or name in self.cls.members:
            self._refuse(node, f"a second `{name}` or {value!r}", "each member has a name and a value of its own")
        else:
            self.cls.members[name] = value

    def _value(self, node: ast.expr) -> Value | None:
        if isinstance(node, ast.Call) and self.modules.library_name(node.func, self.module) == "enum.auto":
            return self._next() if len(node.args) + len(node.keywords) == 0 else None
        try:
            value = ast.literal_eval(node)
        except ValueError:
            return None
        return value if isinstance(value, int | float | str) and not isinstance(value, bool) else None

    def _next(self) -> int | None:
        """What auto() gives: CPython before 3.13 goes on from the last value, later ones from the highest."""
        before = [value for value in self.cls.members.values() if isinstance(value, int)]
        rises = len(before) == len(self.cls.members) and before == sorted(before)
        return None if not rises else before[-1] + 1 if len(before) > 0 else 1
