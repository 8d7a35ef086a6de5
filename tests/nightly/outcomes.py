"""RESULTS.md: of each part the last run, as one row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """# The last night

`make nightly` writes here: of each part its newest run. A part that was not run again keeps its old row.

| part | date | commit | minutes | outcome | machine |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Outcome:
    """`minutes` as text with one decimal; `words` is the last line that the part printed."""

    part: str
    date: str
    commit: str
    minutes: str
    words: str
    machine: str

    def row(self) -> str:
        return "| " + " | ".join(re.sub(r"\s*\|\s*", "/", cell) for cell in astuple(self)) + " |"


def read(text: str) -> dict[str, Outcome]:
    """By the name of the part."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {row[0]: Outcome(*row) for row in rows if len(row) == 6 and row[0] != "part"}


def written(outcomes: dict[str, Outcome], order: Iterable[str]) -> str:
    """Rows of parts that are no more are left out."""
    kept = [outcomes[name] for name in order if name in outcomes]
    minutes = sum(float(outcome.minutes) for outcome in kept)
    return HEAD + "".join(outcome.row() + "\n" for outcome in kept) + f"\nTogether {minutes:.0f} minutes.\n"


def keep(outcome: Outcome, order: Iterable[str], file: Path = RESULTS) -> None:
    known = read(file.read_text("utf-8")) if file.is_file() else {}
    file.write_text(written(known | {outcome.part: outcome}, order), "utf-8")
