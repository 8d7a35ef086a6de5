"""All modules of one compilation: their symbols, what they store, what they need."""

from __future__ import annotations

import ast

from build.compiler.annotations import Annotations, key_names
from build.compiler.bases import Bases
from build.compiler.collect import Collect
from build.compiler.errors import Reporter
from build.compiler.exposure import Exposure
from build.compiler.modules import Modules
from build.compiler.needs import Needs
from build.compiler.source import SourceModule
from build.compiler.starters import started_names
from build.compiler.symbols import ModuleInfo


class Program:
    """All of one compilation."""

    def __init__(self, sources: dict[str, SourceModule]) -> None:
        self.sources = sources
        self.starters = {name for source in sources.values() for name in started_names(source.nodes)}
        self.reports = {name: Reporter(source.path, source.text) for name, source in sources.items()}
        self.modules = Modules({name: ModuleInfo(name, source.path, source.tree) for name, source in sources.items()})
        keys = {name for source in sources.values() for name in key_names(source.nodes)}
        self.annotations = Annotations(self.modules, self.reports, keys)
        self.needs = Needs(self.annotations)
        self.exposure = Exposure()
        self.stored_attributes: set[str] = set()
        self.rebound_attributes: set[str] = set()
        for name, module in self.modules.items():
            Collect(module, self.reports[name]).run()
        for source in sources.values():
            self._collect_stores(source)
        bases = Bases(self.annotations, self.reports)
        for module in self.modules.values():
            bases.link(module)

    def texts(self) -> dict[str, str]:
        """What diagnostics quote, by path."""
        return {source.path: source.text for source in self.sources.values()}

    def _collect_stores(self, source: SourceModule) -> None:
        first: set[ast.AST] = set()
        for node in source.nodes:
            if isinstance(node, ast.FunctionDef) and node.name == "__init__":
                first.update(ast.walk(node))
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                self.stored_attributes.add(node.attr)
                if node not in first:
                    self.rebound_attributes.add(node.attr)
