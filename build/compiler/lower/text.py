"""str(), repr() and f-strings, directed by static types."""

from __future__ import annotations

import ast
import re

from build.compiler import builders as b
from build.compiler.lower.context import Context
from build.compiler.lower.ranges import is_nonnegative
from build.compiler.nodes import Array, Arrow, Binary, Call, Cond, Id, Js, Lit, Member, Sequence, Template
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


def to_text(value: Js, kind: Type, node: ast.AST, context: Context) -> Js:
    """str(value)."""
    if kind == STR:
        return value
    if kind == INT:
        return b.call("String", value)
    if kind == BOOL:
        return Cond(value, b.text("True"), b.text("False"))
    if kind == NONE:
        known = isinstance(value, Id | Lit | Member)
        return b.text("None") if known else Sequence([value, b.text("None")])
    if kind == FLOAT:
        return context.help("floatText", value)
    if kind == JS:
        return context.help("textOf", value)
    if isinstance(kind, InstanceT):
        if kind.cls.is_error():
            return context.help("str", value)
        if kind.cls.is_enum or kind.cls.find_method("__str__") is not None:
            return b.method(value, "toString")
        return b.method(value, "__repr__")
    if isinstance(kind, ListT | TupleT | DictT | SetT):
        return to_repr(value, kind, node, context)
    return context.help("str", value) if is_plainly_shown(kind) else _of_union("str", value, kind, node, context)


def to_repr(value: Js, kind: Type, node: ast.AST, context: Context) -> Js:
    """repr(value)."""
    if kind in (INT, BOOL, NONE, FLOAT):
        return to_text(value, kind, node, context)
    if isinstance(kind, InstanceT) and not kind.cls.is_error() and _has_repr(kind):
        return b.method(value, "__repr__")
    if is_plainly_shown(kind):
        return context.help("repr", value)
    if isinstance(kind, DequeT):
        return context.help("reprDeque", value, formatter(kind.item, node, context))
    if isinstance(kind, CounterT):
        return context.help("reprCounter", value, formatter(kind.key, node, context))
    if isinstance(kind, TupleT):
        if kind.rest is not None:
            return context.help("reprTuple", value, formatter(kind.rest, node, context))
        return context.help("reprTuple", value, Array([formatter(item, node, context) for item in kind.items]))
    if isinstance(kind, ListT):
        if not kind.exact:
            raise context.refuse(
                "CW064", node, type=kind, advice="a Sequence may be a list or a tuple: make one of it with list(...)"
            )
        return context.help("reprList", value, formatter(kind.item, node, context))
    if isinstance(kind, SetT):
        return context.help("reprFrozen" if kind.frozen else "reprSet", value, formatter(kind.item, node, context))
    if isinstance(kind, DictT):
        return context.help("reprDict", value, formatter(kind.key, node, context), formatter(kind.value, node, context))
    return _of_union("repr", value, kind, node, context)


def _has_repr(kind: InstanceT) -> bool:
    return kind.cls.find_method("__repr__") is not None or kind.cls.is_dataclass or kind.cls.is_enum


def _of_union(name: str, value: Js, kind: Type, node: ast.AST, context: Context) -> Js:
    """`str` or `repr` of what may have several types, of which the helper of that name does not know one."""
    odd = [member for member in members(kind) if not is_plainly_shown(member)]
    # An empty list is printed as every list is.
    arrays = [member for member in members(kind) if isinstance(member, ListT | TupleT) and member != ListT(NEVER)]
    sets = [member for member in members(kind) if isinstance(member, SetT)]
    if len(odd) != 1 or (odd[0] in arrays and len(arrays) > 1) or (odd[0] in sets and len(sets) > 1):
        raise context.refuse("CW064", node, type=kind, advice="narrow it first")
    if is_unknown(odd[0]):
        advice = "narrow it first: a float or a tuple in it would print differently"
        raise context.refuse("CW064", node, type=kind, advice=advice)
    item = Id("it")
    if odd[0] == FLOAT:
        return context.help(name, value, context.helper("floatText"))
    test = shape_test(item, odd[0])
    body = Cond(test, to_repr(item, odd[0], node, context), context.help(name, item))
    return b.call(Arrow([item], body), value)


def shape_test(value: Js, kind: Type) -> Js:
    if isinstance(kind, ListT | TupleT):
        return b.method(Id("Array"), "isArray", value)
    if isinstance(kind, DictT):
        return Binary("instanceof", value, Id("Map"))
    return Binary("instanceof", value, Id("Set"))


def is_plainly_shown(kind: Type) -> bool:
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
        if isinstance(member, ListT | DictT | SetT) and not all(is_plainly_shown(part) for part in parts_of(member)):
            return False
    return True


def formatter(kind: Type, node: ast.AST, context: Context) -> Js:
    """A function from a value of this type to its repr."""
    if is_plainly_shown(kind):
        return context.helper("repr")
    if kind == FLOAT:
        return context.helper("floatText")
    return Arrow([Id("it")], to_repr(Id("it"), kind, node, context))


# f-strings

def visit_JoinedStr(node: ast.JoinedStr, context: Context) -> Js:
    parts: list[str | Js] = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        elif isinstance(part, ast.FormattedValue):
            parts.append(_formatted(part, context))
    if len(parts) == 0:
        return b.text("")
    if all(isinstance(part, str) for part in parts):
        return b.text("".join(str(part) for part in parts))
    if len(parts) == 1 and not isinstance(parts[0], str):
        return parts[0]
    return Template([in_template(part) for part in parts], place=context.place(node))


def in_template(part: str | Js) -> str | Js:
    """`${String(n)}` is `${n}`."""
    if isinstance(part, Call) and isinstance(part.callee, Id) and part.callee.name == "String":
        return part.args[0]
    return part


def _formatted(node: ast.FormattedValue, context: Context) -> Js:
    value, kind = context.expr(node.value), context.t(node.value)
    if node.conversion == ord("r"):
        value, kind = to_repr(value, kind, node, context), STR
    elif node.conversion == ord("s"):
        value, kind = to_text(value, kind, node, context), STR
    if node.format_spec is None:
        return to_text(value, kind, node, context)
    assert isinstance(node.format_spec, ast.JoinedStr)
    parts = node.format_spec.values
    if not all(isinstance(part, ast.Constant) for part in parts):
        return formatted(value, kind, context.expr(node.format_spec), node, context)
    spec = "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
    return format_by(value, kind, spec, node, context) if spec != "" else to_text(value, kind, node, context)


def format_by(value: Js, kind: Type, spec: str, node: ast.FormattedValue | ast.Call, context: Context) -> Js:
    """format(value, spec): written out, or by the helper that knows all specifications."""
    wrong = _refused_by_python(kind, spec)
    if wrong != "":
        raise context.refuse("CW065", node, spec=spec, type=kind, advice=wrong)
    match = SPEC.match(spec)
    assert match is not None
    found = _written_out(value, kind, match.groups(), node, context)
    return found if found is not None else formatted(value, kind, b.text(spec), node, context)


def formatted(value: Js, kind: Type, spec: Js, node: ast.AST, context: Context) -> Js:
    helper = FORMATS.get(kind)
    if helper is None:
        advice = "convert it first: str(x), int(x), float(x)"
        raise context.refuse("CW065", node, spec=ast.unparse(node), type=kind, advice=advice)
    return context.help(helper, value, spec)


def _written_out(value: Js, kind: Type, parts: tuple[str | None, ...], node: ast.AST, context: Context) -> Js | None:
    """What short code says; None for the rest."""
    fill, align, sign, alternate, zero, width, comma, precision, letter = parts
    if alternate is not None or sign == " " or comma == "_" or (zero is not None and (comma or align) is not None):
        return None
    if kind == STR and letter in (None, "s") and zero is None:
        text = value if precision is None else context.help("sliceText", value, Lit("0"), Lit(precision))
        return _padded(text, fill or " ", align or "<", width, context)
    if kind == INT and letter in (None, "d", "x", "X", "b", "o") and precision is None:
        text = _digits(value, letter or "d", comma, context)
    elif kind in (FLOAT, INT) and letter in ("f", "%") and int(precision or 6) <= MOST_DIGITS:
        text = _decimal(value, letter, precision or "6", comma, context)
    else:
        return None
    if sign == "+":
        text = context.help("withSign", text)
    if zero is not None and width is not None:
        value_node = getattr(node, "value", None)
        if (kind, sign) == (INT, None) and isinstance(value_node, ast.expr) and is_nonnegative(value_node, context):
            return b.method(text, "padStart", Lit(width), b.text("0"))
        return context.help("zeros" if (kind, sign) == (INT, None) else "zfill", text, Lit(width))
    return _padded(text, fill or " ", align or ">", width, context)


def _digits(value: Js, letter: str, comma: str | None, context: Context) -> Js:
    if comma is not None:
        return context.help("withCommas", b.call("String", value))
    if letter == "d":
        return b.call("String", value)
    base = {"x": "16", "X": "16", "b": "2", "o": "8"}[letter]
    digits = b.method(value, "toString", Lit(base))
    return b.method(digits, "toUpperCase") if letter == "X" else digits


def _decimal(value: Js, letter: str, precision: str, comma: str | None, context: Context) -> Js:
    number = Binary("*", value, Lit("100")) if letter == "%" else value
    fixed = context.help("fixed", number, Lit(precision))
    text = context.help("withCommas", fixed) if comma is not None else fixed
    return Binary("+", text, b.text("%")) if letter == "%" else text


def _padded(text: Js, fill: str, align: str, width: str | None, context: Context) -> Js:
    if width is None:
        return text
    name = {"<": "ljust", ">": "rjust", "^": "centered", "=": "zfill"}[align]
    if name == "zfill":
        return context.help(name, text, Lit(width), b.text(fill))
    return context.help(name, text, Lit(width), *([b.text(fill)] if fill != " " else []))
