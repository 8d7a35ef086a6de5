"""Where stock Brython itself differs from CPython: listed line by line with a reason, never dropped in silence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("brython_deviations.json")


@dataclass(frozen=True)
class Deviation:
    """In `scenario`, line `line` (from 1) is `brython` where CPython prints something else."""

    scenario: str
    line: int
    brython: str
    reason: str


def read_deviations() -> list[Deviation]:
    return [Deviation(**entry) for entry in json.loads(FILE.read_text("utf-8"))]


def with_deviations(scenario: str, transcript: str, deviations: list[Deviation]) -> str:
    """What Brython is expected to print, from what CPython prints."""
    lines = transcript.split("\n")
    for found in deviations:
        if found.scenario == scenario:
            lines[found.line - 1] = found.brython
    return "\n".join(lines)


def stale(transcripts: Mapping[str, str], deviations: list[Deviation]) -> list[Deviation]:
    """Those that CPython agrees with, or that name no line: they must be taken out."""
    gone: list[Deviation] = []
    for found in deviations:
        lines = transcripts.get(found.scenario, "").split("\n")
        if found.line > len(lines) or lines[found.line - 1] == found.brython:
            gone.append(found)
    return gone
