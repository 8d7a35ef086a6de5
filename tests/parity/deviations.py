"""Where stock Brython itself differs from CPython: listed line by line with a reason, never dropped in silence.

`python -m tests.parity.deviations` prints the entries that the file lacks, for somebody to judge and give a reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = Path(__file__).with_name("brython_deviations.json")


@dataclass(frozen=True)
class Deviation:
    """Where CPython prints `cpython` as line `line` (from 1), Brython prints `brython`; with `ends` no more."""

    scenario: str
    line: int
    cpython: str
    brython: str
    reason: str
    ends: bool = False


def read_deviations() -> list[Deviation]:
    return [Deviation(**entry) for entry in json.loads(FILE.read_text("utf-8"))]


def with_deviations(scenario: str, lines: list[str], deviations: list[Deviation]) -> list[str]:
    """What Brython is expected to print, from what CPython prints."""
    changed = {found.line: found for found in deviations if found.scenario == scenario}
    expected: list[str] = []
    for number, line in enumerate(lines, 1):
        found = changed.get(number)
        expected.append(line if found is None else found.brython)
        if found is not None and found.ends:
            break
    return expected


def stale(transcripts: Mapping[str, list[str]], deviations: list[Deviation]) -> list[Deviation]:
    """Those whose line CPython does not print any more: they must be taken out."""
    return [
        found
        for found in deviations
        if transcripts.get(found.scenario, [])[found.line - 1 : found.line] != [found.cpython]
    ]


def missing(scenario: str, cpython: list[str], brython: list[str]) -> list[Deviation]:
    """The entries that would make the two agree."""
    found: list[Deviation] = []
    for index, line in enumerate(cpython):
        if index >= len(brython):
            break
        ends = index == len(brython) - 1 and len(brython) < len(cpython)
        if line != brython[index] or ends:
            found.append(Deviation(scenario, index + 1, line, brython[index], "", ends))
    return found


def main() -> None:
    from tests.parity.brython import scenario_transcripts
    from tests.parity.scenario import cpython_transcript, scenarios

    known = {(found.scenario, found.line) for found in read_deviations()}
    printed = scenario_transcripts()
    lacking = [
        asdict(entry)
        for scenario in scenarios()
        for entry in missing(str(scenario), cpython_transcript(scenario), printed[scenario.module])
        if (entry.scenario, entry.line) not in known
    ]
    print(json.dumps(lacking, indent=2))


if __name__ == "__main__":
    main()
