"""The phases: check, collect, infer, lower, print. Parsing and loading come before, linking after."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from build.compiler.check import Check
from build.compiler.errors import CompileErrors, Diagnostic
from build.compiler.infer import infer
from build.compiler.lower import lower_module
from build.compiler.nodes import Js
from build.compiler.printer import Printer
from build.compiler.program import JS_MODULE, Program
from build.compiler.source import SourceModule


@dataclass(frozen=True)
class JsModule:
    """One emitted ES module; `source_map` is a version 3 map onto the .py file."""

    name: str
    path: str
    code: str
    source_map: dict[str, Any] = field(default_factory=dict)


def check_program(sources: dict[str, SourceModule], platform: str = "browser") -> list[Diagnostic]:
    """Everything the compiler would refuse."""
    try:
        compile_program(sources, platform)
    except CompileErrors as errors:
        return errors.diagnostics
    return []


def compile_program(sources: dict[str, SourceModule], platform: str = "browser") -> dict[str, JsModule]:
    """Emit every module; raises CompileErrors with all refusals at once."""
    ours = {name: source for name, source in sources.items() if name != JS_MODULE}
    program = Program(ours)
    for name, source in ours.items():
        Check(source.tree, program.reports[name]).run()
    inferred = infer(program)
    _stop_if_refused(program)
    lowered = {name: lower_module(program, program.modules[name], inferred[name], platform) for name in ours}
    _stop_if_refused(program)
    return {name: _print(source, lowered[name]) for name, source in ours.items()}


def _print(source: SourceModule, body: list[Js]) -> JsModule:
    printer = Printer()
    printer.module(body)
    path = source.path.removesuffix(".py") + ".mjs"
    return JsModule(source.name, path, printer.text(), printer.map.encode(path, source.path, source.text))


def _stop_if_refused(program: Program) -> None:
    found = [diagnostic for report in program.reports.values() for diagnostic in report.found]
    if len(found) > 0:
        raise CompileErrors(found, {source.path: source.text for source in program.sources.values()})
