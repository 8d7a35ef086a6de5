"""What names stand for: modules, classes, functions, variables."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from build.compiler.static_type import Type


@dataclass(eq=False)
class Variable:
    """A module-level variable or constant."""

    name: str
    annotation: ast.expr | None
    value: ast.expr | None
    node: ast.stmt
    assignments: int = 1
    type: Type | None = None


@dataclass(eq=False)
class Field:
    """An attribute of instances, or a class constant when `class_value` is given outside a dataclass."""

    name: str
    annotation: ast.expr | None
    value: ast.expr | None
    node: ast.stmt
    method: FunctionInfo | None = None
    in_body: bool = False
    class_var: bool = False
    type: Type | None = None


@dataclass(eq=False)
class FunctionInfo:
    """A function or method. `kind`: function, method, static, class, getter, setter."""

    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef
    module: ModuleInfo
    cls: ClassInfo | None = None
    kind: str = "function"

    @property
    def is_async(self) -> bool:
        return isinstance(self.node, ast.AsyncFunctionDef)

    def parameters(self) -> list[ast.arg]:
        """Those of a method, in their order, without its object."""
        args = self.node.args
        return [*args.posonlyargs, *args.args, *args.kwonlyargs][1:]


@dataclass(eq=False)
class ClassInfo:
    """A class; `builtin` ones (exceptions) live in the runtime."""

    name: str
    module: ModuleInfo | None
    node: ast.ClassDef | None
    base: ClassInfo | None = None
    type_vars: tuple[str, ...] = ()
    base_args: tuple[Type, ...] = ()  # what the base is given for its own
    fields: dict[str, Field] = field(default_factory=dict)
    methods: dict[str, FunctionInfo] = field(default_factory=dict)
    setters: dict[str, FunctionInfo] = field(default_factory=dict)
    is_protocol: bool = False
    is_dataclass: bool = False
    frozen: bool = False
    order: bool = False
    eq: bool = True
    is_exception: bool = False
    is_enum: bool = False
    members: dict[str, int | float | str] = field(default_factory=dict)  # of an enum, by name

    def family(self) -> list[ClassInfo]:
        """This class and its ancestors, nearest first."""
        chain: list[ClassInfo] = []
        current: ClassInfo | None = self
        while current is not None and current not in chain:
            chain.append(current)
            current = current.base
        return chain

    def is_error(self) -> bool:
        return any(ancestor.is_exception for ancestor in self.family())

    def find_field(self, name: str) -> Field | None:
        """The declaration of an attribute: an annotated one before a mere assignment in a method."""
        found = [cls.fields[name] for cls in self.family() if name in cls.fields]
        return next(
            (item for item in found if item.annotation is not None or item.in_body), found[0] if found else None
        )

    def find_constant(self, name: str) -> Field | None:
        """The nearest value given in a class body."""
        found = [cls.fields[name] for cls in self.family() if name in cls.fields]
        return next((item for item in found if item.in_body and item.value is not None), None)

    def find_method(self, name: str) -> FunctionInfo | None:
        return next((cls.methods[name] for cls in self.family() if name in cls.methods), None)

    def find_setter(self, name: str) -> FunctionInfo | None:
        return next((cls.setters[name] for cls in self.family() if name in cls.setters), None)

    def dataclass_fields(self) -> list[Field]:
        """Fields in constructor order; a field declared again keeps its first place."""
        found: dict[str, Field] = {}
        for cls in reversed(self.family()):
            if cls.is_dataclass:
                found.update(
                    {name: field for name, field in cls.fields.items() if field.in_body and not field.class_var}
                )
        return list(found.values())

    def has_equality(self) -> bool:
        return any((cls.is_dataclass and cls.eq) or "__eq__" in cls.methods for cls in self.family())


@dataclass(eq=False)
class Alias:
    """A type alias, written as an expression."""

    name: str
    value: ast.expr


@dataclass(eq=False)
class TypeVariable:
    name: str
    bound: ast.expr | None


@dataclass(eq=False)
class NewType:
    name: str
    base: ast.expr


@dataclass(eq=False)
class Imported:
    """A name from another module; `name` is None when it is the module itself."""

    module: str
    name: str | None
    node: ast.stmt


Symbol = Variable | FunctionInfo | ClassInfo | Alias | TypeVariable | NewType | Imported


@dataclass(eq=False)
class ModuleInfo:
    """The names of one module."""

    name: str
    path: str
    tree: ast.Module
    symbols: dict[str, Symbol] = field(default_factory=dict)
