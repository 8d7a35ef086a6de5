"""`expr`: one method per node; constants and displays live here."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.functions import Functions
from build.compiler.lower.truth import truth
from build.compiler.nodes import Array, Assign, Id, Js, Lit, New, Spread
from build.compiler.types import SetT


class Expressions(Functions):
    """Dispatch by the kind of node."""

    def expr(self, node: ast.expr) -> Js:
        method = getattr(self, f"_{type(node).__name__}", None)
        if method is None:
            raise self.refuse("CW034", node, what=type(node).__name__, advice="see docs/PYTHON_SUBSET.md")
        result: Js = method(node)
        coercion = self.inferred.coercions.get(node)
        if coercion == "class":
            return self.class_as_function(node, result)
        return truth(result, self.t(node)) if coercion == "truth" else result

    def _NamedExpr(self, node: ast.NamedExpr) -> Js:
        name = Id(self.js_name(node.target.id), place=self.place(node.target, node.target.id))
        return Assign("=", name, self.value(node.value), place=self.place(node))

    def _Constant(self, node: ast.Constant) -> Js:
        value = node.value
        if value is None:
            return Lit("null")
        if isinstance(value, bool):
            return Lit("true" if value else "false")
        if isinstance(value, str):
            return b.text(value)
        if isinstance(value, int | float):
            return self._number_as_written(node, value)
        if isinstance(value, bytes):
            return self._bytes_constant(value)
        raise self.refuse("CW034", node, what="this constant", advice="see docs/PYTHON_SUBSET.md")

    def _number_as_written(self, node: ast.Constant, value: int | float) -> Js:
        """Hexadecimal stays hexadecimal."""
        line = self.report.lines[node.lineno - 1] if node.lineno <= len(self.report.lines) else ""
        spelled = line.encode()[node.col_offset : node.end_col_offset].decode("utf-8", "replace").replace("_", "")
        if spelled[:2].lower() in ("0x", "0b") and isinstance(value, int) and spelled[2:].isalnum():
            return Lit(spelled.lower()) if _is_number(spelled, value) else b.number(value)
        return b.number(value)

    def _bytes_constant(self, value: bytes) -> Js:
        if len(value) == 0:
            return New(Id("Uint8Array"), [])
        printable = all(32 <= byte < 127 for byte in value)
        if printable and len(value) > 3:
            return self.help("ascii", b.text(value.decode("ascii")))
        return b.method(Id("Uint8Array"), "of", *[Lit(str(byte)) for byte in value])

    # Displays

    def _elements(self, nodes: list[ast.expr]) -> list[Js]:
        items: list[Js] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                items.append(Spread(self.iterable(node.value)))
            else:
                items.append(self.value(node))
        return items

    def _List(self, node: ast.List) -> Js:
        return Array(self._elements(node.elts), place=self.place(node))

    def _Tuple(self, node: ast.Tuple) -> Js:
        return Array(self._elements(node.elts), place=self.place(node))

    def _Set(self, node: ast.Set) -> Js:
        kind = self.t(node)
        items = self.as_keys(Array(self._elements(node.elts)), kind.item if isinstance(kind, SetT) else kind)
        return New(Id("Set"), [items], place=self.place(node))

    def _Dict(self, node: ast.Dict) -> Js:
        if len(node.keys) == 0:
            return New(Id("Map"), [])
        if len(node.keys) == 1 and node.keys[0] is None:
            return New(Id("Map"), [self.expr(node.values[0])])
        items: list[Js] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                items.append(Spread(self.expr(value)))
            else:
                items.append(Array([self.key(key), self.value(value)]))
        return New(Id("Map"), [Array(items)], place=self.place(node))


def _is_number(spelled: str, value: int) -> bool:
    try:
        return int(spelled, 0) == value
    except ValueError:
        return False
