"""Base classes and protocols."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from build.compiler.annotations import Annotations
from build.compiler.enums import Members, is_enum_base
from build.compiler.errors import Reporter
from build.compiler.symbols import ClassInfo, ModuleInfo
from build.compiler.types import InstanceT, variables


class Bases:
    """Links each class with the one that it derives from."""

    def __init__(self, annotations: Annotations, reports: Mapping[str, Reporter]) -> None:
        self._annotations = annotations
        self._modules = annotations.modules
        self._reports = reports

    def link(self, module: ModuleInfo) -> None:
        for symbol in module.symbols.values():
            if isinstance(symbol, ClassInfo) and symbol.node is not None:
                self._link_class(symbol, symbol.node, module)

    def _link_class(self, cls: ClassInfo, node: ast.ClassDef, module: ModuleInfo) -> None:
        real: list[ast.expr] = []
        for base in node.bases:
            label = self._modules.typing_name(base, module)
            if label in ("Protocol", "Generic"):
                cls.is_protocol = cls.is_protocol or label == "Protocol"
                if isinstance(base, ast.Subscript):
                    parts = base.slice.elts if isinstance(base.slice, ast.Tuple) else [base.slice]
                    cls.type_vars = tuple(part.id for part in parts if isinstance(part, ast.Name))
                continue
            if is_enum_base(base, module, self._modules):
                cls.is_enum = True
                continue
            found = self._annotations.type_of(base, module, quiet=True)
            if isinstance(found, InstanceT) and self._declares_enum(found.cls):
                self._reports[module.name].refuse("CW032", base, name=ast.unparse(base))
            elif isinstance(found, InstanceT):
                if found.cls.is_protocol or self._declares_protocol(found.cls):
                    if cls.is_protocol or self._only_protocols(node, module):
                        self._derive(cls, found if cls.base is None else InstanceT(cls.base, cls.base_args))
                    continue
                self._derive(cls, found)
                real.append(base)
            elif not isinstance(base, ast.Name) or base.id != "object":
                self._reports[module.name].refuse("CW032", base, name=ast.unparse(base))
        if cls.is_enum:
            Members(cls, node, module, self._modules, self._reports[module.name]).run()
        if len(real) + cls.is_enum > 1:
            self._reports[module.name].refuse("CW027", real[-1])

    def _derive(self, cls: ClassInfo, base: InstanceT) -> None:
        cls.base, cls.base_args = base.cls, base.args
        if len(cls.type_vars) == 0:
            cls.type_vars = tuple(dict.fromkeys(found.name for part in base.args for found in variables(part)))

    def _declares_enum(self, cls: ClassInfo) -> bool:
        if cls.node is None or cls.module is None:
            return False
        return any(is_enum_base(base, cls.module, self._modules) for base in cls.node.bases)

    def _declares_protocol(self, cls: ClassInfo) -> bool:
        if cls.node is None or cls.module is None:
            return False
        return any(self._modules.typing_name(base, cls.module) == "Protocol" for base in cls.node.bases)

    def _only_protocols(self, node: ast.ClassDef, module: ModuleInfo) -> bool:
        found = [self._annotations.type_of(base, module, quiet=True) for base in node.bases]
        return all(not isinstance(kind, InstanceT) or self._declares_protocol(kind.cls) for kind in found)
