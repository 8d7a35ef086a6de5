"""Patterns as conditions on the subject, and the values of their names."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from build.compiler import builders as b
from build.compiler.infer.narrow import TESTED, is_subtype
from build.compiler.infer.patterns import class_parts
from build.compiler.infer.shapes import fitting, is_fixed, may_mix, sequences
from build.compiler.lower.comparison import equality, is_same_by_identity
from build.compiler.lower.context import Context
from build.compiler.lower.keys import key_value
from build.compiler.lower.names import attribute_name
from build.compiler.lower.numbers import instance_test
from build.compiler.nodes import Array, Arrow, Binary, Call, Cond, Id, Index, Js, Lit, Member, New, Own, Spread, Unary
from build.compiler.types import (
    INT,
    NEVER,
    NUMBERS,
    ClassT,
    DictT,
    InstanceT,
    ListT,
    TupleT,
    Type,
    is_unknown,
    members,
)

ARRAYS = (ListT, TupleT)


@dataclass
class Found:
    """What must hold, None when it always does, and what each name is then. Both only read."""

    test: Js | None = None
    names: dict[str, Js] = field(default_factory=dict)

    def also(self, other: Found) -> None:
        self.test = both(self.test, other.test)
        self.names.update(other.names)


def matched(node: ast.pattern, subject: Js, context: Context) -> Found:
    found: Found = context.tables.visits[type(node)](node, subject, context)
    return found


# Values

def visit_MatchValue(node: ast.MatchValue, subject: Js, context: Context) -> Found:
    kind, value_kind = context.t(node), context.t(node.value)
    value = context.expr(node.value)
    if is_same_by_identity(kind, value_kind, context):
        test: Js = Binary("===", subject, value)
    else:
        test = equality(subject, value, (kind, value_kind), context)
    if value_kind in NUMBERS and may_mix(kind, value_kind) and _number(node.value) in (0, 1):
        test = Binary("||", test, Binary("===", subject, b.TRUE if _number(node.value) == 1 else b.FALSE))
    return Found(test)


def visit_MatchSingleton(node: ast.MatchSingleton, subject: Js, context: Context) -> Found:
    return Found(Binary("===", subject, context.expr(ast.Constant(node.value))))


# Names and alternatives

def visit_MatchAs(node: ast.MatchAs, subject: Js, context: Context) -> Found:
    found = matched(node.pattern, subject, context) if node.pattern is not None else Found()
    if node.name is not None:
        found.names[node.name] = subject
    return found


def visit_MatchOr(node: ast.MatchOr, subject: Js, context: Context) -> Found:
    found = [matched(alternative, subject, context) for alternative in node.patterns]
    names = dict(found[-1].names)
    test = found[-1].test
    for one in reversed(found[:-1]):
        if one.test is None:
            test, names = None, one.names
            continue
        names = {name: _either(one.test, one.names[name], value) for name, value in names.items()}
        test = Binary("||", one.test, test) if test is not None else None
    return Found(test, names)


# Sequences

def visit_MatchSequence(node: ast.MatchSequence, subject: Js, context: Context) -> Found:
    star = next((i for i, item in enumerate(node.patterns) if isinstance(item, ast.MatchStar)), None)
    count = len(node.patterns)
    found = Found(_is_sequence(context.t(node), subject, count, star))
    for index, item in enumerate(node.patterns):
        if isinstance(item, ast.MatchStar):
            if item.name is not None:
                found.names[item.name] = _middle(subject, index, count - index - 1)
        elif star is not None and index > star:
            found.also(matched(item, _item(subject, index - count), context))
        else:
            found.also(matched(item, _item(subject, index), context))
    return found


def _is_sequence(kind: Type, subject: Js, count: int, star: int | None) -> Js | None:
    """Is it a list or a tuple, of the right length? Nothing is asked that the type says."""
    kinds = members(kind)
    test: Js | None = None
    if not all(isinstance(member, ARRAYS) and not _may_be_bytes(member) for member in kinds):
        test = b.method(Id("Array"), "isArray", subject)
    fits = fitting(sequences(kind), count, star)
    if len(fits) == len(kinds) and all(is_fixed(member) for member in kinds):
        return test
    least = count if star is None else count - 1
    if star is not None and least == 0:
        return test
    length = Binary("===" if star is None else ">=", Member(subject, "length"), Lit(str(least)))
    return both(test, length)


# Mappings

def visit_MatchMapping(node: ast.MatchMapping, subject: Js, context: Context) -> Found:
    found = Found()
    if not all(isinstance(member, DictT) for member in members(context.t(node))):
        found.test = Binary("instanceof", subject, Id("Map"))
    keys = [key_value(key, context) for key in node.keys]
    for key, item in zip(keys, node.patterns, strict=True):
        value = b.method(subject, "get", key)
        inner = matched(item, value, context)
        if not _refuses_undefined(inner.test, value):
            found.test = both(found.test, b.method(subject, "has", key))
        found.also(inner)
    if node.rest is not None:
        found.names[node.rest] = _remaining(subject, keys)
    return found


def _remaining(subject: Js, keys: list[Js]) -> Js:
    """A new dict without the keys that were asked for."""
    kept: Js | None = None
    for key in keys:
        kept = both(kept, Binary("!==", Id("key"), key))
    if kept is None:
        return New(Id("Map"), [subject])
    return New(Id("Map"), [b.method(Array([Spread(subject)]), "filter", Arrow([Array([Id("key")])], kept))])


# Classes

def visit_MatchClass(node: ast.MatchClass, subject: Js, context: Context) -> Found:
    kind, target = context.t(node), context.t(node.cls)
    found = Found()
    if not _is_always(kind, target):
        found.test = instance_test(subject, subject, kind, node.cls, context)
    for name, item in class_parts(node, target, context.inferred):
        part = subject
        if isinstance(target, ClassT):
            part = Member(subject, attribute_name(InstanceT(target.cls), name, context))
        found.also(matched(item, part, context))
    return found


def _is_always(kind: Type, target: Type) -> bool:
    """Does the declared type already say that the subject is one?"""
    wanted = InstanceT(target.cls) if isinstance(target, ClassT) else TESTED.get(str(target), NEVER)
    return all(is_subtype(member, wanted) for member in members(kind))


def _either(test: Js, yes: Js, no: Js) -> Js:
    """What a name holds after one of two alternatives: often the same place in both."""
    return _of_both(yes, no) if yes == no else Cond(test, yes, no)


def _of_both(one: Js, other: Js) -> Js:
    """The same expression, for objects of the classes of either."""
    if isinstance(one, Member) and isinstance(other, Member):
        name = one.name
        if isinstance(one.name, Own) and isinstance(other.name, Own):
            name = Own(one.name, (*one.name.owners, *other.name.owners))
        return Member(_of_both(one.object, other.object), name)
    if isinstance(one, Index) and isinstance(other, Index):
        return Index(_of_both(one.object, other.object), one.key)
    if isinstance(one, Call) and isinstance(other, Call):
        return Call(_of_both(one.callee, other.callee), one.args)
    return one


def both(left: Js | None, right: Js | None) -> Js | None:
    if left is None or right is None:
        return right if left is None else left
    return Binary("&&", left, right)


def _number(node: ast.expr) -> object:
    """The value of a literal number."""
    return ast.literal_eval(node) if not isinstance(node, ast.Attribute) else None


def _item(subject: Js, index: int) -> Js:
    """`subject[0]`; of a tuple that is written out the part itself."""
    if isinstance(subject, Array):
        return subject.items[index]
    if index < 0:
        return Index(subject, Binary("-", Member(subject, "length"), Lit(str(-index))))
    return Index(subject, Lit(str(index)))


def _middle(subject: Js, before: int, after: int) -> Js:
    """What a star takes: always a new list."""
    if isinstance(subject, Array):
        return Array(subject.items[before : len(subject.items) - after])
    bounds: list[Js] = [Lit(str(before))] if before > 0 or after > 0 else []
    if after > 0:
        bounds.append(Unary("-", Lit(str(after))))
    return b.method(subject, "slice", *bounds)


def _may_be_bytes(kind: Type) -> bool:
    """A Sequence of ints may be bytes, which no sequence pattern matches."""
    return (
        isinstance(kind, ListT)
        and not kind.exact
        and any(item == INT or is_unknown(item) for item in members(kind.item))
    )


def _refuses_undefined(test: Js | None, value: Js) -> bool:
    """Is the test false for a value that is not there?"""
    if isinstance(test, Binary):
        if test.operator == "&&":
            return _refuses_undefined(test.left, value)
        if test.operator == "||":
            return _refuses_undefined(test.left, value) and _refuses_undefined(test.right, value)
        left = test.left.value if isinstance(test.left, Unary) else test.left
        return test.operator in ("===", "instanceof") and left == value
    return isinstance(test, Call) and test.callee == Member(Id("Array"), "isArray")
