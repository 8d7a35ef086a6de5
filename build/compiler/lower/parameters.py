"""Parameters, their defaults, and the temporary variables of a body."""

from __future__ import annotations

import ast

from build.compiler.lower.context import Context
from build.compiler.nodes import Arrow, Assign, Call, Id, Js, Let, Spread


def parameters(args: ast.arguments, context: Context, skip: int = 0) -> list[Js]:
    positional = [*args.posonlyargs, *args.args]
    first_default = len(positional) - len(args.defaults)
    found: list[Js] = []
    for index, arg in enumerate(positional):
        if index < skip:
            continue
        default = args.defaults[index - first_default] if index >= first_default else None
        found.append(_parameter(arg, default, context))
    for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        found.append(_parameter(arg, default, context))
    if args.vararg is not None:
        found.append(Spread(_parameter(args.vararg, None, context)))
    return found


def _parameter(arg: ast.arg, default: ast.expr | None, context: Context) -> Js:
    name = Id(context.js_name(arg.arg), place=context.place(arg, arg.arg))
    if default is None:
        return name
    return Assign("=", name, context.value(default))


def with_defaults(args: ast.arguments, function: Js, context: Context) -> Js:
    """Defaults are evaluated when the function is made: local names among them are handed in."""
    names = [
        default.id
        for default in [*args.defaults, *args.kw_defaults]
        if isinstance(default, ast.Name) and context.scope.find(default.id) is not None
    ]
    if len(names) == 0:
        return function
    given = [Id(context.js_name(name)) for name in dict.fromkeys(names)]
    return Call(Arrow(list(given), function), list(given))


def declare_temps(temps: list[str]) -> list[Js]:
    return [Let("let", Id(name)) for name in temps]
