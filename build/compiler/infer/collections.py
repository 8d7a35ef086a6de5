"""Types of what the module collections makes: deque, defaultdict, Counter."""

from __future__ import annotations

import ast
from typing import TypeVar

from build.compiler.infer.sequences import Sequences
from build.compiler.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    NEVER,
    NONE,
    STR,
    BuiltinT,
    ClassT,
    CounterT,
    DefaultT,
    DequeT,
    DictT,
    FunctionT,
    InstanceT,
    ListT,
    SetT,
    TupleT,
    Type,
    members,
    parts_of,
    union,
)

MADE: dict[str, Type] = {
    "list": ListT(NEVER),
    "dict": DictT(NEVER, NEVER),
    "set": SetT(NEVER),
    "tuple": TupleT(()),
    "int": INT,
    "float": FLOAT,
    "str": STR,
    "bool": BOOL,
    "collections.deque": DequeT(NEVER),
    "collections.Counter": CounterT(NEVER, INT),
}


Shape = TypeVar("Shape", DequeT, DefaultT, CounterT)


class Collections(Sequences):
    """One method per class: `_b_collections_deque`."""

    def _b_collections_deque(self, node: ast.Call, want: Type | None) -> Type:
        limits = [*node.args[1:], *(keyword.value for keyword in node.keywords)]
        wanted = _wanted(want, DequeT)
        if len(node.args) == 0 or (isinstance(node.args[0], ast.List) and len(node.args[0].elts) == 0):
            self._all_args(node)
            item: Type = NEVER
        else:
            item = self.iterate(node.args[0], self._walked(node.args[0], ListT(wanted.item) if wanted else None))
            self._all_args(node)
        for limit in limits:
            self.flow_into(limit, self.types[limit], union(INT, NONE))
        if isinstance(wanted, DequeT):
            self.flow_into(node, DequeT(item), wanted)
            return wanted
        return self._typed(node, DequeT(item), item, "deque[int]")

    def _walked(self, node: ast.expr, want: Type | None) -> Type:
        kind = self.expr(node, want)
        if isinstance(kind, DictT):
            self.coercions[node] = "keys"
        return kind

    def _b_collections_defaultdict(self, node: ast.Call, want: Type | None) -> Type:
        wanted = _wanted(want, DefaultT)
        kinds = self._all_args(node, *([FunctionT((), wanted.value)] if wanted is not None else []))
        made = self._made_by(node.args[0], kinds[0])
        if isinstance(wanted, DefaultT):
            if made is not None:
                self.flow_into(node.args[0], made, wanted.value)
            return wanted
        key = kinds[1].key if len(kinds) > 1 and isinstance(kinds[1], DictT) else NEVER
        return self._typed(node, DefaultT(key, made or ANY), key, "defaultdict[str, list[int]]")

    def _made_by(self, node: ast.expr, kind: Type) -> Type | None:
        """What a factory makes; None where there is none."""
        if kind == NONE:
            return None
        if isinstance(kind, BuiltinT) and kind.name in MADE:
            return MADE[kind.name]
        if isinstance(kind, ClassT) and not kind.cls.is_enum:
            return InstanceT(kind.cls)
        if isinstance(kind, FunctionT) and not any(not param.has_default for param in kind.params or ()):
            return kind.result
        self.refuse("CW068", node, name="defaultdict", detail=str(kind), advice="give a class, a function or None")
        return None

    def _b_collections_Counter(self, node: ast.Call, want: Type | None) -> Type:
        wanted = _wanted(want, CounterT)
        kinds = self._all_args(node)
        if len(kinds) == 0:
            return wanted or self._typed(node, CounterT(NEVER, INT), NEVER, "Counter[str]")
        if isinstance(kinds[0], DictT):
            self.flow_into(node.args[0], kinds[0].value, INT)
            key = kinds[0].key
        else:
            key = self.iterate(node.args[0], kinds[0])
        self.check_key(node.args[0], key)
        return wanted or CounterT(key, INT)

    def _typed(self, node: ast.Call, kind: Type, part: Type, example: str) -> Type:
        """An empty one says what it is for where it is made: nothing else tells it later."""
        if part == NEVER:
            name = ast.unparse(node.func)
            self.refuse("CW068", node, name=name, detail="without a type", advice=f"annotate it: x: {example} = ...")
        return kind


def _wanted(want: Type | None, shape: type[Shape]) -> Shape | None:
    """The kind of it that is asked for, if that says of what it is."""
    found = members(want) if want is not None else ()
    return next((member for member in found if isinstance(member, shape) and parts_of(member)[0] != NEVER), None)
