"""str(), repr() and f-strings, directed by static types."""

from __future__ import annotations

import ast
import re

from build.compiler import builders as b
from build.compiler.lower.names import Names
from build.compiler.nodes import Array, Id, Js, Lit, Member, Sequence, Template
from build.compiler.types import (
    BOOL,
    COLLECTIONS,
    FLOAT,
    INT,
    JS,
    NEVER,
    NONE,
    STR,
    CounterT,
    DequeT,
    DictT,
    InstanceT,
    ListT,
    SetT,
    TupleT,
    Type,
    is_unknown,
    members,
    parts_of,
)

SPEC = re.compile(r"(?:(.)?([<>^=]))?([+ -])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?\Z", re.S)


FORMATS: dict[Type, str] = {INT: "formatInt", FLOAT: "formatFloat", STR: "formatText"}
SAMPLES: dict[Type, object] = {INT: 1, FLOAT: 1.5, STR: "a"}
MOST_DIGITS = 22  # behind the point, that the helper `fixed` rounds as CPython does


def _refused_by_python(kind: Type, spec: str) -> str:
    """What CPython says to this specification for a value of this type; "" where it takes it."""
    if kind not in SAMPLES:
        return "convert it first: str(x), int(x), float(x)"
    if SPEC.match(spec) is None or spec.endswith("n"):
        return "leave `n` and `z` out"
    try:
        format(SAMPLES[kind], spec)
    except ValueError as error:
        return str(error)
    return ""


class Text(Names):
    """Text from values."""

    def to_text(self, value: Js, kind: Type, node: ast.AST) -> Js:
        """str(value)."""
        if kind == STR:
            return value
        if kind == INT:
            return b.call("String", value)
        if kind == BOOL:
            return b.cond(value, b.text("True"), b.text("False"))
        if kind == NONE:
            known = isinstance(value, Id | Lit | Member)
            return b.text("None") if known else Sequence([value, b.text("None")])
        if kind == FLOAT:
            return self.help("floatText", value)
        if kind == JS:
            return self.help("textOf", value)
        if isinstance(kind, InstanceT):
            if kind.cls.is_error():
                return self.help("str", value)
            if kind.cls.is_enum or kind.cls.find_method("__str__") is not None:
                return b.method(value, "toString")
            return b.method(value, "__repr__")
        if isinstance(kind, ListT | TupleT | DictT | SetT):
            return self.to_repr(value, kind, node)
        return self.help("str", value) if self.is_plain(kind) else self._of_union("str", value, kind, node)

    def to_repr(self, value: Js, kind: Type, node: ast.AST) -> Js:
        """repr(value)."""
        if kind in (INT, BOOL, NONE, FLOAT):
            return self.to_text(value, kind, node)
        if isinstance(kind, InstanceT) and not kind.cls.is_error() and self._has_repr(kind):
            return b.method(value, "__repr__")
        if self.is_plain(kind):
            return self.help("repr", value)
        if isinstance(kind, DequeT):
            return self.help("reprDeque", value, self.formatter(kind.item, node))
        if isinstance(kind, CounterT):
            return self.help("reprCounter", value, self.formatter(kind.key, node))
        if isinstance(kind, TupleT):
            if kind.rest is not None:
                return self.help("reprTuple", value, self.formatter(kind.rest, node))
            return self.help("reprTuple", value, Array([self.formatter(item, node) for item in kind.items]))
        if isinstance(kind, ListT):
            if not kind.exact:
                raise self.refuse(
                    "CW064",
                    node,
                    type=kind,
                    advice="a Sequence may be a list or a tuple: make one of it with list(...)",
                )
            return self.help("reprList", value, self.formatter(kind.item, node))
        if isinstance(kind, SetT):
            return self.help("reprFrozen" if kind.frozen else "reprSet", value, self.formatter(kind.item, node))
        if isinstance(kind, DictT):
            return self.help("reprDict", value, self.formatter(kind.key, node), self.formatter(kind.value, node))
        return self._of_union("repr", value, kind, node)

    def _has_repr(self, kind: InstanceT) -> bool:
        return kind.cls.find_method("__repr__") is not None or kind.cls.is_dataclass or kind.cls.is_enum

    def _of_union(self, name: str, value: Js, kind: Type, node: ast.AST) -> Js:
        """`str` or `repr` of what may have several types, of which the helper of that name does not know one."""
        odd = [member for member in members(kind) if not self.is_plain(member)]
        # An empty list is printed as every list is.
        arrays = [member for member in members(kind) if isinstance(member, ListT | TupleT) and member != ListT(NEVER)]
        sets = [member for member in members(kind) if isinstance(member, SetT)]
        if len(odd) != 1 or (odd[0] in arrays and len(arrays) > 1) or (odd[0] in sets and len(sets) > 1):
            raise self.refuse("CW064", node, type=kind, advice="narrow it first")
        if is_unknown(odd[0]):
            advice = "narrow it first: a float or a tuple in it would print differently"
            raise self.refuse("CW064", node, type=kind, advice=advice)
        item = Id("it")
        if odd[0] == FLOAT:
            return self.help(name, value, self.helper("floatText"))
        test = self.shape_test(item, odd[0])
        body = b.cond(test, self.to_repr(item, odd[0], node), self.help(name, item))
        return b.call(b.arrow([item], body), value)

    def shape_test(self, value: Js, kind: Type) -> Js:
        if isinstance(kind, ListT | TupleT):
            return b.method(Id("Array"), "isArray", value)
        if isinstance(kind, DictT):
            return b.binary("instanceof", value, Id("Map"))
        return b.binary("instanceof", value, Id("Set"))

    def is_plain(self, kind: Type) -> bool:
        """Does the helper `repr` print this right without knowing its type? Not floats and tuples."""
        for member in members(kind):
            if (
                member == FLOAT
                or is_unknown(member)
                or isinstance(member, TupleT)
                or (isinstance(member, ListT) and not member.exact)
            ):
                return False
            if isinstance(member, COLLECTIONS) or (isinstance(member, SetT) and member.frozen):
                return False
            if isinstance(member, ListT | DictT | SetT) and not all(self.is_plain(part) for part in parts_of(member)):
                return False
        return True

    def formatter(self, kind: Type, node: ast.AST) -> Js:
        """A function from a value of this type to its repr."""
        if self.is_plain(kind):
            return self.helper("repr")
        if kind == FLOAT:
            return self.helper("floatText")
        return b.arrow([Id("it")], self.to_repr(Id("it"), kind, node))

    # f-strings

    def _JoinedStr(self, node: ast.JoinedStr) -> Js:
        parts: list[str | Js] = []
        for part in node.values:
            if isinstance(part, ast.Constant):
                parts.append(str(part.value))
            elif isinstance(part, ast.FormattedValue):
                parts.append(self._formatted(part))
        if len(parts) == 0:
            return b.text("")
        if all(isinstance(part, str) for part in parts):
            return b.text("".join(str(part) for part in parts))
        if len(parts) == 1 and not isinstance(parts[0], str):
            return parts[0]
        return Template([self._in_template(part) for part in parts], place=self.place(node))

    def _in_template(self, part: str | Js) -> str | Js:
        """`${String(n)}` is `${n}`."""
        from build.compiler.nodes import Call

        if isinstance(part, Call) and isinstance(part.callee, Id) and part.callee.name == "String":
            return part.args[0]
        return part

    def _formatted(self, node: ast.FormattedValue) -> Js:
        value, kind = self.expr(node.value), self.t(node.value)
        if node.conversion == ord("r"):
            value, kind = self.to_repr(value, kind, node), STR
        elif node.conversion == ord("s"):
            value, kind = self.to_text(value, kind, node), STR
        if node.format_spec is None:
            return self.to_text(value, kind, node)
        assert isinstance(node.format_spec, ast.JoinedStr)
        parts = node.format_spec.values
        if not all(isinstance(part, ast.Constant) for part in parts):
            return self.formatted(value, kind, self.expr(node.format_spec), node)
        spec = "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
        return self.format(value, kind, spec, node) if spec != "" else self.to_text(value, kind, node)

    def format(self, value: Js, kind: Type, spec: str, node: ast.FormattedValue | ast.Call) -> Js:
        """format(value, spec): written out, or by the helper that knows all specifications."""
        wrong = _refused_by_python(kind, spec)
        if wrong != "":
            raise self.refuse("CW065", node, spec=spec, type=kind, advice=wrong)
        match = SPEC.match(spec)
        assert match is not None
        found = self._written_out(value, kind, match.groups(), node)
        return found if found is not None else self.formatted(value, kind, b.text(spec), node)

    def formatted(self, value: Js, kind: Type, spec: Js, node: ast.AST) -> Js:
        helper = FORMATS.get(kind)
        if helper is None:
            advice = "convert it first: str(x), int(x), float(x)"
            raise self.refuse("CW065", node, spec=ast.unparse(node), type=kind, advice=advice)
        return self.help(helper, value, spec)

    def _written_out(self, value: Js, kind: Type, parts: tuple[str | None, ...], node: ast.AST) -> Js | None:
        """What short code says; None for the rest."""
        fill, align, sign, alternate, zero, width, comma, precision, letter = parts
        if alternate is not None or sign == " " or comma == "_" or (zero is not None and (comma or align) is not None):
            return None
        if kind == STR and letter in (None, "s") and zero is None:
            text = value if precision is None else self.help("sliceText", value, Lit("0"), Lit(precision))
            return self._padded(text, fill or " ", align or "<", width)
        if kind == INT and letter in (None, "d", "x", "X", "b", "o") and precision is None:
            text = self._digits(value, letter or "d", comma)
        elif kind in (FLOAT, INT) and letter in ("f", "%") and int(precision or 6) <= MOST_DIGITS:
            text = self._decimal(value, letter, precision or "6", comma)
        else:
            return None
        if sign == "+":
            text = self.help("withSign", text)
        if zero is not None and width is not None:
            value_node = getattr(node, "value", None)
            if (kind, sign) == (INT, None) and isinstance(value_node, ast.expr) and self.is_nonnegative(value_node):
                return b.method(text, "padStart", Lit(width), b.text("0"))
            return self.help("zeros" if (kind, sign) == (INT, None) else "zfill", text, Lit(width))
        return self._padded(text, fill or " ", align or ">", width)

    def _digits(self, value: Js, letter: str, comma: str | None) -> Js:
        if comma is not None:
            return self.help("withCommas", b.call("String", value))
        if letter == "d":
            return b.call("String", value)
        base = {"x": "16", "X": "16", "b": "2", "o": "8"}[letter]
        digits = b.method(value, "toString", Lit(base))
        return b.method(digits, "toUpperCase") if letter == "X" else digits

    def _decimal(self, value: Js, letter: str, precision: str, comma: str | None) -> Js:
        number = b.binary("*", value, Lit("100")) if letter == "%" else value
        fixed = self.help("fixed", number, Lit(precision))
        text = self.help("withCommas", fixed) if comma is not None else fixed
        return b.binary("+", text, b.text("%")) if letter == "%" else text

    def _padded(self, text: Js, fill: str, align: str, width: str | None) -> Js:
        if width is None:
            return text
        name = {"<": "ljust", ">": "rjust", "^": "centered", "=": "zfill"}[align]
        if name == "zfill":
            return self.help(name, text, Lit(width), b.text(fill))
        return self.help(name, text, Lit(width), *([b.text(fill)] if fill != " " else []))
