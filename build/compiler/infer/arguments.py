"""Arguments against the parameters of a signature."""

from __future__ import annotations

import ast

from build.compiler.infer.constructor_types import constructor_type
from build.compiler.infer.context import Context
from build.compiler.infer.flows import check_moved, flow_into, note_nothing
from build.compiler.infer.generics import Answers, hint, solve, substitute
from build.compiler.infer.iteration import walked
from build.compiler.infer.shapes import confuses, fits
from build.compiler.types import (
    ANY,
    NEVER,
    OBJECT,
    ClassT,
    CoroutineT,
    DictT,
    FunctionT,
    ListT,
    Param,
    SetT,
    Type,
    members,
    variables,
)


def check_js(node: ast.expr, context: Context) -> None:
    """What crosses into JavaScript must mean the same there."""
    for member in members(context.types.get(node, ANY)):
        if isinstance(member, DictT | ListT | SetT) or str(member) == "bytes":
            context.refuse("CW075", node, type=member)
        elif isinstance(member, CoroutineT):
            context.refuse("CW056", node)
        context.program.exposure.add(member)


def look_at_arguments(node: ast.Call, context: Context) -> None:
    for argument in node.args:
        context.expr(argument.value if isinstance(argument, ast.Starred) else argument)
    for keyword in node.keywords:
        context.expr(keyword.value)


def apply(node: ast.Call, callee: FunctionT, context: Context, answers: Answers | None = None) -> Type:
    """Match arguments with parameters; solves type variables on the way."""
    answers = dict(answers or {})
    if callee.params is None:
        look_at_arguments(node, context)
        return callee.result
    matched = match_arguments(node, callee, context)
    for param, argument in sorted(matched, key=lambda pair: isinstance(pair[1], ast.Lambda)):
        check_argument(node, param, argument, answers, context, callee.is_built_in)
    check_answers(node, answers, context)
    return substitute(callee.result, answers)


def check_answers(node: ast.Call, answers: Answers, context: Context) -> None:
    """What stands for a type variable is a key where that is one, and compares with itself as in Python."""
    for variable, answer in answers.items():
        is_key = variable in context.program.annotations.key_variables
        if is_key and not context.program.annotations.good_key(answer, by_value=False):
            context.refuse("CW059", node, type=answer)
        elif confuses(answer, answer):
            context.refuse("CW078", node, type=answer, target=f"type variable {variable}")


def check_argument(
    node: ast.Call, param: Param, argument: ast.expr, answers: Answers, context: Context, is_built_in: bool = False
) -> None:
    expected = substitute(param.type, answers)
    if isinstance(argument, ast.Starred):
        _spread(param, argument, answers, context)
        return
    if isinstance(expected, CoroutineT):
        if isinstance(argument, ast.Call) and context.is_spawn(node):
            context.coroutine_ok.add(argument)
        context.coercions[argument] = "coroutine"
    given = context.expr(argument, hint(expected))
    if isinstance(given, CoroutineT) and not isinstance(expected, CoroutineT) and expected != ANY:
        context.refuse("CW056", argument)
    solve(param.type, constructor_type(given.cls, context) if isinstance(given, ClassT) else given, answers)
    note_nothing(given, param.type, context)
    for variable in variables(param.type):
        if variable.bound != OBJECT:
            context.program.exposure.flow(answers.get(variable.name, NEVER), variable.bound)
            check_moved(argument, answers.get(variable.name, NEVER), variable.bound, context)
    wanted = substitute(param.type, answers)
    if is_built_in and not fits(given, wanted):
        detail = f"{given} as `{param.name}`"
        context.refuse("CW068", argument, name=_name_of(node), detail=detail, advice=f"it takes {wanted}")
    flow_into(argument, given, wanted, context)


def _spread(param: Param, argument: ast.Starred, answers: Answers, context: Context) -> None:
    """Each item of an iterable is one of the arguments that are left."""
    item = walked(argument.value, context)
    solve(param.type, item, answers)
    flow_into(argument.value, item, substitute(param.type, answers), context)


def match_arguments(node: ast.Call, callee: FunctionT, context: Context) -> list[tuple[Param, ast.expr]]:
    """Pairs of parameter and argument; `bound` gets the arguments in the order of the parameters."""
    params = callee.params or ()
    name = callee.name or _name_of(node)
    places: list[ast.expr | None] = [None] * len(params)
    positional = [index for index, param in enumerate(params) if not param.kw_only]
    rest = callee.rest
    last = len(params) - 1
    more: list[ast.expr] = []
    for index, argument in enumerate(node.args):
        if rest is not None and index >= last:
            more.append(argument)
            continue
        if isinstance(argument, ast.Starred):
            context.refuse("CW040", argument)
            continue
        if index >= len(positional):
            context.refuse("CW058", argument, name=name, detail="too many")
            context.expr(argument)
            continue
        places[positional[index]] = argument
    for keyword in node.keywords:
        _keyword(keyword, callee, places, name, context)
    for index, param in enumerate(params):
        if places[index] is None and not param.has_default:
            context.refuse("CW058", node, name=name, detail=f"`{param.name or index + 1}` is missing")
    if rest is not None:
        places[last:] = more
    while len(places) > 0 and places[-1] is None:
        places.pop()
    context.bound[node] = places
    pairs = [(param, place) for param, place in zip(params, places, strict=False) if place is not None]
    return pairs if rest is None else [*pairs, *((rest, place) for place in more[1:])]


def _keyword(
    keyword: ast.keyword, callee: FunctionT, places: list[ast.expr | None], name: str, context: Context
) -> None:
    if not callee.visible:
        context.refuse("CW057", keyword.value)
        return
    index = next(
        (i for i, param in enumerate(callee.params or ()) if param.name == keyword.arg and not param.by_place), None
    )
    if index is None:
        context.refuse("CW058", keyword.value, name=name, detail=f"it has no `{keyword.arg}`")
        context.expr(keyword.value)
    elif places[index] is not None:
        context.refuse("CW058", keyword.value, name=name, detail=f"`{keyword.arg}` is given twice")
    else:
        places[index] = keyword.value


def _name_of(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
