"""Constants and displays."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.context import Context
from build.compiler.lower.iterables import iterable
from build.compiler.lower.keys import as_keys, key_value
from build.compiler.nodes import Array, Assign, Id, Js, Lit, New, Spread
from build.compiler.types import SetT


def visit_NamedExpr(node: ast.NamedExpr, context: Context) -> Js:
    name = Id(context.js_name(node.target.id), place=context.place(node.target, node.target.id))
    return Assign("=", name, context.value(node.value), place=context.place(node))


def visit_Constant(node: ast.Constant, context: Context) -> Js:
    value = node.value
    if value is None:
        return Lit("null")
    if isinstance(value, bool):
        return Lit("true" if value else "false")
    if isinstance(value, str):
        return b.text(value)
    if isinstance(value, int | float):
        return _number_as_written(node, value, context)
    assert isinstance(value, bytes)
    return _bytes_constant(value, context)


def _number_as_written(node: ast.Constant, value: int | float, context: Context) -> Js:
    """Hexadecimal stays hexadecimal."""
    line = context.report.lines[node.lineno - 1] if node.lineno <= len(context.report.lines) else ""
    spelled = line.encode()[node.col_offset : node.end_col_offset].decode("utf-8", "replace").replace("_", "")
    if spelled[:2].lower() in ("0x", "0b") and isinstance(value, int) and spelled[2:].isalnum():
        return Lit(spelled.lower()) if _is_number(spelled, value) else b.number(value)
    return b.number(value)


def _bytes_constant(value: bytes, context: Context) -> Js:
    if len(value) == 0:
        return New(Id("Uint8Array"), [])
    printable = all(32 <= byte < 127 for byte in value)
    if printable and len(value) > 3:
        return context.help("ascii", b.text(value.decode("ascii")))
    return b.method(Id("Uint8Array"), "of", *[Lit(str(byte)) for byte in value])


# Displays

def _elements(nodes: list[ast.expr], context: Context) -> list[Js]:
    items: list[Js] = []
    for node in nodes:
        if isinstance(node, ast.Starred):
            items.append(Spread(iterable(node.value, context)))
        else:
            items.append(context.value(node))
    return items


def visit_List(node: ast.List, context: Context) -> Js:
    return Array(_elements(node.elts, context), place=context.place(node))


def visit_Tuple(node: ast.Tuple, context: Context) -> Js:
    return Array(_elements(node.elts, context), place=context.place(node))


def visit_Set(node: ast.Set, context: Context) -> Js:
    kind = context.t(node)
    items = as_keys(Array(_elements(node.elts, context)), kind.item if isinstance(kind, SetT) else kind, context)
    return New(Id("Set"), [items], place=context.place(node))


def visit_Dict(node: ast.Dict, context: Context) -> Js:
    if len(node.keys) == 0:
        return New(Id("Map"), [])
    if len(node.keys) == 1 and node.keys[0] is None:
        return New(Id("Map"), [context.expr(node.values[0])])
    if None not in node.keys and not isinstance(context.scope.node, ast.Module | ast.ClassDef):
        return _dict_of(node, context)
    items: list[Js] = []
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            items.append(Spread(context.expr(value)))
        else:
            items.append(Array([key_value(key, context), context.value(value)]))
    return New(Id("Map"), [Array(items)], place=context.place(node))


def _dict_of(node: ast.Dict, context: Context) -> Js:
    """In a function, where it may be made again and again: shorter than pairs, and V8 makes none. Of a constant that
    nobody asks for esbuild knows only spelled with `new` that it may be left out."""
    parts: list[Js] = []
    for key, value in zip(node.keys, node.values, strict=True):
        if key is not None:
            parts += [key_value(key, context), context.value(value)]
    made = context.help("dictOf", *parts)
    made.place = context.place(node)
    return made


def _is_number(spelled: str, value: int) -> bool:
    try:
        return int(spelled, 0) == value
    except ValueError:
        return False
