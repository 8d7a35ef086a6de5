"""Which attribute names no one outside our Python can know, so that the linker may shorten them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

# No member of a browser's objects is spelled like this; only ours are.
SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")
WORD = re.compile(r"\w+")


def shortenable(trees: Iterable[ast.Module], runtime: Iterable[str]) -> list[str]:
    """snake_case attributes and methods of our classes, sorted.

    Left out is every word of a text in the Python (js.record keys, js.get names, JSON) and of the runtime: those may
    reach an attribute by its spelling.
    """
    ours: set[str] = set()
    spelled: set[str] = {word for text in runtime for word in WORD.findall(text)}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                ours |= _defined(node)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not _is_prose(node.value):
                spelled |= set(WORD.findall(node.value))
    return sorted(name for name in ours - spelled if SNAKE.fullmatch(name) is not None)


def _defined(cls: ast.ClassDef) -> set[str]:
    """Methods, fields of the body, and attributes that methods assign to `self`."""
    names: set[str] = set()
    for node in ast.walk(cls):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            names.add(node.attr)
    return names


def _is_prose(text: str) -> bool:
    """Docstrings name attributes in passing; no attribute is reached by a text with blanks in it."""
    return " " in text or "\n" in text
