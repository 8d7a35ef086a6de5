"""What the modules of a folder say of each kind of node, of each built-in function, and on certain occasions."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

Visit = Callable[..., Any]


@dataclass(frozen=True)
class Tables:
    """`visit_Call` by its node, `call_math_log` by "math_log", `on_truth` by "truth"."""

    visits: Mapping[Any, Visit]
    calls: Mapping[str, Visit]
    occasions: Mapping[str, Visit]


@cache
def tables(package: str, nodes: Any = ast) -> Tables:
    """Of all modules of this package; `nodes` names the kinds, of which this Python may lack some."""
    names: dict[str, Visit] = {}
    for module in iter_modules(import_module(package).__path__):
        names |= vars(import_module(f"{package}.{module.name}"))

    def found(prefix: str) -> dict[str, Visit]:
        return {name.removeprefix(prefix): visit for name, visit in names.items() if name.startswith(prefix)}

    visits = {getattr(nodes, name): visit for name, visit in found("visit_").items() if hasattr(nodes, name)}
    return Tables(visits, found("call_"), found("on_"))
