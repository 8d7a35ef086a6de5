"""Methods of str and bytes."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.order import after
from build.compiler.lower.sorting import Sorting
from build.compiler.nodes import Binary, Id, Js, Lit, Member
from build.compiler.types import BYTES, INT, NONE, STR, TupleT

TEXT_PLAIN = {"lower": "toLowerCase", "upper": "toUpperCase"}
TEXT_HELPERS = {
    "rsplit": "rsplit",
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
TEXT_VALUES = {"split": "words", "rsplit": "words", "encode": "encodeText", "splitlines": "splitlines"}
STRIPS = ("strip", "lstrip", "rstrip")
# Without and with bounds.
SEARCHES = {
    "find": ("findText", "findFrom"),
    "rfind": ("rfindText", "rfindFrom"),
    "index": ("indexText", "indexFrom"),
    "rindex": ("rindexText", "rindexFrom"),
    "count": ("countText", "countFrom"),
}
BYTES_SEARCHES = {
    "find": ("findBytes", "findBytesFrom"),
    "index": ("indexBytes", "indexBytesFrom"),
    "count": ("countBytes", "countBytesFrom"),
}
STARTS = {"startswith": ("startsAny", "startsFrom"), "endswith": ("endsAny", "endsFrom")}
BYTES_STARTS = {"startswith": ("bytesStart", "bytesStartFrom"), "endswith": ("bytesEnd", "bytesEndFrom")}
BYTES_HELPERS = {"hex": "toHex", "rjust": "rjustBytes", "ljust": "ljustBytes"}
UTF8 = ("utf-8", "utf8", "utf_8")


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
            bare = len(args) == 0 or self.t(node.args[0]) == NONE
            if not bare and self.t(node.args[0]) != STR:
                raise self.refuse("CW087", node.args[0], type=STR)
            return self.help(name, value) if bare else self.help(f"{name}Chars", value, args[0])
        if name == "count" and len(args) == 1 and self._is_text(node.args[0]):
            return Binary("-", Member(b.method(value, "split", *args), "length"), Lit("1"))
        if name in SEARCHES:
            return self.help(SEARCHES[name][len(args) > 1], value, *args)
        if name == "splitlines":
            return self.help("splitlines" if len(args) == 0 else "linesKept", value, *args)
        if name == "split":
            return self._split(node, value, args)
        if name == "replace":
            if len(args) == 2 and self._is_text(node.args[0]):
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
        return b.method(value, "split", *args) if self._is_text(node.args[0]) else self.help("splitAt", value, *args)

    def _is_text(self, node: ast.expr) -> bool:
        """Written out here, or a constant of a module."""
        value = self.constant(node.id) if isinstance(node, ast.Name) else node
        return value is not None and is_text(value)

    def text_method(self, name: str) -> Js:
        if name in TEXT_PLAIN:
            return b.arrow([Id("it")], b.method(Id("it"), TEXT_PLAIN[name]))
        return self.helper(TEXT_VALUES.get(name, TEXT_HELPERS.get(name, name)))

    def _starts(self, name: str, node: ast.Call, value: Js, args: list[Js]) -> Js:
        js = "startsWith" if name == "startswith" else "endsWith"
        if self.t(node.args[0]) == STR and len(args) == 1:
            return b.method(value, js, args[0])
        if len(args) == 1:
            it = Id(self.fresh("it"))
            first, again = self.twice(node.func.value, value)  # type: ignore[attr-defined]
            del first
            if self.is_simple(node.func.value):  # type: ignore[attr-defined]
                return b.method(args[0], "some", b.arrow([it], b.method(again, js, it)))
        return self.help(STARTS[name][len(args) > 1], value, *args)

    def _only_utf8(self, node: ast.Call) -> None:
        """`encoding` and `errors`, by place or by name."""
        given = [
            *zip(("encoding", "errors"), node.args, strict=False),
            *((key.arg, key.value) for key in node.keywords),
        ]
        for which, argument in given:
            said = argument.value if isinstance(argument, ast.Constant) else None
            if said != "strict" if which == "errors" else str(said).lower() not in UTF8:
                name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                detail = f"{which}={ast.unparse(argument)}"
                raise self.refuse("CW068", argument, name=name, detail=detail, advice='only "utf-8", strict')

    def _bytes(self, name: str, node: ast.Call, func: ast.Attribute) -> Js:
        value = self.expr(func.value)
        if name == "decode":
            self._only_utf8(node)
            return self.help("decodeText", value)
        if name == "join":
            parts = self.consumed_array(node.args[0])
            empty = isinstance(func.value, ast.Constant) and func.value.value == b""
            return self.help("concatBytes", parts) if empty else self.help("joinBytes", value, parts)
        args = self.arguments(node)
        if name in BYTES_SEARCHES or name in BYTES_STARTS:
            kind = self.t(node.args[0])
            if kind == INT:
                args[0] = self.help("oneByte", args[0])
            elif kind != BYTES and not isinstance(kind, TupleT):
                raise self.refuse("CW054", node.args[0], what=f"`{name}`", type=kind)
            if isinstance(kind, TupleT) and len(args) == 1:
                args.append(b.NULL)
            return self.help({**BYTES_SEARCHES, **BYTES_STARTS}[name][len(args) > 1], value, *args)
        return self.help(BYTES_HELPERS[name], value, *args)


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != ""
