"""Prints expressions; one method per node."""

from __future__ import annotations

from dataclasses import replace

from build.compiler import nodes as n
from build.compiler.printing.brief import brief
from build.compiler.printing.precedence import (
    ASSIGN,
    COND,
    POSTFIX,
    PRECEDENCE,
    PRIMARY,
    UNARY,
    has_call,
    precedence,
    starts_badly,
)
from build.compiler.printing.writer import TrialOver, Writer

WIDTH = 100


class Expressions(Writer):
    """`at_least` is how tightly a node must hold together where it stands."""

    def expression(self, node: n.Js, at_least: int = 0) -> None:
        wrapped = precedence(node) < at_least
        self.write("(" if wrapped else "")
        self.mark(node)
        getattr(self, f"_{type(node).__name__}")(node)
        self.write(")" if wrapped else "")

    def test(self, node: n.Js, at_least: int = 0) -> None:
        """A condition."""
        self.expression(brief(node) if self.is_small else node, at_least)

    def _Id(self, node: n.Id) -> None:
        self.write(node.name)

    def _Lit(self, node: n.Lit) -> None:
        self.write(node.text)

    def _Template(self, node: n.Template) -> None:
        self.write("`")
        for part in node.parts:
            if isinstance(part, str):
                self.write(_template_text(part))
            else:
                self.write("${")
                self.expression(part)
                self.write("}")
        self.write("`")

    def _Array(self, node: n.Array) -> None:
        self._list("[", node.items, "]")

    def _Object(self, node: n.Object) -> None:
        if len(node.pairs) == 0:
            self.write("{}")
            return
        items: list[n.Js] = [_Pair(key, value) for key, value in node.pairs]
        self._list("{ ", items, " }")

    def _Arrow(self, node: n.Arrow) -> None:
        self.write("async " if node.is_async else "")
        self._list("(", node.params, ")")
        self.write(" => ")
        if isinstance(node.body, list):
            self.block(node.body)
        elif isinstance(node.body, n.Object) or starts_badly(node.body):
            self.write("(")
            self.expression(node.body)
            self.write(")")
        else:
            self.expression(node.body, ASSIGN)

    def _Function(self, node: n.Function) -> None:
        self.write("async " if node.is_async else "")
        self.write("function")
        self.write("*" if node.is_generator else "")
        self.write(f" {node.name}" if node.name != "" else " ")
        self._list("(", node.params, ")")
        self.write(" ")
        self.block(node.body)

    def _Unary(self, node: n.Unary) -> None:
        if self.is_small and node.operator == "!":
            node = replace(node, value=brief(node.value))
        self.write(node.operator + (" " if node.operator.isalpha() else ""))
        nested = isinstance(node.value, n.Unary) and node.value.operator == node.operator and node.operator in "+-"
        self.expression(node.value, PRIMARY if nested else UNARY)

    def _Binary(self, node: n.Binary) -> None:
        level = PRECEDENCE[node.operator]
        right_level = level if node.operator in ("&&", "||", "??") else level + 1
        left_level = level
        if node.operator == "**":
            left_level, right_level = UNARY + 1, level
        broken = node.operator in ("&&", "||") and self._too_wide([node])
        self._side(node.operator, node.left, left_level)
        if broken:
            self.write(f" {node.operator}\n")
            self.write("  " * (self.depth + 1))
        else:
            self.write(f" {node.operator} ")
        self._side(node.operator, node.right, right_level)

    _Truth = _Binary

    def _side(self, operator: str, node: n.Js, level: int) -> None:
        """`??` never mixes with `&&` and `||` without parentheses; `&&` inside `||` reads better with them."""
        inner = node.operator if isinstance(node, n.Binary) else ""
        mixed = "??" in (operator, inner) and inner in ("||", "&&", "??") and inner != operator
        mixed = mixed or (operator == "||" and inner == "&&")
        self.expression(node, PRIMARY if mixed else level)

    def _Assign(self, node: n.Assign) -> None:
        self.expression(node.target, POSTFIX)
        self.write(f" {node.operator} ")
        self.expression(node.value, ASSIGN)

    def _Cond(self, node: n.Cond) -> None:
        self.test(node.test, COND + 1)
        self.write(" ? ")
        self.expression(node.yes, ASSIGN)
        self.write(" : ")
        self.expression(node.no, ASSIGN)

    def _Call(self, node: n.Call) -> None:
        callee = POSTFIX if not isinstance(node.callee, n.Function) else PRIMARY + 1
        self.expression(node.callee, callee)
        self._list("(", node.args, ")")

    def _New(self, node: n.New) -> None:
        self.write("new ")
        self.expression(node.callee, PRIMARY + 1 if has_call(node.callee) else POSTFIX)
        self._list("(", node.args, ")")

    def _Member(self, node: n.Member) -> None:
        bare_number = isinstance(node.object, n.Lit) and node.object.text[:1].isdigit()
        self.expression(node.object, PRIMARY + 1 if bare_number else POSTFIX)
        self.write(f".{self.property(node.name)}")

    def _Index(self, node: n.Index) -> None:
        self.expression(node.object, POSTFIX)
        self.write("[")
        self.expression(node.key)
        self.write("]")

    def _Remark(self, node: n.Remark) -> None:
        if self.is_small:
            self.write('""')
        else:
            self.expression(node.value, ASSIGN)

    def _Spread(self, node: n.Spread) -> None:
        self.write("...")
        self.expression(node.value, ASSIGN)

    def _Await(self, node: n.Await) -> None:
        self.write("await ")
        self.expression(node.value, UNARY)

    def _Yield(self, node: n.Yield) -> None:
        self.write("yield*" if node.delegate else "yield")
        if node.value is not None:
            self.write(" ")
            self.expression(node.value, ASSIGN)

    def _Sequence(self, node: n.Sequence) -> None:
        for index, item in enumerate(node.items):
            self.write(", " if index > 0 else "")
            self.expression(item, ASSIGN)

    # Lists of anything

    def _list(self, opening: str, items: list[n.Js], closing: str) -> None:
        """On one line if its first line fits, else one item a line."""
        while self.is_small and len(items) > 0 and isinstance(items[-1], n.Remark):
            items = items[:-1]
        if len(items) > 0 and self._too_wide(items):
            self.write(opening.rstrip() + "\n")
            self.depth += 1
            for item in items:
                self.indent()
                self._item(item)
                self.write(",\n")
            self.depth -= 1
            self.indent()
            self.write(closing.lstrip())
            return
        self.write(opening)
        for index, item in enumerate(items):
            self.write(", " if index > 0 else "")
            self._item(item)
        self.write(closing)

    def _item(self, item: n.Js) -> None:
        if isinstance(item, _Pair):
            shorthand = isinstance(item.value, n.Id) and item.value.name == item.key
            self.write("" if shorthand else f"{item.key}: ")
            self.expression(item.value, ASSIGN)
        else:
            self.expression(item, ASSIGN)

    def _too_wide(self, items: list[n.Js]) -> bool:
        if self.is_small or self.is_trial:
            return False  # nobody reads it
        trial = type(self)(limit=WIDTH - self.column)
        try:
            for item in items:
                trial._item(item)
                trial.write(", ")
        except TrialOver as over:
            return not over.fits
        return False

    def block(self, body: list[n.Js]) -> None:
        raise NotImplementedError


class _Pair(n.Js):
    """One entry of an object literal, on its way through the list printer."""

    def __init__(self, key: str, value: n.Js) -> None:
        self.key = key
        self.value = value
        self.place = None


def _template_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${").replace("\r", "\\r")
    safe = []
    for char in escaped:
        odd = (
            (ord(char) < 32 and char != "\n")
            or 0x7F <= ord(char) < 0xA0
            or char in "\u2028\u2029\ufeff"
            or 0xD800 <= ord(char) < 0xE000
        )
        safe.append(f"\\u{ord(char):04x}" if odd else "\\n" if char == "\n" else char)
    return "".join(safe)
