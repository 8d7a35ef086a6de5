"""`match` as a chain of if and else."""

from __future__ import annotations

import ast
from dataclasses import replace

from build.compiler import builders as b
from build.compiler.lower.assignments import local_of
from build.compiler.lower.context import Context
from build.compiler.lower.effects import may_act
from build.compiler.lower.order import is_settled
from build.compiler.lower.patterns import Found, both, matched
from build.compiler.nodes import Array, Assign, Block, Id, If, Js, Let, Sequence
from build.compiler.scopes.bindings import names_in
from build.compiler.types import InstanceT, members


def visit_Match(node: ast.Match, context: Context) -> list[Js]:
    before, subject = _subject(node, context)
    early: dict[str, None] = {}
    chain: list[tuple[Js | None, list[Js], ast.pattern]] = []
    for case in node.cases:
        test, body = _case(case, matched(case.pattern, subject, context), early, context)
        chain.append((test, body, case.pattern))
        if test is None:
            break
    result: list[Js] = []
    for test, body, pattern in reversed(chain):
        result = body if test is None else [If(test, body, result, place=context.place(pattern))]
    if chain[0][0] is None and any(isinstance(item, Let) for item in result):
        result = [Block(result)]
    declared: list[Js] = [Let("let", Id(context.js_name(name))) for name in early]
    return [*before, *declared, *result]


# The subject

def _subject(node: ast.Match, context: Context) -> tuple[list[Js], Js]:
    """Something to read again and again while the cases are tried: Python looks at the subject once."""
    parts = node.subject.elts if isinstance(node.subject, ast.Tuple) else [node.subject]
    if any(isinstance(part, ast.Starred) for part in parts):
        parts = [node.subject]
    before: list[Js] = []
    values: list[Js] = [context.value(part) for part in parts]
    if not all(_keeps(node, part, context) for part in parts):
        names = [Id(context.unique("subject")) for _ in parts]
        before = [Let("const", name, value) for name, value in zip(names, values, strict=True)]
        values = list(names)
    return before, values[0] if parts == [node.subject] else Array(values)


def _keeps(node: ast.Match, part: ast.expr, context: Context) -> bool:
    """Does this give the same value until a case is chosen?"""
    captured = {name for case in node.cases for name in names_in(case.pattern)}
    if not context.is_simple(part) or any(
        isinstance(item, ast.Name) and item.id in captured for item in ast.walk(part)
    ):
        return False
    return is_settled(part, context) or not any(case.guard is not None and may_act(case.guard) for case in node.cases)


# Cases

def _case(case: ast.match_case, found: Found, early: dict[str, None], context: Context) -> tuple[Js | None, list[Js]]:
    """The condition and the body of one case; `early` gets the names that a guard needs in variables."""
    late = dict(found.names)
    test = found.test
    if case.guard is not None:
        asked = {item.id for item in ast.walk(case.guard) if isinstance(item, ast.Name)}
        own = {name for name in found.names if context.placement.declares(case, name)}
        calm = _is_calm(case.guard, context)
        read = [name for name, value in found.names.items() if not isinstance(value, Id) and not calm]
        needed = [name for name in found.names if name in asked or name not in own or name in read]
        if own.issuperset(needed) and calm:
            guard = _with_stand_ins(case.guard, {name: found.names[name] for name in needed}, context)
        else:
            stores: list[Js] = [Assign("=", Id(context.js_name(name)), late.pop(name)) for name in needed]
            early.update(dict.fromkeys(name for name in needed if name in own))
            guard = Sequence([*stores, context.expr(case.guard)]) if len(stores) > 0 else context.expr(case.guard)
        test = both(test, guard)
    stored = [item for name, value in late.items() for item in _stored(case, name, value, context)]
    return test, [*stored, *context.block(case.body)]


def _is_calm(guard: ast.expr, context: Context) -> bool:
    """Nothing in it runs code of the program, now or later."""
    for item in ast.walk(guard):
        ours = isinstance(item, ast.Attribute) and any(
            isinstance(kind, InstanceT) and kind.cls.find_method(item.attr) is not None
            for kind in members(context.t(item.value))
        )
        if ours or isinstance(item, ast.Lambda | ast.GeneratorExp):
            return False
    return not may_act(guard)


def _with_stand_ins(guard: ast.expr, values: dict[str, Js], context: Context) -> Js:
    """The guard, reading what the names will hold from the subject itself."""
    return replace(context, stand_ins={**context.stand_ins, **values}).expr(guard)


def _stored(case: ast.match_case, name: str, value: Js, context: Context) -> list[Js]:
    target = Id(context.js_name(name), place=context.place(case.pattern, name))
    if not context.placement.declares(case, name):
        return [b.do(Assign("=", target, value))]
    local = local_of(name, context)
    assert local is not None
    blocks = {use.path[-1].block for use in local.uses if use.path[-1].statement is case}
    inside = [use for use in local.uses if any(step.block in blocks for step in use.path)]
    again = [use for use in inside if use.path[-1].statement is not case]
    if len(again) == 0:
        return []  # nobody asks for it
    return [Let("const" if all(use.how == "load" for use in again) else "let", target, value)]
