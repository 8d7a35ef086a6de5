"""The functions of a folder: what a share of a part is made of, for files differ too much in length."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mutmut.mutation.trampoline_templates import mangle_function_name

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Function:
    """`pattern` fits the names of its mutants, `lines` is how long it is."""

    file: str
    pattern: str
    lines: int


def functions_of(root: Path, file: str) -> Iterator[Function]:
    """Of a module: those at its top, and the methods of its classes."""
    tree = ast.parse((root / file).read_text("utf-8"))
    for owner in (tree, *tree.body):
        if isinstance(owner, ast.Module | ast.ClassDef):
            class_name = owner.name if isinstance(owner, ast.ClassDef) else None
            yield from (_function(file, class_name, node) for node in owner.body if isinstance(node, DEFINITIONS))


def _function(file: str, class_name: str | None, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Function:
    module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    name = mangle_function_name(name=node.name, class_name=class_name)
    return Function(file, f"{module}.{name}__mutmut_*", (node.end_lineno or node.lineno) - node.lineno + 1)
