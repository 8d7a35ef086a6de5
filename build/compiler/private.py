"""Names that begin with two underscores: each class has its own, as `_Class__name`."""

from __future__ import annotations

import ast
import re

from build.compiler.source import SourceModule

PRIVATE = re.compile(r"\b__(?!\w*__\b)\w")
FIELDS = ("id", "attr", "arg", "name")


def name_private(source: SourceModule) -> None:
    """Spells them in the tree as Python does, so that those of a class and of its base are two."""
    if PRIVATE.search(source.text) is None:
        return
    for cls in source.nodes:
        owner = cls.name.lstrip("_") if isinstance(cls, ast.ClassDef) else ""
        if isinstance(cls, ast.ClassDef) and owner != "":
            for node in (inner for statement in cls.body for inner in ast.walk(statement)):
                _spell(node, owner)


def _spell(node: ast.AST, owner: str) -> None:
    for field in FIELDS:
        name = getattr(node, field, None)
        if isinstance(name, str) and PRIVATE.match(name) is not None:
            setattr(node, field, f"_{owner}{name}")
    if isinstance(node, ast.Nonlocal):
        node.names = [f"_{owner}{name}" if PRIVATE.match(name) is not None else name for name in node.names]
