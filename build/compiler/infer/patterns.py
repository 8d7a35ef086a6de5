"""Patterns: what the subject is when one matches and when not, and what its names hold."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from build.compiler.infer.attributes import attribute
from build.compiler.infer.constructor_types import is_given
from build.compiler.infer.context import Context
from build.compiler.infer.narrow import check_tested, split, tested_types
from build.compiler.infer.operators import need_equality
from build.compiler.infer.shapes import (
    fitting,
    item_kinds,
    may_equal,
    may_mix,
    sequences,
    tables,
)
from build.compiler.scopes.bindings import names_in
from build.compiler.symbols import ClassInfo
from build.compiler.types import (
    ANY,
    BOOL,
    JS,
    NEVER,
    NONE,
    NUMBERS,
    STR,
    ClassT,
    DictT,
    InstanceT,
    ListT,
    TupleT,
    Type,
    is_unknown,
    members,
    union,
)


@dataclass
class Matched:
    """`kind` is the subject's type when the pattern matches, `rest` when it does not."""

    kind: Type
    rest: Type
    names: dict[str, Type] = field(default_factory=dict)


def pattern_match(node: ast.pattern, kind: Type, context: Context) -> Matched:
    """Types by a pattern on a subject of type `kind`, which is noted for lowering."""
    context.types[node] = kind
    if JS in members(kind) and not isinstance(node, ast.MatchAs):
        context.refuse("CW054", node, what="a pattern", type="js.Value: annotate it first: kind: str = value")
        return Matched(ANY, kind, dict.fromkeys(names_in(node), ANY))
    found: Matched = context.tables.visits[type(node)](node, kind, context)
    if found.kind == NEVER and kind != NEVER:
        _wrong(node, f"never matches {kind}", "take it away, or mind the type of the subject", context)
    return found


def _wrong(node: ast.pattern, detail: str, advice: str, context: Context) -> None:
    context.refuse("CW020", node, text=ast.unparse(node), detail=detail, advice=advice)


# Values

def visit_MatchValue(node: ast.MatchValue, kind: Type, context: Context) -> Matched:
    value = context.expr(node.value)
    literal = not isinstance(node.value, ast.Attribute)
    if may_mix(kind, value) and not (literal and value in NUMBERS):
        context.refuse("CW067", node)
    need_equality(kind, value, context)
    possible = [member for member in members(kind) if may_equal(member, value)]
    if value in (STR, *NUMBERS) and literal:
        possible = [value if is_unknown(member) and value == STR else member for member in possible]
    return Matched(union(*possible), kind)


def visit_MatchSingleton(node: ast.MatchSingleton, kind: Type, context: Context) -> Matched:
    value = NONE if node.value is None else BOOL
    found = any(member == value or is_unknown(member) for member in members(kind))
    rest = union(*[member for member in members(kind) if member != NONE]) if value == NONE else kind
    return Matched(value if found else NEVER, rest)


# Names and alternatives

def visit_MatchAs(node: ast.MatchAs, kind: Type, context: Context) -> Matched:
    found = Matched(kind, NEVER) if node.pattern is None else pattern_match(node.pattern, kind, context)
    if node.name is not None:
        found.names[node.name] = found.kind
    return found


def visit_MatchOr(node: ast.MatchOr, kind: Type, context: Context) -> Matched:
    found = [pattern_match(alternative, kind, context) for alternative in node.patterns]
    rest = [member for member in members(kind) if all(member in members(one.rest) for one in found)]
    names = {name: union(*[one.names.get(name, NEVER) for one in found]) for name in found[0].names}
    if {True, False} <= {inner.value for inner in node.patterns if isinstance(inner, ast.MatchSingleton)}:
        rest = [member for member in rest if member != BOOL]
    return Matched(union(*[one.kind for one in found]), union(*rest), names)


# Sequences

def visit_MatchSequence(node: ast.MatchSequence, kind: Type, context: Context) -> Matched:
    star = next((i for i, item in enumerate(node.patterns) if isinstance(item, ast.MatchStar)), None)
    count = len(node.patterns)
    fits = fitting(sequences(kind), count, star)
    names: dict[str, Type] = {}
    inner: list[Matched] = []
    for item, inside in zip(node.patterns, item_kinds(fits, count, star), strict=True):
        if isinstance(item, ast.MatchStar):
            if item.name is not None:
                names[item.name] = ListT(inside)
            inner.append(Matched(inside, NEVER))
            continue
        inner.append(pattern_match(item, inside, context))
        names.update(inner[-1].names)
    return Matched(_tuple_of(fits, inner, star), _not_sequence(kind, inner, star), names)


# Mappings

def visit_MatchMapping(node: ast.MatchMapping, kind: Type, context: Context) -> Matched:
    found = tables(kind)
    names: dict[str, Type] = {}
    for key, item in zip(node.keys, node.patterns, strict=True):
        given = context.expr(key)
        for table in found:
            if given != STR if is_unknown(table.key) else given not in members(table.key):
                _wrong(node, f"asks {table} for a key of type {given}", "write keys of the dict's own type", context)
        names.update(pattern_match(item, union(*[table.value for table in found]), context).names)
    if node.rest is not None:
        names[node.rest] = DictT(union(*[table.key for table in found]), union(*[table.value for table in found]))
    rest = [member for member in members(kind) if not isinstance(member, DictT)] if len(node.keys) == 0 else [kind]
    return Matched(union(*found), union(*rest), names)


# Classes

def visit_MatchClass(node: ast.MatchClass, kind: Type, context: Context) -> Matched:
    tested = tested_types(node.cls, context)
    check_tested(node, kind, tested, context)
    yes, no = split(kind, tested)
    names: dict[str, Type] = {}
    covers = True
    for name, item in class_parts(node, context.types[node.cls], context):
        inside = yes if name == "" else _part_kind(node, yes, name, context)
        found = pattern_match(item, inside, context)
        names.update(found.names)
        covers = covers and found.rest == NEVER
    return Matched(yes, no if covers else kind, names)


def _part_kind(node: ast.MatchClass, kind: Type, name: str, context: Context) -> Type:
    """The type of an attribute; what runs code is no part of a pattern."""
    for member in members(kind):
        method = member.cls.find_method(name) if isinstance(member, InstanceT) else None
        if method is not None:
            what = "property" if method.kind == "getter" else "method"
            _wrong(node, f"asks for the {what} `{name}`", "ask for it in the guard: `case X() as x if x.y`", context)
            return ANY
    return attribute(kind, name, node.cls, context)


def class_parts(node: ast.MatchClass, target: Type, context: Context) -> list[tuple[str, ast.pattern]]:
    """The patterns inside with the attributes that they are for; "" is the subject itself."""
    named = list(zip(node.kwd_attrs, node.kwd_patterns, strict=True))
    if not isinstance(target, ClassT):
        if len(named) > 0 or len(node.patterns) > 1:
            _wrong(node, "has too many parts", "a built-in class takes one pattern: int(x)", context)
        return [("", item) for item in node.patterns]
    order = match_args(target.cls)
    if len(node.patterns) > len(order):
        advice = "name them, Point(x=0), or make the class a dataclass"
        _wrong(node, f"has more positions than `{target.cls.name}`", advice, context)
    placed = list(zip(order, node.patterns, strict=False))
    for name in {name for name, _ in placed}.intersection(node.kwd_attrs):
        _wrong(node, f"names `{name}` twice", "once is enough", context)
    return [*placed, *named]


def match_args(cls: ClassInfo) -> list[str]:
    """Attributes by position: `__match_args__`, or the fields of a dataclass."""
    own = cls.find_constant("__match_args__")
    if own is not None and isinstance(own.value, ast.Tuple):
        return [str(item.value) for item in own.value.elts if isinstance(item, ast.Constant)]
    return [item.name for item in cls.dataclass_fields() if is_given(item.value)]


def _tuple_of(fits: list[ListT | TupleT], inner: list[Matched], star: int | None) -> Type:
    """The sequence types that match; for one tuple of fixed shape what its items are then."""
    kinds = [found.kind for found in inner]
    if any(kind == NEVER for index, kind in enumerate(kinds) if index != star):
        return NEVER
    only = fits[0] if len(fits) == 1 else None
    if isinstance(only, TupleT) and only.rest is None and star is None:
        return TupleT(tuple(kinds))
    return union(*fits)


def _not_sequence(kind: Type, inner: list[Matched], star: int | None) -> Type:
    """What is left: a shape that always matches is gone."""
    takes_all = all(found.rest == NEVER for found in inner)
    left: list[Type] = []
    for member in members(kind):
        fixed = isinstance(member, TupleT) and member.rest is None and len(fitting([member], len(inner), star)) == 1
        any_length = isinstance(member, ListT | TupleT) and star is not None and len(inner) == 1
        if not takes_all or not (fixed or any_length):
            left.append(member)
    return union(*left)
