"""Runs what is left of the programs on both sides until nothing differs that was not yet told."""

from __future__ import annotations

import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.parity.fuzz import in_node
from tests.strangers.compared import Pruned, pruned
from tests.strangers.differences import never_ends, plain
from tests.strangers.typed import leave_out_untyped
from tests.strangers.units import Program, Unit

PATIENCE_S = 10.0  # and a tenth of a second for each: what takes longer never ends

END = "(end)"
Lines = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """`statement` as compiled; the first line that each side prints otherwise."""

    program: str
    statement: str
    cpython: str
    compiled: str

    def report(self) -> str:
        text = self.statement.replace("\n", "\n    ")
        return f"  {self.program}\n    {text}\n    CPython:  {self.cpython}\n    compiled: {self.compiled}"


def compare(programs: Iterable[Program], refused: Counter[str]) -> tuple[int, list[Difference]]:
    """How many statements print the same on both sides, and those that do not."""
    same = 0
    differences: list[Difference] = []
    waiting = [program for program in programs if not never_ends(program.name)]
    while len(waiting) > 0:
        left = [found for program in waiting if (found := pruned(program, refused)) is not None]
        waiting = []
        for found, forms in _run(left):
            told = _first_difference(found, forms)
            if told is not None and leave_out_untyped(found):
                waiting.append(found.program)
                continue
            if told is None:
                same += sum(unit.label != "" for unit in found.program.units())
                continue
            differences.append(told[0])
            if told[1] is not None:
                told[1].gone = True
                waiting.append(found.program)
    return same, differences


def _run(left: list[Pruned]) -> list[tuple[Pruned, list[Lines]]]:
    """What each prints as people read it and as pages load it; alone where all together crash or never end."""
    if len(left) == 0:
        return []
    try:
        with tempfile.TemporaryDirectory() as folder:
            done = in_node(
                {number: found.module for number, found in enumerate(left)}, Path(folder), PATIENCE_S + len(left) / 10
            )
            return [(found, list(done[number])) for number, found in enumerate(left)]
    except (AssertionError, subprocess.TimeoutExpired) as error:
        if len(left) == 1:
            return [(left[0], [(type(error).__name__,)])]
        half = len(left) // 2
        return [*_run(left[:half]), *_run(left[half:])]


def _first_difference(found: Pruned, forms: list[Lines]) -> tuple[Difference, Unit | None] | None:
    for lines in forms:
        pairs = zip([*found.printed, END], [*lines, END], strict=False)
        for cpython, compiled in pairs:
            if plain(cpython) != plain(compiled):
                unit = _unit(found.program, cpython) or _unit(found.program, compiled)
                statement = _statement(unit) if unit is not None else found.text
                return Difference(found.program.name, statement, cpython, compiled), unit
    return None


def _unit(program: Program, line: str) -> Unit | None:
    label = line.partition(" ")[0]
    return next((unit for unit in program.units() if unit.label == label and label != ""), None)


def _statement(unit: Unit) -> str:
    if len(unit.blocks) == 0:
        return "\n".join(unit.forms[0])
    inner = [_statement(item) for block in unit.blocks for item in block if not item.gone]
    return "\n".join([*unit.heads, *inner])
