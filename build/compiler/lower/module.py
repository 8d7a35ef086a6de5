"""One module: imports, exports, statements in their order."""

from __future__ import annotations

import ast
import posixpath

from build.compiler.infer import Statements as Inferred
from build.compiler.lower.base import Lower
from build.compiler.lower.classes import Classes
from build.compiler.nodes import Class, Export, ExportNames, Function, Id, Import, Js, Let
from build.compiler.placement import place
from build.compiler.program import Program
from build.compiler.symbols import Imported, ModuleInfo


class Module(Classes):
    """Lowers the top level."""

    def run(self) -> list[Js]:
        self.placement = place(self.scope, is_module=True)
        body: list[Js] = []
        for node in self.module.tree.body:
            for item in self.statement(node):
                body.append(self._exported(item))
        temps = self.declare_temps(self.temps[0])
        return [*self._imports(), *temps, *body, *self._reexports()]

    def _exported(self, item: Js) -> Js:
        public = isinstance(item, Function | Class) or (isinstance(item, Let) and isinstance(item.target, Id))
        return Export(item, place=item.place) if public else item

    def _imports(self) -> list[Js]:
        found: list[Js] = []
        by_file: dict[str, list[tuple[str, str]]] = {}
        for name, local in self.used_helpers.items():
            by_file.setdefault(f"runtime/{Lower.helpers[name]}.mjs", []).append((name, local))
        by_module: dict[str, list[tuple[str, str]]] = {}
        for (module, original), local in self.used_imports.items():
            path = self._path(module)
            if original is None:
                found.append(Import([], self._relative(path), local))
            else:
                by_module.setdefault(path, []).append((self._foreign(original), local))
        for path in sorted(by_file):
            found.append(Import(sorted(by_file[path]), self._relative(path)))
        for path in sorted(by_module):
            found.append(Import(sorted(by_module[path]), self._relative(path)))
        return found

    def _foreign(self, name: str) -> str:
        return self.js_name(name)

    def _path(self, module: str) -> str:
        return self.program.modules[module].path.removesuffix(".py") + ".mjs"

    def _relative(self, path: str) -> str:
        here = posixpath.dirname(self.module.path)
        found = posixpath.relpath(path, here if here != "" else ".")
        return found if found.startswith(".") else f"./{found}"

    def _reexports(self) -> list[Js]:
        """`__all__` names that come from elsewhere."""
        names = _all_names(self.module.tree)
        found: list[Js] = []
        for name in names:
            symbol = self.module.symbols.get(name)
            home = self.program.modules.home(self.module, name)
            if isinstance(symbol, Imported) and home is not None and home[0] in self.program.modules:
                found.append(
                    ExportNames([(self.js_name(home[1]), self.js_name(name))], self._relative(self._path(home[0])))
                )
        return found


def _all_names(tree: ast.Module) -> list[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__":
            value = ast.literal_eval(node.value)
            return [str(name) for name in value]
    return []


def lower_module(program: Program, module: ModuleInfo, inferred: Inferred, platform: str) -> list[Js]:
    """The statements of one JavaScript module."""
    return Module(program, module, inferred, platform).run()
