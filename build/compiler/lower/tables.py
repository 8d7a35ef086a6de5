"""What the modules of this folder say of each kind of node, of each built-in function and of each conversion."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Visit = Callable[..., Any]


@dataclass(frozen=True)
class Tables:
    """`visit_Call` by its node, `call_math_log` by "math_log", `coerce_truth` by "truth"."""

    visits: Mapping[type[ast.AST], Visit]
    calls: Mapping[str, Visit]
    coercions: Mapping[str, Visit]

    @classmethod
    def of(cls, names: Mapping[str, Visit]) -> Tables:
        def found(prefix: str) -> dict[str, Visit]:
            return {name.removeprefix(prefix): visit for name, visit in names.items() if name.startswith(prefix)}

        visits = {getattr(ast, name): visit for name, visit in found("visit_").items() if hasattr(ast, name)}
        return cls(visits, found("call_"), found("coerce_"))
