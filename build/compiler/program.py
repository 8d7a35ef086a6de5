"""All modules of one compilation: names across modules and the meaning of annotations."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from build.compiler.builtins import EXCEPTIONS, FUNCTIONS, QUALIFIED
from build.compiler.collect import Collect
from build.compiler.errors import Reporter
from build.compiler.exposure import Exposure
from build.compiler.source import SourceModule
from build.compiler.symbols import Alias, ClassInfo, Imported, ModuleInfo, NewType, Symbol, TypeVariable
from build.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    JS,
    NEVER,
    NONE,
    OBJECT,
    STR,
    BuiltinT,
    ClassT,
    CoroutineT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    MatchT,
    ModuleT,
    Param,
    PatternT,
    SetT,
    TupleT,
    Type,
    UnionT,
    VarT,
    members,
    union,
)

JS_MODULE = "widget.browser.js"
TYPING = {"typing", "collections.abc", "dataclasses", "__future__", "types"}
STDLIB_VALUES = {"json", "math", "re"}
OF_RE: dict[str, Type] = {"Pattern": PatternT(), "Match": MatchT()}
PRIMITIVES: dict[str, Type] = {
    "int": INT,
    "str": STR,
    "float": FLOAT,
    "bool": BOOL,
    "bytes": BYTES,
    "object": OBJECT,
    "None": NONE,
    "Any": ANY,
    "list": ListT(ANY),
    "dict": DictT(ANY, ANY),
    "set": SetT(ANY),
    "frozenset": SetT(ANY),
    "tuple": TupleT((), ANY),
    "Never": NEVER,
    "NoReturn": NEVER,
    "bytearray": BYTES,
}
AWAITABLES = {"Coroutine", "Awaitable"}
ITERABLES = {
    "Iterable": "iterable",
    "Collection": "iterable",
    "Iterator": "iterator",
    "Generator": "iterator",
    "KeysView": "keys",
    "ValuesView": "values",
    "ItemsView": "items",
    "Reversible": "iterable",
}
BAD_KEYS = (FLOAT, BYTES)


@dataclass
class Needs:
    """Which classes need a generated `==`, repr or name somewhere in the program."""

    equality: set[ClassInfo] = field(default_factory=set)
    repr: set[ClassInfo] = field(default_factory=set)
    names: bool = False
    any_equality: bool = False
    any_repr: bool = False


class Program:
    """Symbols of every module, resolved on demand."""

    def __init__(self, sources: dict[str, SourceModule]) -> None:
        self.sources = sources
        self.reports = {name: Reporter(source.path, source.text) for name, source in sources.items()}
        self.modules = {name: ModuleInfo(name, source.path, source.tree) for name, source in sources.items()}
        self.needs = Needs()
        self.exposure = Exposure()
        self.stored_attributes: set[str] = set()
        self.rebound_attributes: set[str] = set()
        for name, module in self.modules.items():
            Collect(module, self.reports[name]).run()
        for source in sources.values():
            self._collect_stores(source)
        for module in self.modules.values():
            self._link(module)

    def texts(self) -> dict[str, str]:
        """What diagnostics quote, by path."""
        return {source.path: source.text for source in self.sources.values()}

    def _collect_stores(self, source: SourceModule) -> None:
        first: set[ast.AST] = set()
        for node in source.nodes:
            if isinstance(node, ast.FunctionDef) and node.name == "__init__":
                first.update(ast.walk(node))
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                self.stored_attributes.add(node.attr)
                if node not in first:
                    self.rebound_attributes.add(node.attr)

    # Names

    def resolve(self, module: ModuleInfo, name: str) -> Symbol | None:
        """The symbol behind a module-level name, through imports. Imports of the standard library stay Imported."""
        symbol = module.symbols.get(name)
        seen: set[int] = set()
        while isinstance(symbol, Imported) and id(symbol) not in seen:
            seen.add(id(symbol))
            target = self.modules.get(symbol.module)
            if target is None or symbol.name is None or symbol.module == JS_MODULE:
                return symbol
            if f"{symbol.module}.{symbol.name}" in self.modules and symbol.name not in target.symbols:
                return symbol
            found = target.symbols.get(symbol.name)
            if found is None:
                return symbol
            symbol = found
        return symbol

    def home(self, module: ModuleInfo, name: str) -> tuple[str, str] | None:
        """Module and name where an imported name is defined."""
        current, label = module, name
        for _ in range(20):
            symbol = current.symbols.get(label)
            if not isinstance(symbol, Imported) or symbol.name is None or symbol.module not in self.modules:
                return (current.name, label) if symbol is not None else None
            current, label = self.modules[symbol.module], symbol.name
        return None

    def imported_module(self, symbol: Imported) -> str | None:
        """The dotted name if the import names a module: `from widget.browser import js`, `import json`."""
        if symbol.name is None:
            return symbol.module
        full = f"{symbol.module}.{symbol.name}"
        if full in self.modules or full == JS_MODULE:
            return full
        return None

    # Bases

    def _link(self, module: ModuleInfo) -> None:
        for symbol in module.symbols.values():
            if isinstance(symbol, ClassInfo) and symbol.node is not None:
                self._link_class(symbol, symbol.node, module)

    def _link_class(self, cls: ClassInfo, node: ast.ClassDef, module: ModuleInfo) -> None:
        real: list[ast.expr] = []
        for base in node.bases:
            label = self.typing_name(base, module)
            if label in ("Protocol", "Generic"):
                cls.is_protocol = cls.is_protocol or label == "Protocol"
                if isinstance(base, ast.Subscript):
                    parts = base.slice.elts if isinstance(base.slice, ast.Tuple) else [base.slice]
                    cls.type_vars = tuple(part.id for part in parts if isinstance(part, ast.Name))
                continue
            found = self.annotation(base, module, quiet=True)
            if isinstance(found, InstanceT):
                if found.cls.is_protocol or self._declares_protocol(found.cls):
                    if cls.is_protocol or self._only_protocols(node, module):
                        cls.base = cls.base or found.cls
                    continue
                cls.base = found.cls
                real.append(base)
            elif not isinstance(base, ast.Name) or base.id != "object":
                self.reports[module.name].refuse("CW032", base, name=ast.unparse(base))
        if len(real) > 1:
            self.reports[module.name].refuse("CW027", real[1])

    def _declares_protocol(self, cls: ClassInfo) -> bool:
        if cls.node is None or cls.module is None:
            return False
        return any(self.typing_name(base, cls.module) == "Protocol" for base in cls.node.bases)

    def _only_protocols(self, node: ast.ClassDef, module: ModuleInfo) -> bool:
        found = [self.annotation(base, module, quiet=True) for base in node.bases]
        return all(not isinstance(kind, InstanceT) or self._declares_protocol(kind.cls) for kind in found)

    def is_exception(self, cls: ClassInfo) -> bool:
        return any(ancestor.is_exception for ancestor in cls.family())

    def typing_name(self, node: ast.expr, module: ModuleInfo) -> str:
        """The plain name if `node` is something from typing, else ""."""
        if isinstance(node, ast.Subscript):
            return self.typing_name(node.value, module)
        if isinstance(node, ast.Name):
            symbol = module.symbols.get(node.id)
            if isinstance(symbol, Imported) and symbol.module in TYPING and symbol.name is not None:
                return symbol.name
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            symbol = module.symbols.get(node.value.id)
            if isinstance(symbol, Imported) and symbol.name is None and symbol.module in TYPING:
                return node.attr
        return ""

    # Annotations

    def annotation(
        self, node: ast.expr | None, module: ModuleInfo, cls: ClassInfo | None = None, quiet: bool = False
    ) -> Type:
        """The type that an annotation spells; refuses what it does not know."""
        if node is None:
            return ANY
        found = self._annotation(node, module, cls)
        if found is None:
            if not quiet:
                self.reports[module.name].refuse("CW072", node, text=ast.unparse(node))
            return ANY
        if not quiet:
            self._check_keys(found, node, module)
        return found

    def _check_keys(self, kind: Type, node: ast.expr, module: ModuleInfo) -> None:
        for member in members(kind):
            key = member.key if isinstance(member, DictT) else member.item if isinstance(member, SetT) else None
            if key is not None and not self.good_key(key):
                self.reports[module.name].refuse("CW059", node, type=key)

    def good_key(self, key: Type) -> bool:
        """Keys that JavaScript's Map compares as Python does."""
        for member in members(key):
            if member in BAD_KEYS or isinstance(member, TupleT | ListT | DictT | SetT):
                return False
            if isinstance(member, InstanceT) and member.cls.has_equality():
                return False
        return True

    def _annotation(self, node: ast.expr, module: ModuleInfo, cls: ClassInfo | None) -> Type | None:
        if isinstance(node, ast.Constant):
            return self._constant(node, module, cls)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            left, right = self._annotation(node.left, module, cls), self._annotation(node.right, module, cls)
            return None if left is None or right is None else union(left, right)
        if isinstance(node, ast.Subscript):
            return self._subscript(node, module, cls)
        if isinstance(node, ast.Name):
            return self._name(node.id, node, module, cls)
        if isinstance(node, ast.Attribute):
            return self._attribute(node, module, cls)
        return None

    def _constant(self, node: ast.Constant, module: ModuleInfo, cls: ClassInfo | None) -> Type | None:
        if node.value is None:
            return NONE
        if not isinstance(node.value, str):
            return None
        try:
            inner = ast.parse(node.value, mode="eval").body
        except SyntaxError:
            return None
        return self._annotation(inner, module, cls)

    def _name(self, name: str, node: ast.expr, module: ModuleInfo, cls: ClassInfo | None) -> Type | None:
        label = self.typing_name(node, module)
        if label != "":
            return self._typing(label, cls)
        symbol = self.resolve(module, name)
        if symbol is None:
            if name in PRIMITIVES:
                return PRIMITIVES[name]
            if name == "BaseException":
                return InstanceT(EXCEPTIONS["Exception"])
            return InstanceT(EXCEPTIONS[name]) if name in EXCEPTIONS and name not in QUALIFIED else None
        if isinstance(symbol, Imported):
            if symbol.module == JS_MODULE and symbol.name == "Value":
                return JS
            if symbol.module == JS_MODULE and symbol.name == "Failure":
                return InstanceT(EXCEPTIONS["Failure"])
            if symbol.module == "json" and symbol.name == "JSONDecodeError":
                return InstanceT(EXCEPTIONS["JSONDecodeError"])
            return None
        return self.symbol_type(symbol, self._owner(module, name))

    def _owner(self, module: ModuleInfo, name: str) -> ModuleInfo:
        home = self.home(module, name)
        return self.modules[home[0]] if home is not None else module

    def symbol_type(self, symbol: Symbol, module: ModuleInfo) -> Type | None:
        """The type that a class, alias, type variable or new type stands for in an annotation."""
        if isinstance(symbol, ClassInfo):
            return InstanceT(symbol)
        if isinstance(symbol, Alias):
            return self._annotation(symbol.value, module, None)
        if isinstance(symbol, TypeVariable):
            return VarT(symbol.name, self._annotation(symbol.bound, module, None) or OBJECT if symbol.bound else OBJECT)
        if isinstance(symbol, NewType):
            return self._annotation(symbol.base, module, None)
        return None

    def _typing(self, label: str, cls: ClassInfo | None) -> Type | None:
        if label in PRIMITIVES:
            return PRIMITIVES[label]
        if label in AWAITABLES:
            return CoroutineT(ANY)
        if label in ITERABLES:
            return IterT(ANY, ITERABLES[label])
        if label == "Self" and cls is not None:
            return InstanceT(cls)
        plain: dict[str, Type] = {
            "Final": ANY,
            "ClassVar": ANY,
            "Callable": FunctionT(None, ANY),
            "Sequence": ListT(ANY, False),
            "Mapping": DictT(ANY, ANY),
            "List": ListT(ANY),
            "Dict": DictT(ANY, ANY),
            "MutableMapping": DictT(ANY, ANY),
            "LiteralString": STR,
            "Hashable": OBJECT,
            "TracebackType": OBJECT,
        }
        return plain.get(label)

    def _attribute(self, node: ast.Attribute, module: ModuleInfo, cls: ClassInfo | None) -> Type | None:
        label = self.typing_name(node, module)
        if label != "":
            return self._typing(label, cls)
        if not isinstance(node.value, ast.Name):
            return None
        symbol = module.symbols.get(node.value.id)
        if not isinstance(symbol, Imported):
            return None
        name = self.imported_module(symbol)
        if name == JS_MODULE:
            return {"Value": JS, "Failure": InstanceT(EXCEPTIONS["Failure"])}.get(node.attr)
        if name == "json" and node.attr == "JSONDecodeError":
            return InstanceT(EXCEPTIONS["JSONDecodeError"])
        if name == "re":
            return OF_RE.get(node.attr)
        if name in self.modules:
            return self._name(node.attr, ast.Name(node.attr, ast.Load()), self.modules[name], cls)
        return None

    def _subscript(self, node: ast.Subscript, module: ModuleInfo, cls: ClassInfo | None) -> Type | None:
        label = self.typing_name(node.value, module)
        if label == "" and isinstance(node.value, ast.Name) and self.resolve(module, node.value.id) is None:
            label = node.value.id
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if label == "Literal":
            return self._literal(parts, module, cls)
        if label == "Callable":
            return self._callable(parts, module, cls)
        if label in ("Annotated", "Final", "ClassVar", "Required"):
            return self._annotation(parts[0], module, cls)
        kinds = [self._annotation(part, module, cls) for part in parts if not _is_ellipsis(part)]
        if any(kind is None for kind in kinds):
            return None
        inner = [kind for kind in kinds if kind is not None]
        if label in ("tuple", "Tuple"):
            if any(_is_ellipsis(part) for part in parts):
                return TupleT((), inner[0])
            return TupleT(tuple(inner)) if ast.unparse(node.slice) != "()" else TupleT(())
        return self._generic(label, inner, node, module, cls)

    def _generic(
        self, label: str, inner: list[Type], node: ast.Subscript, module: ModuleInfo, cls: ClassInfo | None
    ) -> Type | None:
        if label in ("list", "List", "MutableSequence"):
            return ListT(inner[0])
        if label == "Sequence":
            return ListT(inner[0], exact=False)
        if label in ("dict", "Dict", "Mapping", "MutableMapping"):
            return DictT(inner[0], inner[1]) if len(inner) == 2 else None
        if label in ("set", "frozenset", "Set", "AbstractSet", "MutableSet", "FrozenSet"):
            return SetT(inner[0])
        if label in AWAITABLES:
            return CoroutineT(inner[-1])
        if label == "ItemsView":
            return IterT(TupleT((inner[0], inner[1])), "items")
        if label in ITERABLES:
            return IterT(inner[0], ITERABLES[label])
        if label == "Optional":
            return union(inner[0], NONE)
        if label == "Union":
            return union(*inner)
        if label in ("type", "Type"):
            return ClassT(inner[0].cls) if isinstance(inner[0], InstanceT) else None
        base = self._annotation(node.value, module, cls)
        if isinstance(base, PatternT | MatchT):
            return base if inner == [STR] else None
        return InstanceT(base.cls, tuple(inner)) if isinstance(base, InstanceT) else None

    def _literal(self, parts: list[ast.expr], module: ModuleInfo, cls: ClassInfo | None) -> Type | None:
        kinds: list[Type] = []
        for part in parts:
            if isinstance(part, ast.Constant):
                kinds.append(constant_type(part.value))
            elif isinstance(part, ast.UnaryOp):
                kinds.append(INT)
            else:
                found = self._annotation(part, module, cls)
                if found is None:
                    return None
                kinds.append(found)
        return union(*kinds)

    def _callable(self, parts: list[ast.expr], module: ModuleInfo, cls: ClassInfo | None) -> Type | None:
        if len(parts) != 2:
            return None
        result = self._annotation(parts[1], module, cls)
        if result is None:
            return None
        if not isinstance(parts[0], ast.List):
            return FunctionT(None, result)
        kinds = [self._annotation(part, module, cls) for part in parts[0].elts]
        if any(kind is None for kind in kinds):
            return None
        return FunctionT(tuple(Param("", kind) for kind in kinds if kind is not None), result)

    # Needs

    def need_equality(self, kind: Type) -> None:
        self._need(kind, self.needs.equality, set(), equality=True)

    def need_repr(self, kind: Type) -> None:
        self._need(kind, self.needs.repr, set(), equality=False)

    def _need(self, kind: Type, into: set[ClassInfo], seen: set[ClassInfo], equality: bool) -> None:
        for member in members(kind):
            if member in (OBJECT, ANY) or isinstance(member, VarT):
                if equality:
                    self.needs.any_equality = True
                else:
                    self.needs.any_repr = True
            for part in parts_of(member):
                self._need(part, into, seen, equality)
            if isinstance(member, InstanceT):
                self._need_class(member.cls, into, seen, equality)

    def _need_class(self, cls: ClassInfo, into: set[ClassInfo], seen: set[ClassInfo], equality: bool) -> None:
        if cls in seen:
            return
        seen.add(cls)
        if cls.is_protocol:
            self.needs.any_equality = self.needs.any_equality or equality
            self.needs.any_repr = self.needs.any_repr or not equality
        related = [cls, *(other for other in self.all_classes() if cls in other.family())]
        for other in related:
            into.add(other)
            for item in other.dataclass_fields() if other.is_dataclass else []:
                owner = other.module
                if owner is not None and item.annotation is not None:
                    self._need(self.annotation(item.annotation, owner, quiet=True), into, seen, equality)

    def all_classes(self) -> list[ClassInfo]:
        return [
            symbol
            for module in self.modules.values()
            for symbol in module.symbols.values()
            if isinstance(symbol, ClassInfo)
        ]


def parts_of(kind: Type) -> tuple[Type, ...]:
    """The types inside a container type."""
    if isinstance(kind, ListT | SetT | IterT):
        return (kind.item,)
    if isinstance(kind, DictT):
        return (kind.key, kind.value)
    if isinstance(kind, TupleT):
        return (*kind.items, *((kind.rest,) if kind.rest is not None else ()))
    if isinstance(kind, InstanceT):
        return kind.args
    return ()


def constant_type(value: object) -> Type:
    """The type of a literal."""
    if value is None:
        return NONE
    if isinstance(value, bool):
        return BOOL
    for python, kind in ((int, INT), (float, FLOAT), (str, STR), (bytes, BYTES)):
        if isinstance(value, python):
            return kind
    return ANY


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


__all__ = ["FUNCTIONS", "JS_MODULE", "BuiltinT", "ModuleT", "Program", "UnionT", "constant_type", "parts_of"]
