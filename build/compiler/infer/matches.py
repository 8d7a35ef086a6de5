"""`match`: narrowing from case to case, and the names that stay bound."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from build.compiler.infer.context import Context, Flow
from build.compiler.infer.flows import keep
from build.compiler.infer.narrow import condition, with_type
from build.compiler.infer.paths import path_of
from build.compiler.infer.patterns import Matched, pattern_match
from build.compiler.infer.stores import assign, declared_type
from build.compiler.types import ANY, BOOL, NEVER, ClassT, InstanceT, TupleT, Type, members, union


def visit_Match(node: ast.Match, context: Context) -> None:
    kind = context.expr(node.subject)
    keep(node.subject, kind, context)
    found = _cases(node, kind, context)
    for name in {name for one in found for name in one.names}:
        _bind_name(node, name, union(*[one.names[name] for one in found if name in one.names]), context)
    ends: list[Flow | None] = []
    for case, one in zip(node.cases, found, strict=True):
        inside = context.along(_entered_case(node.subject, one, context.flow))
        failed = _guard(case, one, inside)
        inside.block(case.body)
        ends.append(inside.flow)
        context.way.flow = _left_case(node.subject, one, context.flow, failed, context)
    if found[-1].rest == NEVER:
        context.exhaustive.add(node)
    context.way.flow = context.join(*ends, context.flow)


def _cases(node: ast.Match, kind: Type, context: Context) -> list[Matched]:
    """What each pattern makes of what the ones before it left; refusals are about the subject as it is declared."""
    left = kind
    declared = _subject_declared(node.subject, kind, context)
    bools: set[object] = set()
    named: dict[Type, set[str]] = {}
    found: list[Matched] = []
    for case in node.cases:
        whole = pattern_match(case.pattern, declared, context)
        muted = context.muted()
        narrow = pattern_match(case.pattern, left, muted)
        pattern_match(case.pattern, kind, muted)  # what lowering goes by
        narrow = replace(narrow, names=whole.names) if narrow.kind == NEVER else narrow
        if case.guard is None:
            left = narrow.rest
            bools |= {item.value for item in _alternatives(case.pattern) if isinstance(item, ast.MatchSingleton)}
            for member, name in _named_members(case.pattern, context):
                named.setdefault(member, set()).add(name)
        if {True, False} <= bools:
            left = union(*[member for member in members(left) if member != BOOL])
        left = union(*[member for member in members(left) if not _is_used_up(member, named)])
        found.append(replace(narrow, rest=left))
    return found


def _named_members(node: ast.pattern, context: Context) -> Iterator[tuple[Type, str]]:
    """Members of enums that this pattern takes."""
    for item in _alternatives(node):
        value = item.value if isinstance(item, ast.MatchValue) else None
        owner = context.types.get(value.value) if isinstance(value, ast.Attribute) else None
        if isinstance(value, ast.Attribute) and isinstance(owner, ClassT) and value.attr in owner.cls.members:
            yield InstanceT(owner.cls), value.attr


def _subject_declared(node: ast.expr, kind: Type, context: Context) -> Type:
    """The type of the subject without what is known of it just here."""
    if isinstance(node, ast.Tuple) and isinstance(kind, TupleT) and len(kind.items) == len(node.elts):
        pairs = zip(node.elts, kind.items, strict=True)
        return TupleT(tuple(_subject_declared(part, inner, context) for part, inner in pairs))
    declared = declared_type(node, context) if isinstance(node, ast.Name | ast.Attribute) else None
    return kind if declared is None or declared in (ANY, NEVER) else declared


def _bind_name(node: ast.Match, name: str, kind: Type, context: Context) -> None:
    """A captured name is declared elsewhere, or holds whatever some case puts into it."""
    target = ast.copy_location(ast.Name(name, ast.Store()), node.subject)
    assign(target, kind, target, context.along(context.copy()))


def _entered_case(subject: ast.expr, one: Matched, base: Flow | None) -> Flow | None:
    if base is None or one.kind == NEVER:
        return None
    flow: Flow | None = dict(base)
    for part, kind in _paths(subject, one.kind):
        flow = with_type(flow, part, kind) if flow is not None else None
    return flow


def _guard(case: ast.match_case, one: Matched, context: Context) -> Flow | None:
    """Bind the names and walk the guard; the flow where it says no."""
    if context.flow is None:
        _guard(case, one, context.aside())
        return None
    for name, kind in one.names.items():
        context.forget(name)
        context.remember(name, kind)
    if case.guard is None:
        return None
    context.way.flow, failed = condition(case.guard, context)
    return failed


def _left_case(
    subject: ast.expr, one: Matched, base: Flow | None, failed: Flow | None, context: Context
) -> Flow | None:
    """What holds when this case was not taken."""
    flow = base
    for part, kind in _paths(subject, one.rest) if not isinstance(subject, ast.Tuple) else ():
        flow = with_type(flow, part, kind) if flow is not None else None
    if one.rest == NEVER:
        flow = None
    return context.join(flow, failed)


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
