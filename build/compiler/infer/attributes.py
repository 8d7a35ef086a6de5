"""Types of attributes: of modules, objects, classes, built-ins."""

from __future__ import annotations

import ast

from build.compiler.builtins import EXCEPTIONS
from build.compiler.infer.base import is_bare, path_of
from build.compiler.infer.generics import substitute
from build.compiler.infer.methods import BYTES_STATIC, INT_STATIC, STR_METHODS, built_in_method
from build.compiler.infer.names import Names
from build.compiler.symbols import ClassInfo, Field
from build.compiler.types import (
    ANY,
    ARGUMENT,
    INT,
    JS,
    NEVER,
    NONE,
    STR,
    BuiltinT,
    ClassT,
    DequeT,
    FunctionT,
    InstanceT,
    MatchT,
    ModuleT,
    Param,
    PatternT,
    TupleT,
    Type,
    UnionT,
    VarT,
    has_none,
    members,
    union,
)
from build.compiler.typing_names import is_bridge


class Attributes(Names):
    """Attribute."""

    def _Attribute(self, node: ast.Attribute, want: Type | None) -> Type:
        self.receivers.add(node.value)
        base = self.expr(node.value)
        narrowed = self.narrowed(path_of(node))
        if narrowed is not None:
            return narrowed
        return self.attribute(base, node.attr, node)

    def attribute(self, base: Type, name: str, node: ast.expr) -> Type:
        """The type of `base.name`; every alternative of a union must have it."""
        if has_none(base):
            self.refuse("CW053", node, type=base, name=name)
            return ANY
        kinds = [self._member_attribute(member, name, node) for member in members(base)]
        called = [tuple(param.name for param in kind.params or ()) for kind in kinds if isinstance(kind, FunctionT)]
        if len(set(called)) > 1:  # equal types, but a keyword may mean another place
            return UnionT(tuple(kinds))
        return union(*kinds)

    def _member_attribute(self, base: Type, name: str, node: ast.expr) -> Type:
        if base == JS:
            return JS
        if isinstance(base, ModuleT):
            return self._module_attribute(base, name, node)
        if isinstance(base, InstanceT):
            return self._instance_attribute(base, name, node)
        if isinstance(base, ClassT):
            return self._class_attribute(base.cls, name, node)
        if isinstance(base, BuiltinT):
            return self._static_attribute(base, name, node)
        if isinstance(base, VarT):
            return self.attribute(base.bound, name, node)
        if base == NEVER:
            return NEVER
        if isinstance(base, PatternT | MatchT):
            return self.pattern_attribute(base, name, node)
        if isinstance(base, DequeT) and name == "maxlen":
            return union(INT, NONE)
        method = built_in_method(base, name)
        if method is not None:
            if node not in self.called:
                self.refuse("CW073", node, what=f"the method `{name}` of {base}", advice="call it, or write a lambda")
            return method
        if base == ANY or str(base) == "object":
            self.refuse("CW054", node, what=f"attribute `{name}`", type=base)
        else:
            self.refuse("CW069", node, type=base, name=name)
        return ANY

    def pattern_attribute(self, base: PatternT | MatchT, name: str, node: ast.expr) -> Type:
        raise NotImplementedError

    def _module_attribute(self, base: ModuleT, name: str, node: ast.expr) -> Type:
        if is_bridge(base.name):
            return self.module_member("js", name, node)
        if base.name in self.program.modules:
            module = self.program.modules[base.name]
            symbol = self.program.modules.resolve(module, name)
            if symbol is None:
                self.refuse("CW014", node, module=base.name, name=name)
                return ANY
            home = self.program.modules.home(module, name)
            return self.symbol_value(symbol, self.program.modules[home[0]] if home is not None else module, node)
        return self.module_member(base.name, name, node)

    def _instance_attribute(self, base: InstanceT, name: str, node: ast.expr) -> Type:
        answers = class_answers(base)
        item = base.cls.find_field(name)
        if item is not None and name not in base.cls.members:
            return substitute(self.field_type(base.cls, item), answers)
        method = base.cls.find_method(name)
        if method is not None:
            kind = self.function_type(method)
            return substitute(kind.result if method.kind == "getter" else kind, answers)
        if base.cls.is_error():
            if name == "args":
                return TupleT((), ARGUMENT)
            if name in ("name", "message") and base.cls.name == "Failure":
                return STR
            if name == "__cause__":
                return union(InstanceT(EXCEPTIONS["Exception"]), NONE)
        self.refuse("CW053", node, type=base, name=name)
        return ANY

    def field_type(self, cls: ClassInfo, item: Field) -> Type:
        """Declared, or inferred from the value that __init__ gives it."""
        if item.type is None:
            owner = next((info.module for info in cls.family() if item in info.fields.values()), None)
            item.type = ANY
            if owner is None:
                return ANY
            if (
                item.annotation is not None
                and not is_bare(item.annotation, "Final")
                and not is_bare(item.annotation, "ClassVar")
            ):
                item.type = self.program.annotations.type_of(item.annotation, owner, cls)
            elif item.value is not None:
                item.type = self.peek(item.value, owner, item.method)
        return item.type

    def _class_attribute(self, cls: ClassInfo, name: str, node: ast.expr) -> Type:
        if name == "__name__":
            self.program.needs.names = True
            return STR
        item = cls.find_constant(name)
        if item is not None:
            return self.field_type(cls, item)
        method = cls.find_method(name)
        if method is not None and method.kind in ("static", "class"):
            return self.function_type(method)
        self.refuse("CW053", node, type=f"class {cls.name}", name=name)
        return ANY

    def _static_attribute(self, base: BuiltinT, name: str, node: ast.expr) -> Type:
        table = {"int": INT_STATIC, "bytes": BYTES_STATIC}.get(base.name, {})
        if name in table:
            return table[name]
        if base.name == "str" and name in STR_METHODS and node not in self.called:
            method = STR_METHODS[name]
            needed = [param for param in method.params or () if not param.has_default]
            if len(needed) > 0:
                self.refuse("CW073", node, what=f"`str.{name}`", advice="write a lambda")
            return FunctionT((Param("", STR),), method.result, f"str.{name}", is_built_in=True)
        if base.name == "dict" and name == "fromkeys":
            return BuiltinT("dict.fromkeys")
        if base.name == "itertools.chain" and name == "from_iterable":
            return BuiltinT("itertools.chain.from_iterable")
        if base.name == "typeof" and name == "__name__":
            self.program.needs.names = True
            return STR
        self.refuse("CW053", node, type=f"`{base.name}`", name=name)
        return ANY


def class_answers(base: InstanceT) -> dict[str, Type]:
    return dict(zip(base.cls.type_vars, base.args, strict=False))
