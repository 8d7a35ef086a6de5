"""What one class may not hold together, whatever its methods do."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from build.compiler.infer.context import Context
from build.compiler.program import Program
from build.compiler.symbols import ClassInfo


def check_classes(program: Program, peers: Mapping[str, Context]) -> None:
    for cls in program.modules.all_classes():
        if cls.module is not None and cls.node is not None:
            context = peers[cls.module.name]
            _check_equality(cls, cls.node, context)
            _check_next(cls, cls.node, context)
            if cls.is_dataclass:
                _check_dataclass(cls, cls.node, context)


def _check_equality(cls: ClassInfo, node: ast.ClassDef, context: Context) -> None:
    for base in cls.family()[1:]:
        both = all("__eq__" in one.methods or (one.is_dataclass and one.eq) for one in (cls, base))
        if both and any("__eq__" in one.methods for one in (cls, base)):
            context.refuse("CW046", node, cls=cls.name, base=base.name)


def _check_next(cls: ClassInfo, node: ast.ClassDef, context: Context) -> None:
    """JavaScript asks an iterator for its `next`."""
    named = cls.find_method("next") or cls.find_field("next")
    if cls.find_method("__next__") is not None and named is not None:
        context.refuse("CW034", node, what="`next` beside `__next__`", advice="give it another name")


def _check_dataclass(cls: ClassInfo, node: ast.ClassDef, context: Context) -> None:
    """The constructor of JavaScript's base would call `__post_init__` before the heir's fields are there."""
    base = cls.base
    detail, advice = "", ""
    if cls.is_error():
        detail, advice = "on an error", "write __init__, and give super().__init__(...) the text"
    elif base is not None and base.find_method("__post_init__") is not None and not _has_fields_of(cls, base):
        detail = "with fields behind an inherited `__post_init__`"
        advice = "declare the fields in one class, or make them with a function"
    if detail != "":
        context.refuse("CW068", node, name="dataclass", detail=detail, advice=advice)


def _has_fields_of(cls: ClassInfo, base: ClassInfo) -> bool:
    return not base.is_dataclass or cls.dataclass_fields() == base.dataclass_fields()
