"""Type variables: solving them from arguments and putting the answers in."""

from __future__ import annotations

from build.compiler.symbols import ClassInfo
from build.compiler.types import (
    ANY,
    NEVER,
    NONE,
    DictT,
    InstanceT,
    IterT,
    ListT,
    SetT,
    TupleT,
    Type,
    UnionT,
    VarT,
    inside,
    members,
    rebuilt,
    union,
)

Answers = dict[str, Type]


def substitute(kind: Type, answers: Answers) -> Type:
    """`kind` with its solved type variables replaced."""
    if len(answers) == 0:
        return kind
    if isinstance(kind, VarT):
        return answers.get(kind.name, kind)
    return rebuilt(kind, lambda part: substitute(part, answers))


def answers_at(base: InstanceT, owner: ClassInfo | None) -> Answers:
    """What an object of this type has for the type variables of one of its ancestors."""
    cls, args = base.cls, base.args
    while cls is not owner and cls.base is not None:
        known = dict(zip(cls.type_vars, args, strict=False))
        cls, args = cls.base, tuple(substitute(part, known) for part in cls.base_args)
    return dict(zip(cls.type_vars, args, strict=False))


def hint(kind: Type) -> Type:
    """What an argument should be; open type variables say nothing of what a container holds, and are Any elsewhere."""
    if isinstance(kind, ListT | SetT | IterT | DictT | TupleT):
        return rebuilt(kind, lambda part: NEVER if isinstance(part, VarT) else hint(part))
    return rebuilt(kind, hint) if isinstance(kind, UnionT) else _vague(kind)


def _vague(kind: Type) -> Type:
    return ANY if isinstance(kind, VarT) else rebuilt(kind, _vague)


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
    pairs = zip(inside(param), inside(given), strict=False) if type(param) is type(given) else ()
    if isinstance(param, TupleT) and isinstance(given, TupleT):
        pairs = zip(param.items, given.items, strict=False)
    for one, other in pairs:
        solve(one, other, answers)


def _item_of(kind: Type) -> Type | None:
    if isinstance(kind, ListT | SetT | IterT):
        return kind.item
    if isinstance(kind, DictT):
        return kind.key
    if isinstance(kind, TupleT):
        return kind.rest or union(*kind.items)
    return kind if str(kind) == "str" else None
