"""Calls of methods of built-in types, as plain JavaScript where it means the same: which, and those of numbers."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.container_methods import ContainerMethods
from build.compiler.nodes import Id, Js, Lit
from build.compiler.types import BYTES, FLOAT, INT, STR, BuiltinT, DequeT, DictT, IterT, ListT, SetT, TupleT, members


class Methods(ContainerMethods):
    """`method_call` picks by the receiver's type."""

    def method_call(self, node: ast.Call, func: ast.Attribute) -> Js | None:
        kind = self.t(func.value)
        name = func.attr
        if isinstance(kind, BuiltinT):
            return self._static(kind.name, name, node)
        shapes = members(kind)
        if kind == STR:
            return self._text(name, node, func)
        if kind == BYTES:
            return self._bytes(name, node, func)
        if isinstance(kind, DequeT):
            return self.of_deque(name, node, self.expr(func.value))
        if all(isinstance(member, ListT) for member in shapes) or isinstance(kind, TupleT):
            return self._list(name, node, func)
        if all(isinstance(member, DictT) for member in shapes):
            return self._dict(name, node, func)
        if isinstance(kind, SetT):
            return self._set(name, node, func)
        if kind == INT:
            return self._int(name, node, func)
        if kind == FLOAT and name == "is_integer":
            return b.method(Id("Number"), "isInteger", self.expr(func.value))
        if isinstance(kind, IterT):
            names = {"send": "send", "close": "close", "__next__": "next"}
            return self.help(names[name], self.expr(func.value), *self.arguments(node))
        return None

    def of_deque(self, name: str, node: ast.Call, value: Js) -> Js:
        raise NotImplementedError

    # Numbers

    def _int(self, name: str, node: ast.Call, func: ast.Attribute) -> Js:
        value = self.expr(func.value)
        args = self.arguments(node)
        if name == "to_bytes":
            length = Lit("1") if len(args) == 0 or args[0] is b.UNDEFINED else args[0]
            return self.help("toLittle" if self._is_little(node) else "toBytes", value, length)
        return self.help("bitLength" if name == "bit_length" else "bitCount", value)

    def _is_little(self, node: ast.Call) -> bool:
        """The order of bytes; it must be written out."""
        given = [keyword.value for keyword in node.keywords if keyword.arg == "byteorder"]
        order = given[0] if len(given) > 0 else node.args[1] if len(node.args) > 1 else ast.Constant("big")
        if not isinstance(order, ast.Constant) or order.value not in ("big", "little"):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            raise self.refuse("CW068", order, name=name, detail=ast.unparse(order), advice='write "big" or "little"')
        return order.value == "little"

    def _static(self, owner: str, name: str, node: ast.Call) -> Js | None:
        args = self.arguments(node)
        if (owner, name) == ("int", "from_bytes"):
            return self.help("fromLittle" if self._is_little(node) else "fromBytes", args[0])
        if (owner, name) == ("bytes", "fromhex"):
            return self.help("fromHex", *args)
        return None
