"""Names across the modules of one compilation."""

from __future__ import annotations

import ast

from build.compiler.subset import STDLIB
from build.compiler.symbols import ClassInfo, Imported, ModuleInfo, Symbol
from build.compiler.typing_names import TYPING, is_bridge


class Modules(dict[str, ModuleInfo]):
    """By name; what a name in one of them means is looked for through imports."""

    def resolve(self, module: ModuleInfo, name: str) -> Symbol | None:
        """The symbol behind a module-level name, through imports. Imports of the standard library stay Imported."""
        symbol = module.symbols.get(name)
        seen: set[int] = set()
        while isinstance(symbol, Imported) and id(symbol) not in seen:
            seen.add(id(symbol))
            target = self.get(symbol.module)
            if target is None or symbol.name is None or is_bridge(symbol.module):
                return symbol
            if f"{symbol.module}.{symbol.name}" in self and symbol.name not in target.symbols:
                return symbol
            found = target.symbols.get(symbol.name)
            if found is None:
                return symbol
            symbol = found
        return symbol

    def home(self, module: ModuleInfo, name: str) -> tuple[str, str] | None:
        """Module and name where an imported name is defined."""
        current, label = module, name
        for _ in range(20):
            symbol = current.symbols.get(label)
            if not isinstance(symbol, Imported) or symbol.name is None or symbol.module not in self:
                return (current.name, label) if symbol is not None else None
            current, label = self[symbol.module], symbol.name
        return None

    def imported_module(self, symbol: Imported) -> str | None:
        """The dotted name if the import names a module: `from widget.browser import js`, `import json`."""
        if symbol.name is None:
            return symbol.module
        full = f"{symbol.module}.{symbol.name}"
        if full in self or is_bridge(full):
            return full
        return None

    def typing_name(self, node: ast.expr, module: ModuleInfo) -> str:
        """The plain name if `node` is something from typing, else ""."""
        if isinstance(node, ast.Subscript):
            return self.typing_name(node.value, module)
        if isinstance(node, ast.Name):
            symbol = module.symbols.get(node.id)
            if isinstance(symbol, Imported) and symbol.module in TYPING and symbol.name is not None:
                return symbol.name
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            symbol = module.symbols.get(node.value.id)
            if isinstance(symbol, Imported) and symbol.name is None and symbol.module in TYPING:
                return node.attr
        return ""

    def library_name(self, node: ast.expr, module: ModuleInfo) -> str:
        """`enum.Enum` where a name or an attribute is that of the standard library, else ""."""
        if isinstance(node, ast.Name):
            symbol = self.resolve(module, node.id)
            found = f"{symbol.module}.{symbol.name}" if isinstance(symbol, Imported) and symbol.name is not None else ""
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            symbol = self.resolve(module, node.value.id)
            found = f"{symbol.module}.{node.attr}" if isinstance(symbol, Imported) and symbol.name is None else ""
        else:
            return ""
        return found if found.rpartition(".")[0] in STDLIB else ""

    def heirs(self, cls: ClassInfo) -> list[ClassInfo]:
        """The class and those that derive from it; for one of the runtime those of the program."""
        return [other for other in self.all_classes() if cls in other.family()]

    def all_classes(self) -> list[ClassInfo]:
        return [
            symbol for module in self.values() for symbol in module.symbols.values() if isinstance(symbol, ClassInfo)
        ]
