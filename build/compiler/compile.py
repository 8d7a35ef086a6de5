"""The phases: check, collect, infer, warn, lower, print, shorten. Parsing and loading come before, linking after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from build.compiler.check import check_module
from build.compiler.depth import room
from build.compiler.errors import CompileErrors, CompileWarnings, Diagnostic
from build.compiler.infer import infer
from build.compiler.lower import lower_module
from build.compiler.nodes import Own
from build.compiler.printing import printed
from build.compiler.printing.sheet import Sheet
from build.compiler.private import name_private
from build.compiler.program import Program
from build.compiler.shorten import Speller, short_names
from build.compiler.slots import Slots
from build.compiler.source import SourceModule
from build.compiler.typing_names import is_bridge, package_of
from build.compiler.warn import Warn


@dataclass(frozen=True)
class JsModule:
    """One emitted ES module; `source_map` is a version 3 map onto the .py file.

    `small` is the same code with shorter property names: all modules of a program take the one or the other.
    `helpers` are those of the runtime that it imports, `properties` those that `small` spells.
    """

    name: str
    path: str
    code: str
    source_map: dict[str, Any] = field(default_factory=dict)
    small: str = ""
    small_map: dict[str, Any] = field(default_factory=dict)
    helpers: frozenset[str] = frozenset()
    properties: frozenset[str] = frozenset()


def check_program(sources: dict[str, SourceModule]) -> list[Diagnostic]:
    """Everything the compiler would refuse."""
    try:
        compile_program(sources)
    except CompileErrors as errors:
        return errors.diagnostics
    return []


def compile_program(
    sources: dict[str, SourceModule],
    public: tuple[str, ...] = (),
    warned: Callable[[CompileWarnings], object] | None = None,
    asked: frozenset[str] = frozenset(),
    spell: Speller = short_names,
) -> dict[str, JsModule]:
    """Emit every module; raises CompileErrors with all refusals at once. `public` classes keep the names of theirs.

    `warned` is told what is allowed and looks like a mistake, if there is any; `asked` are attributes that Python
    outside the program reads; `spell` chooses the short names.
    """
    with room():
        return _compile(sources, public, warned, asked, spell)


def _compile(
    sources: dict[str, SourceModule],
    public: tuple[str, ...],
    warned: Callable[[CompileWarnings], object] | None,
    asked: frozenset[str],
    spell: Speller,
) -> dict[str, JsModule]:
    ours = {name: source for name, source in sources.items() if not is_bridge(name)}
    for source in ours.values():
        name_private(source)
    program = Program(ours)
    packages = frozenset(package_of(name) for name in sources)
    for name, source in ours.items():
        check_module(source.tree, program.reports[name], packages)
    inferred = infer(program)
    _stop_if_refused(program)
    lowered = {name: lower_module(program, program.modules[name], inferred[name]) for name in ours}
    _stop_if_refused(program)
    if warned is not None:
        found = Warn(program, inferred, public, asked).run()
        if len(found) > 0:
            warned(CompileWarnings(found, program.texts()))
    plain = {name: printed(made.statements) for name, made in lowered.items()}
    short = _shortened(program, [name for sheet in plain.values() for name in sheet.uses], public, spell)
    small = {name: printed(made.statements, short) for name, made in lowered.items()}
    return {name: _module(source, plain[name], small[name], lowered[name].helpers) for name, source in ours.items()}


def _shortened(program: Program, uses: list[Own], public: tuple[str, ...], spell: Speller) -> Callable[[Own], str]:
    slots = Slots(program)
    used = [slot for name in uses if (slot := slots.of(name)) is not None]
    short = spell(program, slots, Counter(used), public)

    def spelled(name: Own) -> str:
        slot = slots.of(name)
        return short.get(slot, name) if slot is not None else name

    return spelled


def _module(source: SourceModule, plain: Sheet, small: Sheet, helpers: frozenset[str]) -> JsModule:
    path = source.path.removesuffix(".py") + ".mjs"
    maps = [sheet.map.encode(path, source.path, source.text) for sheet in (plain, small)]
    spelled = frozenset(small.properties)
    return JsModule(source.name, path, plain.text(), maps[0], small.text(), maps[1], helpers, spelled)


def _stop_if_refused(program: Program) -> None:
    found = [diagnostic for report in program.reports.values() for diagnostic in report.found]
    if len(found) > 0:
        raise CompileErrors(found, program.texts())
