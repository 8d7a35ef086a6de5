"""One module: imports, exports, statements in their order."""

from __future__ import annotations

import ast
import posixpath

from build.compiler.lower.context import Context
from build.compiler.lower.helpers import HELPERS
from build.compiler.lower.parameters import declare_temps
from build.compiler.nodes import Class, Export, ExportNames, Function, Id, Import, Js, Let
from build.compiler.symbols import Imported


def module_statements(context: Context) -> list[Js]:
    body = [_exported(item) for item in context.block(context.module.tree.body)]
    return [*_imports(context), *declare_temps(context.temps), *body, *_reexports(context)]


def _exported(item: Js) -> Js:
    public = isinstance(item, Function | Class) or (isinstance(item, Let) and isinstance(item.target, Id))
    return Export(item, place=item.place) if public else item


def _imports(context: Context) -> list[Js]:
    found: list[Js] = []
    by_file: dict[str, list[tuple[str, str]]] = {}
    for name, local in context.gathered.helpers.items():
        by_file.setdefault(f"runtime/{HELPERS[name]}.mjs", []).append((name, local))
    by_module: dict[str, list[tuple[str, str]]] = {}
    for (module, original), local in context.gathered.imports.items():
        path = _path(module, context)
        if original is None:
            found.append(Import([], _relative(path, context), local))
        else:
            by_module.setdefault(path, []).append((context.js_name(original), local))
    for path in sorted(by_file):
        found.append(Import(sorted(by_file[path]), _relative(path, context)))
    for path in sorted(by_module):
        found.append(Import(sorted(by_module[path]), _relative(path, context)))
    return found


def _path(module: str, context: Context) -> str:
    return context.program.modules[module].path.removesuffix(".py") + ".mjs"


def _relative(path: str, context: Context) -> str:
    here = posixpath.dirname(context.module.path)
    found = posixpath.relpath(path, here if here != "" else ".")
    return found if found.startswith(".") else f"./{found}"


def _reexports(context: Context) -> list[Js]:
    """`__all__` names that come from elsewhere."""
    names = _all_names(context.module.tree)
    found: list[Js] = []
    for name in names:
        symbol = context.module.symbols.get(name)
        home = context.program.modules.home(context.module, name)
        if isinstance(symbol, Imported) and home is not None and home[0] in context.program.modules:
            found.append(
                ExportNames(
                    [(context.js_name(home[1]), context.js_name(name))], _relative(_path(home[0], context), context)
                )
            )
    return found


def _all_names(tree: ast.Module) -> list[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__":
            value = ast.literal_eval(node.value)
            return [str(name) for name in value]
    return []
