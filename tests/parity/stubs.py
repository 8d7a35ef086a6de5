"""What typeshed says of built-in functions and methods, and calls that give each parameter in each way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import mypy

INHERITED = {"list": "MutableSequence", "dict": "MutableMapping", "set": "MutableSet"}
OLDEST = SimpleNamespace(version_info=(3, 11))  # of the Pythons that run the widget's files: all take what it takes
STUBS = Path(mypy.__file__).parent / "typeshed" / "stdlib"


@dataclass(frozen=True)
class Parameter:
    """`kind` is place, both, name, many or others."""

    name: str
    kind: str
    annotation: str
    has_default: bool


Overload = tuple[Parameter, ...]


def functions(module: str) -> dict[str, list[Overload]]:
    """The functions of a module, and its classes as functions, with all their overloads."""
    found: dict[str, list[Overload]] = {}
    for node in _statements(_tree(module).body):
        if isinstance(node, ast.FunctionDef):
            found.setdefault(node.name, []).append(_parameters(node.args, 0))
        elif isinstance(node, ast.ClassDef):
            made = [item for item in _statements(node.body) if isinstance(item, ast.FunctionDef)]
            named = [item for item in made if item.name in ("__new__", "__init__")]
            found[node.name] = [_parameters(item.args, 1) for item in named]
    return found


def methods(owner: str) -> dict[str, list[Overload]]:
    """The methods of a built-in class that are called by their name."""
    found: dict[str, list[Overload]] = {}
    if owner in INHERITED:
        found |= _methods_of("typing", INHERITED[owner])
    return found | _methods_of("builtins", owner)


def _tree(module: str) -> ast.Module:
    file = STUBS / f"{module}.pyi"
    return ast.parse((file if file.exists() else STUBS / module / "__init__.pyi").read_text("utf-8"))


def _methods_of(module: str, owner: str) -> dict[str, list[Overload]]:
    (cls,) = [node for node in _tree(module).body if isinstance(node, ast.ClassDef) and node.name == owner]
    found: dict[str, list[Overload]] = {}
    for node in _statements(cls.body):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("__"):
            marks = {ast.unparse(mark) for mark in node.decorator_list}
            if "property" not in marks:
                found.setdefault(node.name, []).append(_parameters(node.args, 0 if "staticmethod" in marks else 1))
    return found


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Those that hold for `OLDEST`."""
    for node in body:
        if not isinstance(node, ast.If):
            yield node
        elif ast.unparse(node.test).startswith("sys.version_info"):
            holds = eval(ast.unparse(node.test), {"sys": OLDEST})
            yield from _statements(node.body if holds else node.orelse)


def _parameters(args: ast.arguments, skip: int) -> Overload:
    placed = [*args.posonlyargs, *args.args]
    first = len(placed) - len(args.defaults)
    found = [
        Parameter(
            arg.arg,
            "place" if arg in args.posonlyargs or arg.arg.startswith("__") else "both",
            _said(arg),
            index >= first,
        )
        for index, arg in enumerate(placed)
    ][skip:]
    if args.vararg is not None:
        found.append(Parameter(args.vararg.arg, "many", _said(args.vararg), True))
    for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        found.append(Parameter(arg.arg, "name", _said(arg), default is not None))
    if args.kwarg is not None:
        found.append(Parameter(args.kwarg.arg, "others", _said(args.kwarg), True))
    return tuple(found)


def _said(arg: ast.arg) -> str:
    return ast.unparse(arg.annotation) if arg.annotation is not None else "object"
