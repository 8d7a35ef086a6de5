"""CPython's own tree."""

from __future__ import annotations

import ast
import warnings


def python_tree(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)
