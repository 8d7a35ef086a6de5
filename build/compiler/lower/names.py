"""Names, attributes, methods as values."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.builtins import EXCEPTIONS, QUALIFIED
from build.compiler.lower.nothing import is_none
from build.compiler.lower.ranges import Ranges
from build.compiler.nodes import Arrow, Binary, Id, Js, Member
from build.compiler.symbols import ClassInfo, FunctionInfo, Imported, Variable
from build.compiler.types import (
    JS,
    BuiltinT,
    ClassT,
    DequeT,
    FunctionT,
    InstanceT,
    ModuleT,
    Type,
    members,
)
from build.compiler.typing_names import is_bridge

MATH = {"math.inf": "Infinity", "math.nan": "NaN", "math.pi": "Math.PI", "math.e": "Math.E"}
RENAMED_EXCEPTIONS = {"TypeError": "PyTypeError"}
SPECIAL = {"__str__": "toString", "__iter__": "[Symbol.iterator]"}


class Names(Ranges):
    """Name and Attribute."""

    def _Name(self, node: ast.Name) -> Js:
        return self.name(node.id, node)

    def name(self, name: str, node: ast.expr) -> Js:
        """A name as JavaScript says it: `this`, a local, an import, a helper."""
        found = self.scope.find(name)
        if found is not None:
            local, scope = found
            if name in self.stand_ins and local.kind == "local":
                return self.stand_ins[name]
            if name == self.own_name and local.kind == "param" and scope.node is self.own_node:
                return Id("this", place=self.place(node))
            return Id(self.js_name(name), place=self.place(node, name))
        symbol = self.program.modules.resolve(self.module, name)
        if symbol is None:
            return self._builtin(name, node)
        return self.symbol(name, node)

    own_node: ast.AST | None = None

    def symbol(self, name: str, node: ast.expr) -> Js:
        """A module-level name of this module or an imported one."""
        declared = self.module.symbols.get(name)
        if isinstance(declared, Imported):
            return self.imported(declared, name, node)
        return Id(self.js_name(name), place=self.place(node, name))

    def imported(self, symbol: Imported, name: str, node: ast.expr) -> Js:
        module = self.program.modules.imported_module(symbol)
        if module is not None and module in self.program.modules:
            self.used_imports[(module, None)] = self.js_name(name)
            return Id(self.js_name(name))
        if module is not None:
            raise self.refuse("CW073", node, what=f"module `{name}`", advice="name the function you want")
        home = self.program.modules.home(self.module, name)
        if home is not None and home[0] in self.program.modules and home[0] != self.module.name:
            self.used_imports[home] = self.js_name(name)
            return Id(self.js_name(name), place=self.place(node, name))
        kind = self.t(node)
        if isinstance(kind, ClassT):
            return self.class_reference(kind.cls, node)
        if isinstance(kind, BuiltinT):
            return self.builtin_value(kind.name, node)
        if symbol.module == "math":
            return b.path(MATH[f"math.{symbol.name}"])
        if is_bridge(symbol.module) and symbol.name == "window":
            return Id("globalThis")
        raise self.refuse("CW052", node, name=name)

    def class_reference(self, cls: ClassInfo, node: ast.AST) -> Js:
        """The class itself, imported where it is not of this module."""
        if cls.node is None:
            return self.helper(RENAMED_EXCEPTIONS.get(cls.name, cls.name))
        if cls.module is self.module:
            return Id(self.js_name(cls.name), place=self.place(node, cls.name))
        assert cls.module is not None
        known = (name for name in self.module.symbols if self.program.modules.resolve(self.module, name) is cls)
        local = next(known, f"{cls.name}$" if cls.name in self.taken else cls.name)
        self.used_imports[(cls.module.name, cls.name)] = self.js_name(local)
        return Id(self.js_name(local), place=self.place(node, cls.name))

    def _builtin(self, name: str, node: ast.expr) -> Js:
        if name in EXCEPTIONS and name not in QUALIFIED:
            return self.helper(RENAMED_EXCEPTIONS.get(name, name))
        if name == "__name__":
            return b.text(self.module.name)
        return self.builtin_value(name, node)

    def builtin_value(self, name: str, node: ast.expr) -> Js:
        """A built-in function handed over as a value."""
        raise NotImplementedError

    # Attributes

    def _Attribute(self, node: ast.Attribute) -> Js:
        base = self.t(node.value)
        if isinstance(base, ModuleT):
            return self._module_member(base, node)
        if isinstance(base, ClassT):
            return self._class_member(base, node)
        if isinstance(base, BuiltinT):
            return self._builtin_member(base, node)
        method = self._method_of(base, node.attr)
        target = self.expr(node.value)
        if isinstance(base, DequeT):
            return self.help("maxlenOf", target)
        if node.attr == "__cause__":
            return Binary("??", Member(target, "cause", place=self.place(node, "cause")), b.NULL)
        if method is not None and method.kind != "getter" and base != JS:
            return self._bound(node, target, method)
        found = Member(target, self.attribute_name(base, node.attr), place=self.place(node, node.attr))
        return found if method is None or not is_none(method.node.returns) else self.or_none(node, found)

    def attribute_name(self, base: Type, name: str) -> str:
        """Objects of JavaScript and of the runtime keep their property names; ours are ours to name."""
        if name in SPECIAL:
            return SPECIAL[name]
        return name if base == JS or _is_of_runtime(base) else self.prop(name, base)

    def _method_of(self, base: Type, name: str) -> FunctionInfo | None:
        for member in members(base):
            if isinstance(member, InstanceT):
                if member.cls.find_field(name) is not None:
                    return None
                method = member.cls.find_method(name)
                if method is not None:
                    return method
        return None

    def _bound(self, node: ast.Attribute, target: Js, method: FunctionInfo) -> Js:
        """A method as a value stays with its object."""
        base = self.t(node.value)
        if node in self.inferred.called and method.kind in ("static", "class"):
            target = Member(target, "constructor")
        if node in self.inferred.called:
            return Member(target, self.prop(node.attr, base), place=self.place(node, node.attr))
        if method.kind == "static" or method.kind == "class":
            raise self.refuse("CW073", node, what="a static method of an instance", advice="reach it through its class")
        if _is_inside_this(target) and self.is_settled(node.value):
            given: list[Js] = [Id(self.js_name(arg.arg)) for arg in method.parameters()]
            return Arrow(given, b.method(target, self.prop(node.attr, base), *given), place=self.place(node, node.attr))
        first, again = self.twice(node.value, target)
        return self.help("bound", Member(first, self.prop(node.attr, base), place=self.place(node, node.attr)), again)

    def _module_member(self, base: ModuleT, node: ast.Attribute) -> Js:
        if is_bridge(base.name):
            if node.attr == "window":
                return Id("globalThis", place=self.place(node))
            if node.attr == "Failure":
                return self.helper("Failure")
            return self.builtin_value(f"js.{node.attr}", node)
        if base.name in self.program.modules:
            kind = self.t(node)
            if isinstance(kind, ClassT) and kind.cls.node is None:
                return self.helper(kind.cls.name)
            return Member(self.expr(node.value), self.js_name(node.attr), place=self.place(node, node.attr))
        full = f"{base.name}.{node.attr}"
        if full in MATH:
            return b.path(MATH[full])
        if full == "json.JSONDecodeError":
            return self.helper("JSONDecodeError")
        return self.builtin_value(full, node)

    def _class_member(self, base: ClassT, node: ast.Attribute) -> Js:
        target = self.expr(node.value)
        if node.attr == "__name__":
            if self._is_class_itself(node.value):
                return b.text(base.cls.name)
            return Member(Member(target, "prototype"), "__name__", place=self.place(node, node.attr))
        item = base.cls.find_constant(node.attr)
        if node.attr in base.cls.members:
            return Member(target, self.prop(node.attr, base), place=self.place(node, node.attr))
        if item is not None:
            if item.value is not None and base.cls.is_dataclass and not item.class_var:
                return self.expr_elsewhere(item.value, base.cls)
            return Member(Member(target, "prototype"), self.prop(node.attr, base), place=self.place(node, node.attr))
        if node in self.inferred.called:
            return Member(target, self.prop(node.attr, base), place=self.place(node, node.attr))
        first, again = self.twice(node.value, target)
        return self.help("bound", Member(first, self.prop(node.attr, base)), again)

    def _is_class_itself(self, node: ast.expr) -> bool:
        """A class by its name, not a variable that holds one."""
        if isinstance(node, ast.Name):
            found = self.program.modules.resolve(self.module, node.id)
            return self.scope.find(node.id) is None and not isinstance(found, Variable)
        return isinstance(node, ast.Attribute) and isinstance(self.t(node.value), ModuleT)

    def expr_elsewhere(self, value: ast.expr, cls: ClassInfo) -> Js:
        if isinstance(value, ast.Constant):
            return self.expr(value)
        raise self.refuse("CW073", value, what="the default of a field", advice="make it a constant of the module")

    def _builtin_member(self, base: BuiltinT, node: ast.Attribute) -> Js:
        if base.name == "typeof":
            assert isinstance(node.value, ast.Call)
            return Member(self.expr(node.value.args[0]), "__name__")
        if base.name == "str" and isinstance(self.t(node), FunctionT):
            return self.text_method(node.attr)
        raise self.refuse("CW073", node, what=f"`{base.name}.{node.attr}`", advice="call it")

    def text_method(self, name: str) -> Js:
        """`str.lower` as a function of the text."""
        raise NotImplementedError


def _is_inside_this(target: Js) -> bool:
    """`this`, or an attribute of it: no parameter can hide it."""
    while isinstance(target, Member):
        target = target.object
    return isinstance(target, Id) and target.name == "this"


def _is_of_runtime(base: Type) -> bool:
    """Is this an exception of Python's own?"""
    return all(isinstance(member, InstanceT) and member.cls.node is None for member in members(base))
