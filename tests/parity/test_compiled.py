"""Every scenario prints the same on CPython and compiled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.parity.compiled import node_transcripts
from tests.parity.scenario import cpython_transcript, features, scenarios


@pytest.mark.parametrize("feature", features())
def test_compiled_scenarios_print_what_cpython_prints(feature: str, tmp_path: Path) -> None:
    chosen = scenarios(feature)
    forms = node_transcripts(chosen, tmp_path)
    for scenario in chosen:
        expected = cpython_transcript(scenario)
        assert len("".join(expected)) > 5, f"{scenario} prints almost nothing"
        plain, small = (compiled[str(scenario)] for compiled in forms)
        assert plain == expected, str(scenario)
        assert small == (wordless(expected) if str(scenario) == "exceptions/words" else expected), str(scenario)


def wordless(lines: list[str]) -> list[str]:
    """What the scripts that pages load say about errors of Python's own: a missing key, nothing else."""
    return [line if line.startswith("KeyError") else line[: line.index(":") + 2] for line in lines]


# The parts of the language that must have scenarios of their own, each in a folder of its name.
PARTS = (
    "numbers number_edges strings f_strings unicode bytes lists dicts sets tuples slicing sorting unpacking "
    "comprehensions closures generators classes dataclasses properties exceptions with match async spawn "
    "defaults_and_keywords"
)


def test_there_are_scenarios_for_every_part_of_the_language() -> None:
    assert len(scenarios()) >= 250
    few = {part: found for part in PARTS.split() if (found := len(scenarios(part))) < 4}
    assert few == {}
