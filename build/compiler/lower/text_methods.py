"""Methods of str and bytes."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.order import after
from build.compiler.lower.sorting import Sorting
from build.compiler.nodes import Id, Js
from build.compiler.types import STR

TEXT_PLAIN = {"lower": "toLowerCase", "upper": "toUpperCase"}
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
    "casefold": "casefold",
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


class TextMethods(Sorting):
    """By name; `text_method` gives one as a value."""

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
            if name == "strip" and len(args) == 1 and is_unit(node.args[0]):
                return self.help("stripUnit", value, args[0])
            return self.help(name, value) if bare else self.help(f"{name}Chars", value, args[0])
        if name == "find":
            return self.help("findText" if len(args) == 1 else "findFrom", value, *args)
        if name == "split":
            return self._split(node, value, args)
        if name == "replace":
            if len(args) == 2 and is_text(node.args[0]):
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
        return b.method(value, "split", *args) if is_text(node.args[0]) else self.help("splitAt", value, *args)

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


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != ""


def is_unit(node: ast.expr) -> bool:
    """One character that UTF-16 does not part."""
    return is_text(node) and isinstance(node, ast.Constant) and len(str(node.value)) == 1 and str(node.value) < "\ud800"
