"""Runs a program on both sides, without the statements that the compiler refuses or that leave the subset."""

from __future__ import annotations

import ast
import contextlib
import io
import sys
import traceback
import types
import warnings
from collections import Counter
from dataclasses import dataclass, field

from build.compiler.compile import JsModule, compile_program
from build.compiler.encoding import plain_text
from build.compiler.errors import CompileErrors, NotPython
from build.compiler.source import SourceModule
from tests.compiler.samples import parse_here
from tests.parity.fuzz import Beyond, Bounds
from tests.strangers.units import Program, Unit

PATH = "widget/stranger.py"
EXACT = 2**53
LONGEST = 3_000
STEPS = 60_000
ROUNDS = 60


@dataclass
class Pruned:
    """What is left of a program: its text, what CPython printed, its JavaScript."""

    program: Program
    text: str
    printed: list[str]
    module: JsModule
    owners: dict[int, Unit] = field(default_factory=dict)


def pruned(program: Program, refused: Counter[str]) -> Pruned | None:
    """None where nothing is left that compares."""
    for _ in range(ROUNDS):
        if not any(unit.label != "" for unit in program.units()):
            return None
        text, owners = program.written()
        found = _refused_lines(text, refused)
        if isinstance(found, JsModule):
            printed, bad = on_cpython(text)
            if bad == 0:
                return Pruned(program, text, printed, found, owners)
            found = {bad}
        hit = {id(owners[line]): owners[line] for line in found if line in owners}
        if len(hit) == 0:
            return None
        for unit in hit.values():
            unit.refuse()
    return None


def _refused_lines(text: str, refused: Counter[str]) -> JsModule | set[int]:
    try:
        tree = parse_here(PATH, plain_text(PATH, text))
        source = SourceModule("widget.stranger", PATH, text, tree)
        return compile_program({source.name: source})[source.name]
    except NotPython as error:
        refused[error.diagnostic.code] += 1
        return {error.diagnostic.line}
    except CompileErrors as errors:
        for found in errors.diagnostics:
            refused[found.code if found.code != "CW099" else f"{found.code} {found.message}"] += 1
        return {found.line for found in errors.diagnostics}


def _is_long(value: object) -> bool:
    if isinstance(value, range):  # its len() may be more than a C integer holds
        return (value.stop - value.start) // value.step > LONGEST
    return isinstance(value, str | bytes | list | tuple) and len(value) > LONGEST


def on_cpython(text: str) -> tuple[list[str], int]:
    """The lines that it prints, and the line at which it raised or left the subset, 0 for none."""
    steps = 0

    def bound(value: object) -> object:
        nonlocal steps
        steps += 1
        big = type(value) is int and abs(value) >= EXACT
        if big or _is_long(value) or steps > STEPS:
            raise Beyond
        return value

    module = types.ModuleType("stranger")
    module.__dict__["_bound"] = bound
    sys.modules["stranger"] = module
    printed = io.StringIO()
    tree = ast.fix_missing_locations(Bounds().visit(ast.parse(text)))
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(compile(tree, "stranger", "exec", dont_inherit=True), module.__dict__)
            module.main()
        except (Exception, Beyond) as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "stranger"]
            lines = [frame.lineno or -1 for frame in frames[:2]]  # in main(), or in what it called
            return [], lines[-1] if len(lines) > 0 else -1
        finally:
            del sys.modules["stranger"]
    return printed.getvalue().removesuffix("\n").split("\n"), 0
