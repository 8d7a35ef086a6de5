"""Calls of methods of built-in types, as plain JavaScript where it means the same."""

from __future__ import annotations

import ast
from collections.abc import Callable

from build.compiler import builders as b
from build.compiler.lower.order import after
from build.compiler.lower.sorting import Sorting
from build.compiler.nodes import Array, Assign, Binary, Id, Index, Js, Lit, Member, New, Spread
from build.compiler.types import (
    BYTES,
    FLOAT,
    INT,
    NONE,
    STR,
    BuiltinT,
    DictT,
    IterT,
    ListT,
    SetT,
    TupleT,
    VarT,
    has_none,
    is_unknown,
    members,
)

Emit = Callable[["Methods", ast.Call, Js, list[Js]], Js]
TEXT_PLAIN = {"lower": "toLowerCase", "upper": "toUpperCase", "casefold": "toLowerCase"}
TEXT_HELPERS = {
    "rsplit": "rsplit",
    "splitlines": "splitlines",
    "rfind": "rfindText",
    "index": "indexText",
    "rindex": "rindexText",
    "count": "countText",
    "isdigit": "isDigit",
    "isdecimal": "isDecimal",
    "isalpha": "isAlpha",
    "isalnum": "isAlnum",
    "isspace": "isSpace",
    "isupper": "isUpper",
    "islower": "isLower",
    "isascii": "isAscii",
    "title": "title",
    "capitalize": "capitalize",
    "zfill": "zfill",
    "ljust": "ljust",
    "rjust": "rjust",
    "center": "center",
    "partition": "partition",
    "rpartition": "rpartition",
    "removeprefix": "removePrefix",
    "removesuffix": "removeSuffix",
}
TEXT_VALUES = {"split": "words", "replace": "replaceText", "find": "findText"}
STRIPS = ("strip", "lstrip", "rstrip")
BYTES_HELPERS = {
    "hex": "toHex",
    "find": "findBytes",
    "index": "indexBytes",
    "count": "countBytes",
    "startswith": "bytesStart",
    "endswith": "bytesEnd",
    "rjust": "rjustBytes",
    "ljust": "ljustBytes",
}


class Methods(Sorting):
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

    # Text

    def _text(self, name: str, node: ast.Call, func: ast.Attribute) -> Js:
        value = self.expr(func.value)
        if name == "join":
            held, value = self.before(func.value, value, node.args[0])
            return after(held, b.method(self.consumed_array(node.args[0]), "join", value))
        args = self.arguments(node)
        if name in TEXT_PLAIN:
            return b.method(value, TEXT_PLAIN[name])
        if name in ("startswith", "endswith"):
            return self._starts(name, node, value, args)
        if name in STRIPS:
            bare = len(args) == 0 or (isinstance(node.args[0], ast.Constant) and node.args[0].value is None)
            return self.help(name, value) if bare else self.help(f"{name}Chars", value, args[0])
        if name == "find":
            return self.help("findText" if len(args) == 1 else "findFrom", value, *args)
        if name == "split":
            return self._split(node, value, args)
        if name == "replace":
            if len(args) == 2 and _is_text(node.args[0]):
                return b.method(b.method(value, "split", args[0]), "join", args[1])
            return self.help("replaceText", value, *args)
        if name == "encode":
            self._only_utf8(node)
            return self.help("encodeText", value)
        return self.help(TEXT_HELPERS[name], value, *args)

    def _split(self, node: ast.Call, value: Js, args: list[Js]) -> Js:
        if len(args) == 0:
            return self.help("words", value)
        if len(node.args) != 1 or len(node.keywords) > 0 or self.t(node.args[0]) != STR:
            return self.help("split", value, *args)
        return b.method(value, "split", *args) if _is_text(node.args[0]) else self.help("splitAt", value, *args)

    def text_method(self, name: str) -> Js:
        if name in TEXT_PLAIN:
            return b.arrow([Id("it")], b.method(Id("it"), TEXT_PLAIN[name]))
        return self.helper(TEXT_HELPERS.get(name, TEXT_VALUES.get(name, name)))

    def _starts(self, name: str, node: ast.Call, value: Js, args: list[Js]) -> Js:
        js = "startsWith" if name == "startswith" else "endsWith"
        if self.t(node.args[0]) == STR and len(args) == 1:
            return b.method(value, js, args[0])
        if len(args) == 1:
            it = Id("it")
            first, again = self.twice(node.func.value, value)  # type: ignore[attr-defined]
            del first
            if self.is_simple(node.func.value):  # type: ignore[attr-defined]
                return b.method(args[0], "some", b.arrow([it], b.method(again, js, it)))
        if len(args) == 2 and name == "startswith":
            return b.method(self.help("sliceText", value, args[1]), js, args[0])
        return self.help("startsAny" if name == "startswith" else "endsAny", value, args[0])

    def _only_utf8(self, node: ast.Call) -> None:
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
            if not isinstance(argument, ast.Constant) or str(argument.value).lower() not in (
                "utf-8",
                "utf8",
                "ascii",
                "strict",
            ):
                raise self.refuse(
                    "CW068", argument, name="encode", detail=ast.unparse(argument), advice='only "utf-8", strict'
                )
            if str(argument.value).lower() == "ascii":
                raise self.refuse(
                    "CW068", argument, name="encode", detail='"ascii"', advice='use "utf-8" and check with isascii()'
                )

    # Bytes

    def _bytes(self, name: str, node: ast.Call, func: ast.Attribute) -> Js:
        value = self.expr(func.value)
        if name == "decode":
            self._only_utf8(node)
            return self.help("decodeText", value)
        if name == "join":
            parts = self.consumed_array(node.args[0])
            empty = isinstance(func.value, ast.Constant) and func.value.value == b""
            return self.help("concatBytes", parts) if empty else self.help("joinBytes", value, parts)
        return self.help(BYTES_HELPERS[name], value, *self.arguments(node))

    # Lists

    def _list(self, name: str, node: ast.Call, func: ast.Attribute) -> Js:
        value = self.expr(func.value)
        item = self.inferred.iterate(func.value, self.t(func.value))
        by_identity = len(node.args) > 0 and self.is_same_by_identity(item, self.t(node.args[0]))
        if name == "extend":
            return self.extended(value, node.args[0])
        if name == "sort":
            return self.sort(node, value, item)
        args = self.arguments(node)
        if name == "append":
            return b.method(value, "push", *args)
        if name == "insert":
            return b.method(value, "splice", args[0], Lit("0"), args[1])
        if name == "clear":
            return Assign("=", Member(value, "length"), Lit("0"))
        if name == "copy":
            return b.method(value, "slice")
        if name == "reverse":
            return b.method(value, "reverse")
        if name == "count" and by_identity:
            it = Id("it")
            kept = b.method(value, "filter", b.arrow([it], Binary("===", it, args[0])))
            return Member(kept, "length") if self.is_simple(node.args[0]) else self.help("countItem", value, *args)
        if name == "pop" and len(args) > 0:
            is_first = isinstance(node.args[0], ast.Constant) and node.args[0].value == 0
            return self.help("shift", value) if is_first else self.help("popAt", value, *args)
        if name == "remove" and by_identity and FLOAT not in members(item):
            return self.help("removeItem", value, *args)
        names = {"pop": "pop", "remove": "removeEqual", "index": "indexOf", "count": "countItem"}
        return self.help(names[name], value, *args)

    # Dicts

    def _dict(self, name: str, node: ast.Call, func: ast.Attribute) -> Js:
        value = self.expr(func.value)
        if name in ("keys", "values", "items"):
            return Array([Spread(self.iterable(node))])
        if name == "clear":
            return b.method(value, "clear")
        if name == "copy":
            return New(Id("Map"), [value])
        if name == "update":
            return self._update(node, value)
        args = self.arguments(node)
        if name == "get":
            return self._get(node, func, value, args)
        if name == "pop":
            return self.help("popKey", value, *args)
        return self.help("setDefault", value, *args)

    def _update(self, node: ast.Call, value: Js) -> Js:
        """Pairs of another dict or of a list."""
        if len(node.args) != 1:
            raise self.refuse("CW068", node, name="update", detail="needs one mapping", advice="write value[key] = x")
        argument = node.args[0]
        source = self.expr(argument) if isinstance(self.t(argument), DictT) else self.consumed(argument)
        return self.help("update", value, source)

    def _get(self, node: ast.Call, func: ast.Attribute, value: Js, args: list[Js]) -> Js:
        kind = self.t(func.value)
        nullable = any(
            isinstance(member, DictT)
            and (has_none(member.value) or is_unknown(member.value) or isinstance(member.value, VarT))
            for member in members(kind)
        )
        found = b.method(value, "get", args[0])
        if len(args) == 1:
            return Binary("??", found, b.NULL)
        if (nullable and self.t(node.args[1]) != NONE) or not self._is_cheap(node.args[1]):
            return self.help("getOr", value, *args)
        return Binary("??", found, args[1])

    def _is_cheap(self, node: ast.expr) -> bool:
        """May this default be left unevaluated?"""
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            return all(self._is_cheap(item) for item in node.elts)
        if isinstance(node, ast.Dict):
            return len(node.keys) == 0
        return self.is_simple(node)

    # Sets

    def _set(self, name: str, node: ast.Call, func: ast.Attribute) -> Js:
        value = self.expr(func.value)
        if name in ("add", "clear"):
            return b.method(value, name, *self.arguments(node))
        if name == "discard":
            return b.method(value, "delete", *self.arguments(node))
        if name == "copy":
            return New(Id("Set"), [value])
        if name == "remove":
            return self.help("removeMember", value, *self.arguments(node))
        if name == "pop":
            return self.help("popMember", value)
        other = node.args[0]
        others = self.consumed(other)
        as_set = others if isinstance(self.t(other), SetT) else New(Id("Set"), [others])
        names = {
            "intersection": "intersection",
            "difference": "difference",
            "symmetric_difference": "symmetricDifference",
        }
        if name == "union":
            return New(Id("Set"), [Array([Spread(value), Spread(others)])])
        if name in names:
            return self.help(names[name], value, as_set)
        if name == "issubset":
            return self.help("isSubset", value, as_set)
        if name == "issuperset":
            held, value = self.before(func.value, value, other)
            return after(held, self.help("isSubset", as_set, value))
        if name == "isdisjoint":
            return Binary("===", Member(self.help("intersection", value, as_set), "size"), Lit("0"))
        return self.help("addAll" if name == "update" else "discardAll", value, others)

    # Numbers

    def _int(self, name: str, node: ast.Call, func: ast.Attribute) -> Js:
        value = self.expr(func.value)
        args = self.arguments(node)
        if name == "to_bytes":
            return self.help("toLittle" if self._is_little(node) else "toBytes", value, args[0] if args else Lit("1"))
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

    # Subscripts

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
        if all(isinstance(member, DictT) for member in shapes):
            return self.help("getItem", value, key)
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
        return b.method(value, "__getitem__", key)

    def _is_split(self, node: ast.expr) -> bool:
        """Is this text.split("separator"), which always gives something?"""
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or len(node.args) != 1:
            return False
        return node.func.attr == "split" and self.t(node.func.value) == STR and _is_text(node.args[0])

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


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != ""
