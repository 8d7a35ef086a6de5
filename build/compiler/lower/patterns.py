"""Patterns as conditions on the subject, and the values of their names."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from build.compiler import builders as b
from build.compiler.infer.narrow import TESTED, is_subtype
from build.compiler.infer.shapes import fitting, is_fixed, may_mix, sequences
from build.compiler.lower.managers import Managers
from build.compiler.nodes import Array, Arrow, Binary, Call, Id, Index, Js, Lit, Member, New, Own, Spread, Unary
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


class Patterns(Managers):
    """One method per pattern: `_p_MatchValue`; `subject` is an expression that may be read again and again."""

    def matched(self, node: ast.pattern, subject: Js) -> Found:
        found: Found = getattr(self, f"_p_{type(node).__name__}")(node, subject)
        return found

    # Values

    def _p_MatchValue(self, node: ast.MatchValue, subject: Js) -> Found:
        kind, value_kind = self.t(node), self.t(node.value)
        value = self.expr(node.value)
        if self.is_same_by_identity(kind, value_kind):
            test: Js = Binary("===", subject, value)
        else:
            test = self.equality(subject, value, (kind, value_kind))
        if value_kind in NUMBERS and may_mix(kind, value_kind) and _number(node.value) in (0, 1):
            test = Binary("||", test, Binary("===", subject, b.TRUE if _number(node.value) == 1 else b.FALSE))
        return Found(test)

    def _p_MatchSingleton(self, node: ast.MatchSingleton, subject: Js) -> Found:
        return Found(Binary("===", subject, self.expr(ast.Constant(node.value))))

    # Names and alternatives

    def _p_MatchAs(self, node: ast.MatchAs, subject: Js) -> Found:
        found = self.matched(node.pattern, subject) if node.pattern is not None else Found()
        if node.name is not None:
            found.names[node.name] = subject
        return found

    def _p_MatchOr(self, node: ast.MatchOr, subject: Js) -> Found:
        found = [self.matched(alternative, subject) for alternative in node.patterns]
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

    def _p_MatchSequence(self, node: ast.MatchSequence, subject: Js) -> Found:
        star = next((i for i, item in enumerate(node.patterns) if isinstance(item, ast.MatchStar)), None)
        count = len(node.patterns)
        found = Found(self._is_sequence(self.t(node), subject, count, star))
        for index, item in enumerate(node.patterns):
            if isinstance(item, ast.MatchStar):
                if item.name is not None:
                    found.names[item.name] = _middle(subject, index, count - index - 1)
            elif star is not None and index > star:
                found.also(self.matched(item, _item(subject, index - count)))
            else:
                found.also(self.matched(item, _item(subject, index)))
        return found

    def _is_sequence(self, kind: Type, subject: Js, count: int, star: int | None) -> Js | None:
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

    def _p_MatchMapping(self, node: ast.MatchMapping, subject: Js) -> Found:
        found = Found()
        if not all(isinstance(member, DictT) for member in members(self.t(node))):
            found.test = Binary("instanceof", subject, Id("Map"))
        keys = [self.key(key) for key in node.keys]
        for key, item in zip(keys, node.patterns, strict=True):
            value = b.method(subject, "get", key)
            inner = self.matched(item, value)
            if not _refuses_undefined(inner.test, value):
                found.test = both(found.test, b.method(subject, "has", key))
            found.also(inner)
        if node.rest is not None:
            found.names[node.rest] = self._remaining(subject, keys)
        return found

    def _remaining(self, subject: Js, keys: list[Js]) -> Js:
        """A new dict without the keys that were asked for."""
        kept: Js | None = None
        for key in keys:
            kept = both(kept, Binary("!==", Id("key"), key))
        if kept is None:
            return New(Id("Map"), [subject])
        return New(Id("Map"), [b.method(Array([Spread(subject)]), "filter", Arrow([Array([Id("key")])], kept))])

    # Classes

    def _p_MatchClass(self, node: ast.MatchClass, subject: Js) -> Found:
        kind, target = self.t(node), self.t(node.cls)
        found = Found()
        if not self._is_always(kind, target):
            found.test = self.instance_test(subject, subject, kind, node.cls)
        for name, item in self.inferred.parts(node, target):
            part = subject
            if isinstance(target, ClassT):
                part = Member(subject, self.attribute_name(InstanceT(target.cls), name))
            found.also(self.matched(item, part))
        return found

    def _is_always(self, kind: Type, target: Type) -> bool:
        """Does the declared type already say that the subject is one?"""
        wanted = InstanceT(target.cls) if isinstance(target, ClassT) else TESTED.get(str(target), NEVER)
        return all(is_subtype(member, wanted) for member in members(kind))


def _either(test: Js, yes: Js, no: Js) -> Js:
    """What a name holds after one of two alternatives: often the same place in both."""
    return _of_both(yes, no) if yes == no else b.cond(test, yes, no)


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
