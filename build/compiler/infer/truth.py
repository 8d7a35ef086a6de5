"""Whose truth is plain: a text, a list, a dict, or an object that may be None. Numbers say what they mean."""

from __future__ import annotations

from build.compiler.program import Program
from build.compiler.types import (
    BYTES,
    STR,
    ClassT,
    DictT,
    FunctionT,
    InstanceT,
    ListT,
    MatchT,
    SetT,
    TupleT,
    Type,
    has_none,
    members,
    without_none,
)


def is_sized(kind: Type) -> bool:
    """False when empty, and never None."""
    listed = isinstance(kind, DictT | SetT) or (isinstance(kind, ListT) and kind.exact)
    return kind == BYTES or listed or (isinstance(kind, TupleT) and kind.rest is not None)


def is_thing(kind: Type, program: Program) -> bool:
    """Never false: no class that it may be has a length, and nobody can give a text for it."""
    if isinstance(kind, InstanceT):
        related = [kind.cls, *program.modules.heirs(kind.cls)]
        return not kind.cls.is_protocol and all(cls.find_method("__len__") is None for cls in related)
    return isinstance(kind, FunctionT | ClassT | MatchT)


def has_truth(kind: Type, program: Program) -> bool:
    """May a condition ask for a value of this type itself?"""
    rest = without_none(kind)
    if not has_none(kind):
        counted = {isinstance(member, DictT | SetT) for member in members(kind)}
        return kind == STR or (all(map(is_sized, members(kind))) and len(counted) == 1)
    return rest == STR or (len(members(rest)) > 0 and all(is_thing(member, program) for member in members(rest)))
