"""Types of calls to built-in functions and constructors."""

from __future__ import annotations

import ast

from build.compiler.infer.collections import Collections
from build.compiler.infer.conversions import is_negative
from build.compiler.infer.shapes import fits
from build.compiler.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    JS,
    NEVER,
    NONE,
    STR,
    BuiltinT,
    DictT,
    FunctionT,
    InstanceT,
    ListT,
    Param,
    TupleT,
    Type,
    members,
    parts_of,
)


def has_tuple_keys(kind: Type) -> bool:
    for member in members(kind):
        keys = members(member.key) if isinstance(member, DictT) else ()
        if any(isinstance(key, TupleT) for key in keys) or any(map(has_tuple_keys, parts_of(member))):
            return True
    return False


class Functions(Collections):
    """One method per built-in function: `_b_len` for len, `_b_js_new` for js.new."""

    # Numbers

    def _b_abs(self, node: ast.Call, want: Type | None) -> Type:
        kind = self._all_args(node)[0]
        if BOOL in members(kind):
            self.refuse("CW067", node.args[0])
        return kind

    def _b_round(self, node: ast.Call, want: Type | None) -> Type:
        kinds = self._all_args(node)
        if len(kinds) > 1 and NONE in members(kinds[1]):
            self.refuse("CW068", node.args[1], name="round", detail="`ndigits` that may be None", advice="leave it out")
        return kinds[0] if len(node.args) > 1 else INT

    def _b_pow(self, node: ast.Call, want: Type | None) -> Type:
        kinds = self._all_args(node)
        if len(kinds) > 2:
            self.refuse("CW068", node, name="pow", detail="a modulus", advice="write the loop, and mind 2**53")
        return FLOAT if FLOAT in kinds or is_negative(node.args[1]) else INT

    # Objects

    def _b_print(self, node: ast.Call, want: Type | None) -> Type:
        for argument in node.args:
            inner = argument.value if isinstance(argument, ast.Starred) else argument
            kind = self.expr(inner)
            if isinstance(argument, ast.Starred):
                kind = self.iterate(inner, kind)
            self.check_text(inner, kind)
        for keyword in node.keywords:
            self.expr(keyword.value)
        return NONE

    def _b_format(self, node: ast.Call, want: Type | None) -> Type:
        kinds = self._all_args(node)
        if len(kinds) == 1:
            self.check_text(node.args[0], kinds[0])
        elif not fits(kinds[1], STR):
            self.refuse("CW068", node.args[1], name="format", detail=str(kinds[1]), advice="a specification is a text")
        return STR

    def _b_isinstance(self, node: ast.Call, want: Type | None) -> Type:
        kind = self.expr(node.args[0])
        if len(node.args) == 2:
            self.check_tested(node, kind, self.tested_types(node.args[1]))
        return BOOL

    def tested_types(self, node: ast.expr) -> list[Type]:
        raise NotImplementedError

    def check_tested(self, node: ast.AST, value: Type, tested: list[Type]) -> None:
        raise NotImplementedError

    def _b_type(self, node: ast.Call, want: Type | None) -> Type:
        kinds = self._all_args(node)
        if len(kinds) == 1 and all(isinstance(member, InstanceT) for member in members(kinds[0])):
            return BuiltinT("typeof")
        self.refuse("CW036", node, name="type()", advice="use isinstance")
        return ANY

    # Modules

    def _b_json_dumps(self, node: ast.Call, want: Type | None) -> Type:
        kinds = self._all_args(node)
        if has_tuple_keys(kinds[0]):
            self.refuse("CW068", node.args[0], name="json.dumps", detail=str(kinds[0]), advice="keys must be texts")
        return STR

    def _b_json_loads(self, node: ast.Call, want: Type | None) -> Type:
        self._all_args(node)
        return ANY

    def _b_dataclasses_replace(self, node: ast.Call, want: Type | None) -> Type:
        kind = self.expr(node.args[0])
        for keyword in node.keywords:
            item = kind.cls.find_field(keyword.arg or "") if isinstance(kind, InstanceT) else None
            if not isinstance(kind, InstanceT) or item is None:
                self.expr(keyword.value)
                self.refuse("CW058", keyword.value, name="replace", detail=f"no field `{keyword.arg}`")
                continue
            declared = self.field_type(kind.cls, item)
            self.flow_into(keyword.value, self.expr(keyword.value, declared), declared)
        return kind

    def _b_dataclasses_field(self, node: ast.Call, want: Type | None) -> Type:
        if self.cls is None or self.scope.parent is not None:
            self.refuse("CW073", node, what="`field(...)`", advice="it only stands in the body of a dataclass")
        for keyword in node.keywords:
            if keyword.arg == "default":
                return self.expr(keyword.value, want)
            if keyword.arg == "default_factory":
                self.expr(keyword.value, FunctionT((), want) if want is not None else None)
        return want or ANY

    def _b_typing_cast(self, node: ast.Call, want: Type | None) -> Type:
        target = self.program.annotations.type_of(node.args[0], self.module, self.cls)
        self.expr(node.args[1])
        return target

    def _b_typing_assert_never(self, node: ast.Call, want: Type | None) -> Type:
        self._all_args(node)
        self.flow = None
        return NEVER

    def _b_js_new(self, node: ast.Call, want: Type | None) -> Type:
        self._all_args(node)
        for argument in node.args[1:]:
            self.check_js(argument)
        return JS

    def _b_js_record(self, node: ast.Call, want: Type | None) -> Type:
        for argument in node.args:
            self.expr(argument, DictT(STR, ANY))
            if isinstance(argument, ast.Dict):
                for value in argument.values:
                    self.check_js(value)
        return JS

    def _b_js_options(self, node: ast.Call, want: Type | None) -> Type:
        return self._b_js_record(node, want)

    def _b_js_array(self, node: ast.Call, want: Type | None) -> Type:
        for argument in node.args:
            self.expr(argument, ListT(ANY))
            if isinstance(argument, ast.List):
                for value in argument.elts:
                    self.check_js(value)
        return JS

    def _b_js_failure(self, node: ast.Call, want: Type | None) -> Type:
        self._all_args(node)
        return JS

    _b_js_constructor = _b_js_failure

    def _b_js_listener(self, node: ast.Call, want: Type | None) -> Type:
        for argument in node.args:
            self.expr(argument, FunctionT((Param("", JS), Param("", JS), Param("", JS)), ANY))
        return JS
