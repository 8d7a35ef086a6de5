"""The meaning of annotations."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from build.compiler.builtins import EXCEPTIONS, QUALIFIED
from build.compiler.errors import Reporter
from build.compiler.modules import Modules
from build.compiler.symbols import Alias, ClassInfo, Imported, ModuleInfo, NewType, Symbol, TypeVariable
from build.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    JS,
    NONE,
    OBJECT,
    STR,
    ClassT,
    CoroutineT,
    CounterT,
    DefaultT,
    DequeT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    MatchT,
    Param,
    PatternT,
    SetT,
    TupleT,
    Type,
    VarT,
    members,
    parts_of,
    union,
)
from build.compiler.typing_names import AWAITABLES, ITERABLES, OF_RE, PRIMITIVES, constant_type, is_bridge

KEYED_TEXT = "dict Dict Mapping MutableMapping set Set frozenset FrozenSet AbstractSet MutableSet"
KEYED = frozenset(KEYED_TEXT.split())
BARE: dict[str, Type] = {
    "collections.deque": DequeT(ANY),
    "collections.defaultdict": DefaultT(ANY, ANY),
    "collections.Counter": CounterT(ANY, INT),
}
BAD_KEYS = (FLOAT, BYTES, ANY, OBJECT)


class Annotations:
    """Types from what is written behind a colon or an arrow. `key_variables` are names of those that stand for keys."""

    def __init__(self, modules: Modules, reports: Mapping[str, Reporter], key_variables: set[str]) -> None:
        self.modules = modules
        self.key_variables = key_variables
        self._reports = reports

    def type_of(
        self, node: ast.expr | None, module: ModuleInfo, cls: ClassInfo | None = None, quiet: bool = False
    ) -> Type:
        """The type that an annotation spells; refuses what it does not know."""
        if node is None:
            return ANY
        found = self._annotation(node, module, cls)
        if found is None:
            if not quiet:
                self._reports[module.name].refuse("CW072", node, text=ast.unparse(node))
            return ANY
        if not quiet:
            self._check_keys(found, node, module)
        return found

    def _check_keys(self, kind: Type, node: ast.expr, module: ModuleInfo) -> None:
        for member in members(kind):
            for part in parts_of(member):
                self._check_keys(part, node, module)
            key = member.key if isinstance(member, DictT) else member.item if isinstance(member, SetT) else None
            if key is not None and not self.good_key(key):
                self._reports[module.name].refuse("CW059", node, type=key)
            if isinstance(member, InstanceT):
                for variable, given in zip(member.cls.type_vars, member.args, strict=False):
                    if variable in self.key_variables and not self.good_key(given, by_value=False):
                        self._reports[module.name].refuse("CW059", node, type=given)

    def good_key(self, key: Type, by_value: bool = True) -> bool:
        """Keys that JavaScript's Map compares as Python does, and tuples of them where these are known to be some.

        1 and True are one key in Python, two in a Map.
        """
        if {BOOL, INT} <= set(members(key)):
            return False
        for member in members(key):
            if isinstance(member, VarT) and member.name not in self.key_variables:
                return False
            if isinstance(member, TupleT) and by_value:
                parts = (JS, *BAD_KEYS)
                if not all(self.good_key(part) and not set(members(part)) & set(parts) for part in parts_of(member)):
                    return False
            elif member in BAD_KEYS or isinstance(member, TupleT | ListT | DictT | SetT):
                return False
            if isinstance(member, InstanceT) and self._may_be_equal(member.cls):
                return False
        return True

    def _may_be_equal(self, cls: ClassInfo) -> bool:
        """May objects of this class, or of an heir, be equal without being the same?"""
        heirs = (other for other in self.modules.all_classes() if cls in other.family())
        return cls.is_protocol or any(one.has_equality() for one in (cls, *heirs))

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
        label = self.modules.typing_name(node, module)
        if label != "":
            return self._typing(label, cls)
        symbol = self.modules.resolve(module, name)
        if symbol is None:
            if name in PRIMITIVES:
                return PRIMITIVES[name]
            if name == "BaseException":
                return InstanceT(EXCEPTIONS["Exception"])
            return InstanceT(EXCEPTIONS[name]) if name in EXCEPTIONS and name not in QUALIFIED else None
        if isinstance(symbol, Imported):
            if is_bridge(symbol.module) and symbol.name == "Value":
                return JS
            if is_bridge(symbol.module) and symbol.name == "Failure":
                return InstanceT(EXCEPTIONS["Failure"])
            if symbol.module == "json" and symbol.name == "JSONDecodeError":
                return InstanceT(EXCEPTIONS["JSONDecodeError"])
            return BARE.get(self.modules.library_name(node, module))
        return self.symbol_type(symbol, self._owner(module, name))

    def _owner(self, module: ModuleInfo, name: str) -> ModuleInfo:
        home = self.modules.home(module, name)
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
        label = self.modules.typing_name(node, module)
        if label != "":
            return self._typing(label, cls)
        if not isinstance(node.value, ast.Name):
            return None
        symbol = module.symbols.get(node.value.id)
        if not isinstance(symbol, Imported):
            return None
        name = self.modules.imported_module(symbol)
        if name is not None and is_bridge(name):
            return {"Value": JS, "Failure": InstanceT(EXCEPTIONS["Failure"])}.get(node.attr)
        if name == "json" and node.attr == "JSONDecodeError":
            return InstanceT(EXCEPTIONS["JSONDecodeError"])
        if name == "re":
            return OF_RE.get(node.attr)
        if name == "collections":
            return BARE.get(f"collections.{node.attr}")
        if name is not None and name in self.modules:
            return self._name(node.attr, ast.Name(node.attr, ast.Load()), self.modules[name], cls)
        return None

    def _subscript(self, node: ast.Subscript, module: ModuleInfo, cls: ClassInfo | None) -> Type | None:
        label = self.modules.typing_name(node.value, module)
        if label == "" and isinstance(node.value, ast.Name) and self.modules.resolve(module, node.value.id) is None:
            label = node.value.id
        label = label or self.modules.library_name(node.value, module)
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
        if label in ("collections.deque", "Deque"):
            return DequeT(inner[0])
        if label in ("collections.defaultdict", "DefaultDict"):
            return DefaultT(inner[0], inner[1]) if len(inner) == 2 else None
        if label in ("collections.Counter", "Counter"):
            return CounterT(inner[0], INT)
        if label == "Sequence":
            return ListT(inner[0], exact=False)
        if label in ("dict", "Dict", "Mapping", "MutableMapping"):
            return DictT(inner[0], inner[1]) if len(inner) == 2 else None
        if label in ("set", "frozenset", "Set", "AbstractSet", "MutableSet", "FrozenSet"):
            return SetT(inner[0], label in ("frozenset", "FrozenSet"))
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


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def key_names(nodes: Iterable[ast.AST]) -> set[str]:
    """Names that stand for the key in dict[K, V] or set[T], as far as they may be type variables."""
    keys = [
        node.slice.elts[0] if isinstance(node.slice, ast.Tuple) and len(node.slice.elts) > 0 else node.slice
        for node in nodes
        if isinstance(node, ast.Subscript)
        and (getattr(node.value, "id", "") in KEYED or getattr(node.value, "attr", "") in KEYED)
    ]
    return {key.id for key in keys if isinstance(key, ast.Name)}
