"""Types of calls that convert: str, int, list, dict."""

from __future__ import annotations

import ast
from dataclasses import replace

from build.compiler.infer.accepted import Accepted
from build.compiler.infer.shapes import fits
from build.compiler.infer.signatures import SIMPLE
from build.compiler.infer.truth import has_truth
from build.compiler.subset import ELSE
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
    DefaultT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    MatchT,
    SetT,
    TupleT,
    Type,
    VarT,
    has_none,
    members,
    parts_of,
    union,
)

NUMBER_ARGUMENTS = ("math.", "divmod")


class Conversions(Accepted):
    """One method per function: `_b_len` for len."""

    def builtin_call(self, name: str, node: ast.Call, want: Type | None) -> Type:
        if name.startswith("newtype."):
            return self.expr(node.args[0])
        if name in SIMPLE:
            return self._simple(name, node)
        method = getattr(self, f"_b_{name.replace('.', '_')}", None)
        if method is None:
            self._arguments(node)
            if name.startswith("re."):
                self.refuse("CW080", node.func, what=f"`{name}`")
            elif name != "super":
                self.refuse("CW036", node.func, name=name, advice=ELSE)
            return ANY
        if not self.accepts(name, node):
            self._arguments(node)
            return ANY
        kind: Type = method(node, want)
        self._cross(name, node)
        return kind

    def _cross(self, name: str, node: ast.Call) -> None:
        """Whatever is given to a function of the js module is in JavaScript's hands."""
        if name.startswith("js."):
            for argument in node.args:
                self.program.exposure.add(self.types.get(argument, ANY))

    def _simple(self, name: str, node: ast.Call) -> Type:
        signature = SIMPLE[name]
        if name.startswith(NUMBER_ARGUMENTS):
            kinds = [self.expr(argument) for argument in node.args]
            self.match(node, replace(signature, name=name))
            if name == "divmod" and FLOAT in kinds:
                return TupleT((FLOAT, FLOAT))
            return signature.result
        if name in ("any", "all"):
            self.match(node, replace(signature, name=name))
            return self._quantifier(name, node)
        if name in ("js.start", "js.promise") and len(node.args) == 1:
            self.coroutine_ok.add(node.args[0])
        kind = self.apply(node, replace(signature, name=name))
        self._cross(name, node)
        return kind

    def _quantifier(self, name: str, node: ast.Call) -> Type:
        """any() and all() take bools, as conditions do."""
        item = self._first_item(node)
        if item not in (BOOL, NEVER):
            self.refuse("CW050", node.args[0], type=item, advice=f"compare each item: {name}(x != 0 for x in items)")
        return BOOL

    def _all_args(self, node: ast.Call, *wants: Type) -> list[Type]:
        kinds = [
            self.expr(argument, wants[index] if index < len(wants) else None)
            for index, argument in enumerate(node.args)
        ]
        for keyword in node.keywords:
            self.expr(keyword.value)
        return kinds

    def _first_item(self, node: ast.Call) -> Type:
        """The item type of the iterable given first."""
        kinds = self._all_args(node)
        if len(kinds) == 0:
            return NEVER
        if isinstance(kinds[0], DictT):
            self.coercions[node.args[0]] = "keys"
        return self.iterate(node.args[0], kinds[0])

    # Conversions

    def _b_str(self, node: ast.Call, want: Type | None) -> Type:
        kinds = self._all_args(node)
        if len(kinds) > 0:
            self.check_text(node.args[0], kinds[0])
        return STR

    def _b_repr(self, node: ast.Call, want: Type | None) -> Type:
        for kind in self._all_args(node):
            self.check_text(node.args[0], kind)
            self.program.needs.need_repr(kind)
        return STR

    def check_text(self, node: ast.expr, kind: Type) -> None:
        """Refuse text from a number that may be int or float; note the classes that need a repr."""
        kinds = members(kind)
        if _mixes(kind):
            self.refuse("CW064", node, type=kind, advice="make it one of the two: int(x) or float(x)")
        for member in kinds:
            if member in (OBJECT, ANY) or isinstance(member, VarT):
                self.refuse(
                    "CW064",
                    node,
                    type=member,
                    advice="narrow it first: a float or a tuple in it would print differently",
                )
            elif isinstance(member, IterT | FunctionT | BuiltinT | ClassT | CoroutineT):
                self.refuse("CW064", node, type=member, advice="make a list or a str of it first")
            elif isinstance(member, DefaultT):
                self.refuse("CW064", node, type=member, advice="make a dict of it first: dict(x)")
            elif isinstance(member, MatchT):
                self.refuse("CW064", node, type=member, advice="take its text: m[0]")
            elif isinstance(member, InstanceT):
                if not member.cls.is_error() and not self._shows(member):
                    self.refuse(
                        "CW064",
                        node,
                        type=member,
                        advice="give the class a __str__ or __repr__, or show one of its attributes",
                    )
                self.program.needs.need_repr(member)
            elif isinstance(member, ListT | TupleT | DictT | SetT):
                self.program.needs.need_repr(member)
                self._check_shown(node, member)

    def _check_shown(self, node: ast.expr, kind: Type) -> None:
        """What a container holds is shown by its repr; numbers that may be of two kinds are refused already."""
        for part in (inner for item in parts_of(kind) for inner in members(item)):
            if part not in (OBJECT, ANY, INT, FLOAT) and not isinstance(part, VarT):
                self.check_text(node, part)

    def _shows(self, kind: InstanceT) -> bool:
        cls = kind.cls
        found = cls.find_method("__str__") or cls.find_method("__repr__")
        return found is not None or cls.is_enum or any(ancestor.is_dataclass for ancestor in cls.family())

    def _b_int(self, node: ast.Call, want: Type | None) -> Type:
        self._check_number_text(node)
        return INT

    def _b_float(self, node: ast.Call, want: Type | None) -> Type:
        self._check_number_text(node)
        return FLOAT

    def _check_number_text(self, node: ast.Call) -> None:
        kinds = self._all_args(node)
        if len(kinds) > 0 and has_none(kinds[0]):
            self.refuse("CW087", node.args[0], type="a number or its text")
        elif len(kinds) > 0 and not fits(kinds[0], union(STR, INT, FLOAT, BOOL) if len(kinds) == 1 else STR):
            advice = "give a number or its text" if len(kinds) == 1 else "a base goes with a text"
            self.refuse("CW068", node.args[0], name=ast.unparse(node.func), detail=str(kinds[0]), advice=advice)

    def _b_bool(self, node: ast.Call, want: Type | None) -> Type:
        kinds = self._all_args(node)
        if len(kinds) == 1 and kinds[0] != STR and has_truth(kinds[0], self.program):
            self.coercions[node.args[0]] = "truth"
        elif len(kinds) == 1 and kinds[0] not in (BOOL, INT, FLOAT, STR, JS):
            self.refuse("CW050", node, type=kinds[0], advice="compare: len(x) > 0, x is not None")
        return BOOL

    def _b_bytes(self, node: ast.Call, want: Type | None) -> Type:
        self._all_args(node)
        return BYTES

    def _b_list(self, node: ast.Call, want: Type | None) -> Type:
        item = self._first_item(node)
        return want if item == NEVER and isinstance(want, ListT) else ListT(item)

    def _b_tuple(self, node: ast.Call, want: Type | None) -> Type:
        if len(node.args) == 0:
            return TupleT(())
        return TupleT((), self._first_item(node))

    def _b_set(self, node: ast.Call, want: Type | None) -> Type:
        item = self._first_item(node)
        if item == NEVER and isinstance(want, SetT):
            return want
        self.check_key(node, item)
        return SetT(item)

    def _b_frozenset(self, node: ast.Call, want: Type | None) -> Type:
        made = self._b_set(node, None)
        return SetT(made.item, True) if isinstance(made, SetT) else made

    def check_key(self, node: ast.expr, kind: Type) -> None:
        if not self.program.annotations.good_key(kind):
            self.refuse("CW059", node, type=kind)

    def _b_dict(self, node: ast.Call, want: Type | None) -> Type:
        kinds = self._all_args(node, want) if want is not None else self._all_args(node)
        if len(node.keywords) > 0:
            value = union(*[self.types[keyword.value] for keyword in node.keywords])
            return want if isinstance(want, DictT) else DictT(STR, value)
        if len(kinds) == 0:
            return want if isinstance(want, DictT) else DictT(NEVER, NEVER)
        if isinstance(kinds[0], DictT):
            return DictT(kinds[0].key, kinds[0].value)
        pair = self.iterate(node.args[0], kinds[0])
        if isinstance(pair, TupleT) and len(pair.items) == 2:
            self.check_key(node, pair.items[0])
            return DictT(pair.items[0], pair.items[1])
        self.refuse("CW068", node.args[0], name="dict", detail=f"items of {pair}", advice="give tuples of two")
        return DictT(ANY, ANY)

    def _b_dict_fromkeys(self, node: ast.Call, want: Type | None) -> Type:
        item = self._first_item(node)
        self.check_key(node, item)
        value = self.types[node.args[1]] if len(node.args) > 1 else NONE
        return DictT(item, value)


def is_negative(node: ast.expr) -> bool:
    """Is this a constant below zero?"""
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant)


def _mixes(kind: Type) -> bool:
    """May a number in it be an int or a float?"""
    kinds = members(kind)
    if INT in kinds and FLOAT in kinds:
        return True
    return any(_mixes(part) for member in kinds if not isinstance(member, InstanceT) for part in parts_of(member))
