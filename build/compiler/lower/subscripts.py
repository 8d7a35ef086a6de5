"""Items and slices."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.methods import Methods
from build.compiler.lower.text_methods import is_text
from build.compiler.nodes import Binary, Id, Index, Js, Lit
from build.compiler.types import BYTES, STR, ClassT, DictT, InstanceT, IterT, ListT, TupleT, has_none, members


class Subscripts(Methods):
    """Subscript."""

    def _Subscript(self, node: ast.Subscript) -> Js:
        result = self._subscript(node)
        result.place = result.place or self.place(node)
        return result

    def _subscript(self, node: ast.Subscript) -> Js:
        kind = self.t(node.value)
        value = self.expr(node.value)
        if isinstance(node.slice, ast.Slice):
            return self._slice(node, value, node.slice)
        key = self.expr(node.slice)
        shapes = members(kind)
        if str(kind) == "js.Value":
            if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
                return b.member(value, node.slice.value)
            return Index(value, key)
        if isinstance(kind, DictT):
            return self.item_of(kind, value, node.slice, self.as_key(key, self.t(node.slice)))
        if all(isinstance(member, DictT) for member in shapes):
            return self.by_key("getItem", value, self.as_key(key, self.t(node.slice)), self.t(node.slice))
        if isinstance(kind, TupleT) and kind.rest is None and isinstance(node.slice, ast.Constant):
            return Index(value, key)
        if isinstance(kind, TupleT) and kind.rest is None and isinstance(node.slice, ast.UnaryOp):
            index = len(kind.items) - int(ast.literal_eval(node.slice.operand))
            return Index(value, b.number(index))
        if kind == STR:
            return self.help("charAt", value, key)
        if isinstance(node.slice, ast.Constant) and node.slice.value == 0 and self._is_split(node.value):
            return Index(value, key)
        if all(isinstance(member, ListT | TupleT) for member in shapes) or kind == BYTES:
            return self.help("at", value, key)
        if isinstance(kind, IterT):
            return self.help("at", value, key)
        if isinstance(kind, ClassT):
            return self.enum_member(kind.cls, value, key, "name")
        if not all(isinstance(member, InstanceT) for member in shapes):
            raise self.refuse("CW054", node, what="an item", type=kind)
        return b.method(value, "__getitem__", key)

    def item_of(self, base: DictT, container: Js, key: ast.expr, ready: Js | None = None) -> Js:
        raise NotImplementedError

    def _is_split(self, node: ast.expr) -> bool:
        """Is this text.split("separator"), which always gives something?"""
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or len(node.args) != 1:
            return False
        return node.func.attr == "split" and self.t(node.func.value) == STR and is_text(node.args[0])

    def _slice(self, node: ast.Subscript, value: Js, bounds: ast.Slice) -> Js:
        kind = self.t(node.value)
        start = self.expr(bounds.lower) if bounds.lower is not None else None
        stop = self.expr(bounds.upper) if bounds.upper is not None else None
        if bounds.step is not None:
            step = self.expr(bounds.step)
            name = {"str": "stepText", "bytes": "stepBytes"}.get(str(kind), "stepList")
            return self.help(name, value, start or b.NULL, stop or b.NULL, step)
        optional = any(bound is not None and has_none(self.t(bound)) for bound in (bounds.lower, bounds.upper))
        args = (
            [] if start is None and stop is None else [start or Lit("0")] if stop is None else [start or Lit("0"), stop]
        )
        if optional:
            args = [Binary("??", args[0], Lit("0")), *(Binary("??", item, Id("Infinity")) for item in args[1:])]
        if kind == STR:
            return self.help("sliceText", value, *args)
        return b.method(value, "slice", *args)
