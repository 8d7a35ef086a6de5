"""`match`: narrowing from case to case, and the names that stay bound."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from build.compiler.infer.base import Flow, path_of
from build.compiler.infer.narrow import with_type
from build.compiler.infer.patterns import Matched, Patterns
from build.compiler.types import ANY, BOOL, NEVER, ClassT, InstanceT, TupleT, Type, members, union


class Matches(Patterns):
    """Match."""

    def _s_Match(self, node: ast.Match) -> None:
        kind = self.expr(node.subject)
        self.keep(node.subject, kind)
        found = self._cases(node, kind)
        for name in {name for one in found for name in one.names}:
            self._bind_name(node, name, union(*[one.names[name] for one in found if name in one.names]))
        ends: list[Flow | None] = []
        for case, one in zip(node.cases, found, strict=True):
            base = self.copy()
            self.flow = self._entered_case(node.subject, one, base)
            failed = self._guard(case, one)
            self.block(case.body)
            ends.append(self.flow)
            self.flow = self._left_case(node.subject, one, base, failed)
        if found[-1].rest == NEVER:
            self.exhaustive.add(node)
        self.flow = self.join(*ends, self.flow)

    def _cases(self, node: ast.Match, kind: Type) -> list[Matched]:
        """What each pattern makes of what the ones before it left; refusals are about the subject as it is declared."""
        left = kind
        declared = self._subject_declared(node.subject, kind)
        bools: set[object] = set()
        named: dict[Type, set[str]] = {}
        found: list[Matched] = []
        for case in node.cases:
            whole = self.pattern(case.pattern, declared)
            report, self.report = self.report, self.muted()
            narrow = self.pattern(case.pattern, left)
            self.pattern(case.pattern, kind)  # what lowering goes by
            self.report = report
            if narrow.kind == NEVER:
                narrow.names = whole.names
            if case.guard is None:
                left = narrow.rest
                bools |= {item.value for item in _alternatives(case.pattern) if isinstance(item, ast.MatchSingleton)}
                for member, name in self._named_members(case.pattern):
                    named.setdefault(member, set()).add(name)
            if {True, False} <= bools:
                left = union(*[member for member in members(left) if member != BOOL])
            left = union(*[member for member in members(left) if not _is_used_up(member, named)])
            narrow.rest = left
            found.append(narrow)
        return found

    def _named_members(self, node: ast.pattern) -> Iterator[tuple[Type, str]]:
        """Members of enums that this pattern takes."""
        for item in _alternatives(node):
            value = item.value if isinstance(item, ast.MatchValue) else None
            owner = self.types.get(value.value) if isinstance(value, ast.Attribute) else None
            if isinstance(value, ast.Attribute) and isinstance(owner, ClassT) and value.attr in owner.cls.members:
                yield InstanceT(owner.cls), value.attr

    def _subject_declared(self, node: ast.expr, kind: Type) -> Type:
        """The type of the subject without what is known of it just here."""
        if isinstance(node, ast.Tuple) and isinstance(kind, TupleT) and len(kind.items) == len(node.elts):
            pairs = zip(node.elts, kind.items, strict=True)
            return TupleT(tuple(self._subject_declared(part, inner) for part, inner in pairs))
        declared = self._declared(node) if isinstance(node, ast.Name | ast.Attribute) else None
        return kind if declared is None or declared in (ANY, NEVER) else declared

    def _bind_name(self, node: ast.Match, name: str, kind: Type) -> None:
        """A captured name is declared elsewhere, or holds whatever some case puts into it."""
        target = ast.copy_location(ast.Name(name, ast.Store()), node.subject)
        before = self.copy()
        self.assign(target, kind, target)
        self.flow = before

    def _entered_case(self, subject: ast.expr, one: Matched, base: Flow | None) -> Flow | None:
        if base is None or one.kind == NEVER:
            return None
        flow: Flow | None = dict(base)
        for part, kind in _paths(subject, one.kind):
            flow = with_type(flow, part, kind) if flow is not None else None
        return flow

    def _guard(self, case: ast.match_case, one: Matched) -> Flow | None:
        """Bind the names and walk the guard; the flow where it says no."""
        arrives = self.flow is not None
        if not arrives:
            report, self.report, self.flow = self.report, self.muted(), {}
        for name, kind in one.names.items():
            self.forget(name)
            self.remember(name, kind)
        failed: Flow | None = None
        if case.guard is not None:
            self.flow, failed = self.condition(case.guard)
        if not arrives:
            self.report, self.flow, failed = report, None, None
        return failed

    def _left_case(self, subject: ast.expr, one: Matched, base: Flow | None, failed: Flow | None) -> Flow | None:
        """What holds when this case was not taken."""
        flow = base
        for part, kind in _paths(subject, one.rest) if not isinstance(subject, ast.Tuple) else ():
            flow = with_type(flow, part, kind) if flow is not None else None
        if one.rest == NEVER:
            flow = None
        return self.join(flow, failed)


def _is_used_up(kind: Type, named: dict[Type, set[str]]) -> bool:
    """Is it an enum each of whose members has had its case?"""
    return isinstance(kind, InstanceT) and kind in named and set(kind.cls.members) == named[kind]


def _alternatives(node: ast.pattern) -> list[ast.pattern]:
    return node.patterns if isinstance(node, ast.MatchOr) else [node]


def _paths(subject: ast.expr, kind: Type) -> list[tuple[str, Type]]:
    """What is known of the subject, or of the items of a tuple that is written out."""
    if isinstance(subject, ast.Tuple):
        parts = getattr(kind, "items", ())
        pairs = zip(subject.elts, parts, strict=True) if len(parts) == len(subject.elts) else ()
        return [(path, part) for item, part in pairs if (path := path_of(item)) is not None]
    path = path_of(subject)
    return [(path, kind)] if path is not None else []
