"""Types of calls that walk: len, zip, sorted, min, sum, next."""

from __future__ import annotations

import ast

from build.compiler.infer.conversions import Conversions
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
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    Param,
    SetT,
    TupleT,
    Type,
    VarT,
    has_none,
    members,
    union,
)


class Sequences(Conversions):
    """One method per function: `_b_len` for len."""

    def _b_len(self, node: ast.Call, want: Type | None) -> Type:
        kinds = self._all_args(node)
        for kind in members(kinds[0]) if len(kinds) > 0 else ():
            sized = kind in (STR, BYTES) or isinstance(kind, ListT | TupleT | DictT | SetT)
            sized = sized or (isinstance(kind, InstanceT) and kind.cls.find_method("__len__") is not None)
            sized = sized or (isinstance(kind, IterT) and kind.kind in ("range", "keys", "values", "items"))
            sized = sized or (isinstance(kind, ClassT) and kind.cls.is_enum)
            if not sized and kind != NEVER:
                self.refuse("CW054", node, what="len()", type=kind)
        return INT

    def _b_range(self, node: ast.Call, want: Type | None) -> Type:
        for argument, kind in zip(node.args, self._all_args(node), strict=True):
            if kind not in (INT, ANY, JS):
                self.refuse("CW068", argument, name="range", detail=f"{kind} is no int", advice="give ints")
        return IterT(INT, "range")

    def _b_enumerate(self, node: ast.Call, want: Type | None) -> Type:
        return IterT(TupleT((INT, self._first_item(node))), "iterator")

    def _b_zip(self, node: ast.Call, want: Type | None) -> Type:
        kinds = self._all_args(node)
        for argument, kind in zip(node.args, kinds, strict=True):
            if isinstance(kind, DictT):
                self.coercions[argument] = "keys"
        items = tuple(self.iterate(argument, kind) for argument, kind in zip(node.args, kinds, strict=True))
        return IterT(TupleT(items), "iterator")

    def _b_itertools_chain(self, node: ast.Call, want: Type | None) -> Type:
        items: list[Type] = []
        for argument in node.args:
            given = argument.value if isinstance(argument, ast.Starred) else argument
            kind = self.expr(given)
            if isinstance(kind, DictT):
                self.coercions[given] = "keys"
            item = self.iterate(given, kind)
            items.append(self.iterate(given, item) if isinstance(argument, ast.Starred) else item)
        return IterT(union(*items), "iterator")

    def _b_itertools_chain_from_iterable(self, node: ast.Call, want: Type | None) -> Type:
        return IterT(self.iterate(node.args[0], self._first_item(node)), "iterator")

    def _b_reversed(self, node: ast.Call, want: Type | None) -> Type:
        return IterT(self._first_item(node), "iterator")

    def _b_iter(self, node: ast.Call, want: Type | None) -> Type:
        return IterT(self._first_item(node), "iterator")

    def _b_next(self, node: ast.Call, want: Type | None) -> Type:
        kinds = self._all_args(node)
        kind = kinds[0]
        if isinstance(kind, InstanceT) and kind.cls.find_method("__next__") is not None:
            item: Type = self.function_type(kind.cls.methods["__next__"]).result
        else:
            item = self.iterate(node.args[0], kind)
        return union(item, kinds[1]) if len(kinds) > 1 else item

    def _b_map(self, node: ast.Call, want: Type | None) -> Type:
        kinds = [self.expr(argument) for argument in node.args[1:]]
        params = tuple(
            Param("", self.iterate(argument, kind)) for argument, kind in zip(node.args[1:], kinds, strict=True)
        )
        function = self.expr(node.args[0], FunctionT(params, VarT("Item")))
        return IterT(self._result(function), "iterator")

    def _result(self, kind: Type) -> Type:
        if isinstance(kind, FunctionT):
            return kind.result
        if isinstance(kind, BuiltinT):
            return {"str": STR, "int": INT, "len": INT, "chr": STR, "ord": INT, "float": FLOAT, "repr": STR}.get(
                kind.name, ANY
            )
        return InstanceT(kind.cls) if isinstance(kind, ClassT) else ANY

    def _b_filter(self, node: ast.Call, want: Type | None) -> Type:
        item = self.iterate(node.args[1], self.expr(node.args[1]))
        kind = self.expr(node.args[0], FunctionT((Param("", item),), BOOL))
        if has_none(kind):
            self.refuse(
                "CW068", node.args[0], name="filter", detail=str(kind), advice="give a function that returns a bool"
            )
            return IterT(item, "iterator")
        result = self._result(kind)
        if result != BOOL:
            self.refuse("CW050", node.args[0], type=result, advice="give a function that returns a bool")
        return IterT(item, "iterator")

    def _b_sorted(self, node: ast.Call, want: Type | None) -> Type:
        return ListT(self._ordered(node))

    def _ordered(self, node: ast.Call) -> Type:
        """sorted, min, max: the item type; `key` gets items."""
        kinds = [self.expr(argument) for argument in node.args]
        if len(kinds) == 1:
            if isinstance(kinds[0], DictT):
                self.coercions[node.args[0]] = "keys"
            item = self.iterate(node.args[0], kinds[0])
        else:
            item = union(*kinds)
        for keyword in node.keywords:
            self.expr(keyword.value, FunctionT((Param("", item),), VarT("Key")) if keyword.arg == "key" else None)
        self._check_order(node, item)
        return item

    def _check_order(self, node: ast.Call, item: Type) -> None:
        if any(keyword.arg == "key" for keyword in node.keywords):
            return
        if not all(member in (INT, FLOAT, STR, BYTES) for member in members(item)):
            self.program.needs.need_equality(item)
        for member in members(item):
            if (
                (isinstance(member, InstanceT) and not self.has_order(member))
                or member in (NONE, OBJECT)
                or isinstance(member, DictT)
            ):
                self.refuse(
                    "CW055", node, operator="<", left=item, right=item, advice="give a key= that makes numbers or text"
                )

    def has_order(self, kind: InstanceT) -> bool:
        return kind.cls.find_method("__lt__") is not None or any(ancestor.order for ancestor in kind.cls.family())

    def _b_min(self, node: ast.Call, want: Type | None) -> Type:
        item = self._ordered(node)
        defaults = [self.types[keyword.value] for keyword in node.keywords if keyword.arg == "default"]
        return union(item, *defaults)

    _b_max = _b_min

    def _b_sum(self, node: ast.Call, want: Type | None) -> Type:
        item = self._first_item(node)
        kinds = [INT if member == BOOL else member for member in members(item)]
        if len(node.args) > 1:
            return union(*kinds, self.types[node.args[1]])
        start = [keyword.value for keyword in node.keywords if keyword.arg == "start"]
        if len(start) > 0:
            return union(*kinds, self.types[start[0]])
        return union(*kinds, INT)
