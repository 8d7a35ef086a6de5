"""Methods of str and bytes."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.arguments import arguments
from build.compiler.lower.context import Context
from build.compiler.lower.generator_expressions import consumed_array
from build.compiler.lower.order import after, held_before
from build.compiler.lower.ranges import module_constant
from build.compiler.nodes import Arrow, Binary, Id, Js, Lit, Member
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


def text_method(name: str, node: ast.Call, func: ast.Attribute, context: Context) -> Js:
    value = context.expr(func.value)
    if name == "join":
        held, value = held_before(func.value, value, context, node.args[0])
        return after(held, b.method(consumed_array(node.args[0], context), "join", value))
    args = arguments(node, context)
    if name in TEXT_PLAIN:
        return b.method(value, TEXT_PLAIN[name])
    if name in ("startswith", "endswith"):
        return _starts(name, node, value, args, context)
    if name in STRIPS:
        bare = len(args) == 0 or context.t(node.args[0]) == NONE
        if not bare and context.t(node.args[0]) != STR:
            raise context.refuse("CW087", node.args[0], type=STR)
        return context.help(name, value) if bare else context.help(f"{name}Chars", value, args[0])
    if name == "count" and len(args) == 1 and _is_text(node.args[0], context):
        return Binary("-", Member(b.method(value, "split", *args), "length"), Lit("1"))
    if name in SEARCHES:
        return context.help(SEARCHES[name][len(args) > 1], value, *args)
    if name == "splitlines":
        return context.help("splitlines" if len(args) == 0 else "linesKept", value, *args)
    if name == "split":
        return _split(node, value, args, context)
    if name == "replace":
        if len(args) == 2 and _is_text(node.args[0], context):
            return b.method(b.method(value, "split", args[0]), "join", args[1])
        return context.help("replaceText", value, *args)
    if name == "encode":
        _only_utf8(node, context)
        return context.help("encodeText", value)
    return context.help(TEXT_HELPERS[name], value, *args)


def _split(node: ast.Call, value: Js, args: list[Js], context: Context) -> Js:
    if len(args) == 0:
        return context.help("words", value)
    if len(node.args) != 1 or len(node.keywords) > 0 or context.t(node.args[0]) != STR:
        return context.help("split", value, *args)
    return b.method(value, "split", *args) if _is_text(node.args[0], context) else context.help("splitAt", value, *args)


def _is_text(node: ast.expr, context: Context) -> bool:
    """Written out here, or a constant of a module."""
    value = module_constant(node.id, context) if isinstance(node, ast.Name) else node
    return value is not None and is_text(value)


def text_function(name: str, context: Context) -> Js:
    if name in TEXT_PLAIN:
        return Arrow([Id("it")], b.method(Id("it"), TEXT_PLAIN[name]))
    return context.helper(TEXT_VALUES.get(name, TEXT_HELPERS.get(name, name)))


def _starts(name: str, node: ast.Call, value: Js, args: list[Js], context: Context) -> Js:
    js = "startsWith" if name == "startswith" else "endsWith"
    if context.t(node.args[0]) == STR and len(args) == 1:
        return b.method(value, js, args[0])
    if len(args) == 1:
        it = Id(context.fresh("it"))
        first, again = context.twice(node.func.value, value)  # type: ignore[attr-defined]
        del first
        if context.is_simple(node.func.value):  # type: ignore[attr-defined]
            return b.method(args[0], "some", Arrow([it], b.method(again, js, it)))
    return context.help(STARTS[name][len(args) > 1], value, *args)


def _only_utf8(node: ast.Call, context: Context) -> None:
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
            raise context.refuse("CW068", argument, name=name, detail=detail, advice='only "utf-8", strict')


def bytes_method(name: str, node: ast.Call, func: ast.Attribute, context: Context) -> Js:
    value = context.expr(func.value)
    if name == "decode":
        _only_utf8(node, context)
        return context.help("decodeText", value)
    if name == "join":
        parts = consumed_array(node.args[0], context)
        empty = isinstance(func.value, ast.Constant) and func.value.value == b""
        return context.help("concatBytes", parts) if empty else context.help("joinBytes", value, parts)
    args = arguments(node, context)
    if name in BYTES_SEARCHES or name in BYTES_STARTS:
        kind = context.t(node.args[0])
        if kind == INT:
            args[0] = context.help("oneByte", args[0])
        elif kind != BYTES and not isinstance(kind, TupleT):
            raise context.refuse("CW054", node.args[0], what=f"`{name}`", type=kind)
        if isinstance(kind, TupleT) and len(args) == 1:
            args.append(b.NULL)
        return context.help({**BYTES_SEARCHES, **BYTES_STARTS}[name][len(args) > 1], value, *args)
    return context.help(BYTES_HELPERS[name], value, *args)


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != ""
