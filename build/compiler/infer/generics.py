"""Type variables: solving them from arguments and putting the answers in."""

from __future__ import annotations

from dataclasses import replace

from build.compiler.types import (
    ANY,
    NEVER,
    NONE,
    CoroutineT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    SetT,
    TupleT,
    Type,
    UnionT,
    VarT,
    members,
    union,
)

Answers = dict[str, Type]


def substitute(kind: Type, answers: Answers) -> Type:
    """`kind` with its solved type variables replaced."""
    if len(answers) == 0:
        return kind
    if isinstance(kind, VarT):
        return answers.get(kind.name, kind)
    if isinstance(kind, ListT | SetT | IterT):
        return replace(kind, item=substitute(kind.item, answers))
    if isinstance(kind, DictT):
        return replace(kind, key=substitute(kind.key, answers), value=substitute(kind.value, answers))
    if isinstance(kind, TupleT):
        rest = substitute(kind.rest, answers) if kind.rest is not None else None
        return TupleT(tuple(substitute(item, answers) for item in kind.items), rest)
    if isinstance(kind, UnionT):
        return union(*(substitute(member, answers) for member in kind.members))
    if isinstance(kind, CoroutineT):
        return CoroutineT(substitute(kind.result, answers))
    if isinstance(kind, InstanceT):
        return replace(kind, args=tuple(substitute(arg, answers) for arg in kind.args))
    if isinstance(kind, FunctionT):
        params = kind.params and tuple(replace(param, type=substitute(param.type, answers)) for param in kind.params)
        return replace(kind, params=params, result=substitute(kind.result, answers))
    return kind


class _AnyAnswer(dict[str, Type]):
    """Answers every type variable with Any."""

    def get(self, key: str, default: object = None) -> Type:
        return ANY

    def __len__(self) -> int:
        return 1


def hint(kind: Type) -> Type:
    """What an argument should be; open type variables say nothing of what a container holds, and are Any elsewhere."""
    if isinstance(kind, ListT | SetT | IterT):
        return replace(kind, item=_part(kind.item))
    if isinstance(kind, DictT):
        return replace(kind, key=_part(kind.key), value=_part(kind.value))
    if isinstance(kind, TupleT):
        return TupleT(tuple(map(_part, kind.items)), _part(kind.rest) if kind.rest is not None else None)
    if isinstance(kind, UnionT):
        return union(*map(hint, kind.members))
    return substitute(kind, _AnyAnswer())


def _part(kind: Type) -> Type:
    return NEVER if isinstance(kind, VarT) else hint(kind)


def solve(param: Type, given: Type, answers: Answers) -> None:
    """Find type variables of `param` in the type of the argument."""
    if isinstance(param, VarT):
        if given != NEVER:
            answers[param.name] = union(answers.get(param.name, NEVER), given)
    elif isinstance(param, UnionT):
        _solve_union(param, given, answers)
    elif isinstance(param, IterT):
        item = _item_of(given)
        if item is not None:
            solve(param.item, item, answers)
    elif isinstance(param, ListT | SetT) and isinstance(given, ListT | SetT):
        solve(param.item, given.item, answers)
    elif isinstance(param, ListT) and isinstance(given, TupleT):
        solve(param.item, given.rest or union(*given.items), answers)
    elif isinstance(param, DictT) and isinstance(given, DictT):
        solve(param.key, given.key, answers)
        solve(param.value, given.value, answers)
    else:
        _solve_parts(param, given, answers)


def _solve_union(param: UnionT, given: Type, answers: Answers) -> None:
    rest = union(*[member for member in members(given) if not (member == NONE and NONE in param.members)])
    for member in param.members:
        if member != NONE:
            solve(member, rest, answers)


def _solve_parts(param: Type, given: Type, answers: Answers) -> None:
    if isinstance(param, CoroutineT) and isinstance(given, CoroutineT):
        solve(param.result, given.result, answers)
    elif isinstance(param, InstanceT) and isinstance(given, InstanceT):
        for left, right in zip(param.args, given.args, strict=False):
            solve(left, right, answers)
    elif isinstance(param, TupleT) and isinstance(given, TupleT):
        for left, right in zip(param.items, given.items, strict=False):
            solve(left, right, answers)
    elif isinstance(param, FunctionT) and isinstance(given, FunctionT):
        solve(param.result, given.result, answers)
        for left_param, right_param in zip(param.params or (), given.params or (), strict=False):
            solve(left_param.type, right_param.type, answers)


def _item_of(kind: Type) -> Type | None:
    if isinstance(kind, ListT | SetT | IterT):
        return kind.item
    if isinstance(kind, DictT):
        return kind.key
    if isinstance(kind, TupleT):
        return kind.rest or union(*kind.items)
    return kind if str(kind) == "str" else None
