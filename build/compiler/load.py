"""The modules a program consists of: its entry and all that it imports of the same package, parsed in one go."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from build.compiler.catalogue import CATALOGUE
from build.compiler.encoding import plain_text, source_text
from build.compiler.errors import CompileErrors, Diagnostic, NotPython
from build.compiler.parse import parse_all
from build.compiler.source import SourceModule

# Finds imports before anything is parsed, so that one Node process parses everything. It may find too much (text in
# a docstring), never too little; what is not really imported is left out afterwards.
IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)|import[ \t]+([\w., \t]+))", re.M)


CACHE = ".work/parse"


@dataclass(frozen=True)
class Import:
    """`module` and the names taken from it, at a line and column that count from 1."""

    module: str
    names: tuple[str, ...]
    line: int
    column: int


def load_program(root: Path, entry: str) -> dict[str, SourceModule]:
    """The closure of `entry` ("widget.browser.entry") by module name, sorted; imports for types only included.

    Raises CompileErrors for text that is not Python and imports that lead nowhere.
    """
    texts = guess_closure(root, [entry], [entry.partition(".")[0]])
    if entry not in texts:
        raise CompileErrors([_no_module(entry, entry, 1, 1)])
    trees = parse_all({_relative(name, root): text for name, text in texts.items()}, root / CACHE)
    sources = {
        name: SourceModule(name, _relative(name, root), text, trees[_relative(name, root)])
        for name, text in texts.items()
    }
    return _reachable(root, entry, sources)


def load_texts(texts: dict[str, str]) -> dict[str, SourceModule]:
    """Modules from memory, {"widget.a": text}; for tests and samples."""
    trees = parse_all({name.replace(".", "/") + ".py": text for name, text in texts.items()})
    paths = {name: name.replace(".", "/") + ".py" for name in texts}
    plain = {name: plain_text(path, texts[name]) for name, path in paths.items()}
    return {name: SourceModule(name, path, plain[name], trees[path]) for name, path in paths.items()}


def module_file(root: Path, name: str) -> Path | None:
    """widget/chat/chat.py, or widget/wire/__init__.py for a package."""
    base = root.joinpath(*name.split("."))
    found = [path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()]
    return found[0] if found else None


def imports_of(source: SourceModule) -> list[Import]:
    found: list[Import] = []
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module is not None:
            names = tuple(alias.name for alias in node.names)
            found.append(Import(node.module, names, node.lineno, node.col_offset + 1))
        elif isinstance(node, ast.Import):
            found += [Import(alias.name, (), node.lineno, node.col_offset + 1) for alias in node.names]
    return found


def guess_closure(root: Path, entries: Collection[str], packages: Collection[str]) -> dict[str, str]:
    """The texts of `entries` and all that they may import of these packages, by module name, sorted.

    Raises CompileErrors that name every file whose bytes are no text.
    """
    texts: dict[str, str] = {}
    broken: list[Diagnostic] = []
    waiting = list(entries)
    while waiting:
        name = waiting.pop()
        file = module_file(root, name)
        if name in texts or file is None:
            continue
        try:
            texts[name] = source_text(file.relative_to(root).as_posix(), file.read_bytes())
        except NotPython as error:
            texts[name] = ""
            broken.append(error.diagnostic)
        for module, taken, plain in IMPORT.findall(texts[name]):
            for imported in [module, *re.findall(r"[\w.]+", plain)]:
                if imported.partition(".")[0] in packages:
                    waiting += [imported, *(f"{imported}.{word}" for word in re.findall(r"\w+", taken))]
    if len(broken) > 0:
        raise CompileErrors(broken)
    return dict(sorted(texts.items()))


def _reachable(root: Path, entry: str, sources: dict[str, SourceModule]) -> dict[str, SourceModule]:
    package = entry.partition(".")[0]
    missing: list[Diagnostic] = []
    reached: set[str] = set()
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        for found in imports_of(sources[name]):
            if found.module.partition(".")[0] != package:
                continue
            targets = _targets(found, sources)
            waiting += targets
            if len(targets) == 0:
                missing.append(_no_module(found.module, sources[name].path, found.line, found.column))
    if len(missing) > 0:
        raise CompileErrors(missing, {source.path: source.text for source in sources.values()})
    return {name: source for name, source in sources.items() if name in reached}


def _no_module(module: str, path: str, line: int, column: int) -> Diagnostic:
    message, advice = CATALOGUE["CW018"]
    return Diagnostic("CW018", path, line, column, message.format(module=module), advice)


def _targets(found: Import, sources: dict[str, SourceModule]) -> list[str]:
    """The module itself, or for `from package import module` the modules named; a package may also define names."""
    modules = [f"{found.module}.{name}" for name in found.names if f"{found.module}.{name}" in sources]
    takes_names = len(found.names) == 0 or len(modules) < len(found.names)
    return modules + ([found.module] if takes_names and found.module in sources else [])


def _relative(name: str, root: Path) -> str:
    file = module_file(root, name)
    assert file is not None
    return file.relative_to(root).as_posix()
