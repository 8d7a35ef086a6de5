"""`functools.cache` above a function."""

from __future__ import annotations

import ast

from build.compiler.modules import Modules
from build.compiler.symbols import ModuleInfo


def is_cached(node: ast.FunctionDef | ast.AsyncFunctionDef, module: ModuleInfo, modules: Modules) -> bool:
    return any(is_cache(decorator, module, modules) for decorator in node.decorator_list)


def is_cache(node: ast.expr, module: ModuleInfo, modules: Modules) -> bool:
    """`@cache`, or the same said as `@lru_cache(maxsize=None)`."""
    if not isinstance(node, ast.Call):
        return modules.library_name(node, module) == "functools.cache"
    sizes = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "maxsize")]
    endless = len(sizes) == 1 and isinstance(sizes[0], ast.Constant) and sizes[0].value is None
    only = len(node.args) + len(node.keywords) == 1
    return modules.library_name(node.func, module) == "functools.lru_cache" and endless and only
