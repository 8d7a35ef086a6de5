"""The model is what it says: a seed is one story, and the verdict sees what is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.breach import Breach
from tests.simulation.event import TEXT
from tests.simulation.kinds import KINDS
from tests.simulation.rules import Rules
from tests.simulation.run import Run
from tests.simulation.verdict import Verdict

ROOT = Path(__file__).parents[2]
STORY = """
from tests.simulation.kinds import KINDS
from tests.simulation.rules import Rules
from tests.simulation.run import Run
for name in ("all_faults", "liar_fork"):
    run = Run(KINDS[name], 3, Rules()).play()
    print(run.took_s, run.restless, run.world.dice.random(), sorted(run.world.witness.epochs))
"""


def _story(hash_seed: str) -> str:
    environment = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", STORY]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def test_a_seed_is_the_same_story_in_every_process() -> None:
    assert _story("1") == _story("2") != ""


def _played(name: str) -> Run:
    return Run(KINDS[name], 0, Rules()).play()


def test_a_room_without_faults_breaks_nothing() -> None:
    run = _played("idle")
    assert len(run.room.honest()) >= 5
    assert len(run.world.witness.sent) > 3
    assert Verdict(run).breaches() == set()


def test_a_lost_line_is_missed() -> None:
    run = _played("idle")
    reader = run.room.members[2]
    author = next(author for author, events in reader.log.events.items() if author != 2 and events[-1].kind == TEXT)
    reader.log.events[author].pop()
    assert Verdict(run).breaches() == {Breach.SENT_THEN_MISSING}


def test_a_line_twice_is_seen() -> None:
    run = _played("idle")
    events = next(events for events in run.room.members[2].log.events.values() if events[-1].kind == TEXT)
    events.append(events[-1])
    assert Verdict(run).breaches() == {Breach.SHOWN_TWICE}


@pytest.mark.parametrize(("took", "breaches"), [(40, set()), (40.5, {Breach.LATE})])
def test_one_room_after_forty_seconds_is_in_time(took: float, breaches: set[Breach]) -> None:
    run = _played("idle")
    run.together_at = run.world.calm_at + int(took * 2)
    assert Verdict(run).breaches() == breaches
