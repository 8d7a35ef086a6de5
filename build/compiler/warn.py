"""What is allowed and looks like a mistake: things that cost bytes or time and do nothing.

Warnings are about the whole program, so they are known only when all of it has been read. Module-level functions that
nobody calls are not among them: the linker drops these, and a service or the native client may call them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from build.compiler.errors import Diagnostic, Reporter
from build.compiler.infer import Inferred
from build.compiler.infer.patterns import class_parts
from build.compiler.program import Program
from build.compiler.symbols import ClassInfo
from build.compiler.types import ANY, JS, NEVER, OBJECT, ClassT, VarT, has_none, members

LEAVES = (ast.Return, ast.Raise, ast.Break, ast.Continue)


class Warn:
    """One run over a program that was not refused."""

    def __init__(
        self, program: Program, inferred: Mapping[str, Inferred], public: Iterable[str], asked: Iterable[str]
    ) -> None:
        self.program = program
        self.inferred = inferred
        self.seen = {cls for cls in program.modules.all_classes() if cls.name in set(public)} | program.exposure.classes
        self.read = attributes_read(source.tree for source in program.sources.values()) | set(asked)
        self.read |= {name for peer in inferred.values() for name in _in_patterns(peer)}
        called = [peer.types.get(node.func) for peer in inferred.values() for node in peer.bound]
        self.made = {cls for kind in called if isinstance(kind, ClassT) for cls in kind.cls.family()}

    def run(self) -> list[Diagnostic]:
        for name, source in self.program.sources.items():
            report = self.program.reports[name]
            for node in source.nodes:
                self._never_reached(node, report)
                self._always_the_same(node, self.inferred[name], report)
        for cls in self.program.modules.all_classes():
            self._never_used(cls)
        return [found for report in self.program.reports.values() for found in report.warned]

    def _never_reached(self, node: ast.AST, report: Reporter) -> None:
        for block in _blocks(node):
            for before, after in pairwise(block):
                if isinstance(before, LEAVES):
                    report.warn("CW201", after)

    def _always_the_same(self, node: ast.AST, inferred: Inferred, report: Reporter) -> None:
        """`is None` on what cannot be None."""
        if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Is | ast.IsNot):
            return
        kind = inferred.types.get(node.left)
        right = node.comparators[0]
        if kind is None or not isinstance(right, ast.Constant) or right.value is not None or has_none(kind):
            return
        if not any(member in (ANY, JS, OBJECT, NEVER) or isinstance(member, VarT) for member in members(kind)):
            report.warn("CW202", node, type=kind, value=isinstance(node.ops[0], ast.IsNot))

    def _never_used(self, cls: ClassInfo) -> None:
        """Attributes and methods of a class that the program makes objects of, and whose objects it keeps to itself."""
        if cls.module is None or cls.is_protocol or cls.is_enum or cls in self.seen or cls not in self.made:
            return
        report = self.program.reports[cls.module.name]
        for field in cls.fields.values():
            if field.name not in self.read:
                report.warn("CW203", field.node, cls=cls.name, name=field.name)
        for method in cls.methods.values():
            if method.name not in self.read and not method.name.startswith("__"):
                report.warn("CW204", method.node, cls=cls.name, name=method.name)


def attributes_read(trees: Iterable[ast.AST]) -> set[str]:
    nodes = (node for tree in trees for node in ast.walk(tree))
    return {node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)}


def _in_patterns(inferred: Inferred) -> Iterator[str]:
    """Attributes that class patterns read."""
    for node in list(inferred.types):
        if isinstance(node, ast.MatchClass):
            yield from (name for name, _ in class_parts(node, inferred.types[node.cls], inferred))


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list):
            yield block
