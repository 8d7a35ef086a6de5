"""Programs that nobody wrote print the same on CPython and compiled, or are refused."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fakes.effort import NIGHT, many
from tests.parity.fuzz import Outcome, outcomes, run_on_cpython, shortened, written

EACH = many(60, 500)
# The same programs each time by day, others every night; a failure names its seed.
FIRST = random.SystemRandom().randrange(10**9) if NIGHT else 1


@pytest.mark.no_cover  # its programs take the lines of the compiler that the scenarios take, at three times the time
@pytest.mark.parametrize("shard", range(many(2, 6)))
def test_random_programs_print_what_cpython_prints(shard: int, tmp_path: Path) -> None:
    start = FIRST + shard
    found = outcomes(written(EACH, start), tmp_path)
    bad = [outcome for outcome in found if outcome.differs]
    assert len(bad) == 0, f"{len(bad)} differ, seed {start}\n{shortened(bad[0].text, tmp_path).report()}"
    crashed = [outcome.refused for outcome in found if "CW099" in outcome.refused]
    assert crashed == []
    idle = [outcome for outcome in found if outcome.refused != "" or outcome.beyond]
    assert len(found) == EACH
    assert len(idle) < EACH // 4, f"{len(idle)} of {EACH} were not compared, seed {start}"


def test_the_same_seed_writes_the_same_programs() -> None:
    assert written(3, 5) == written(3, 5)
    assert written(3, 5) != written(3, 6)


def test_a_difference_is_found_and_shortened(tmp_path: Path) -> None:
    """Ints of 2**53 and more are a difference that is known: without its guard the fuzzer sees it."""
    text = "def main() -> None:\n    print(1)\n    n = int('9007199254740992')\n    print('a')\n    print(n + 1)\n"
    (found,) = outcomes(["from __future__ import annotations\n\n\n" + text], tmp_path)
    assert found.beyond
    same = ("1", "9007199254740993")
    seen = Outcome(text, same, ("1", "9007199254740992"), same)
    assert seen.differs
    assert Outcome(text, same, same, ("1", "9007199254740992")).differs
    assert seen.report().endswith("line 2\n  CPython:  9007199254740993\n  compiled: 9007199254740992")


def test_what_leaves_the_subset_is_cut() -> None:
    endless = "def main():\n    n = 0\n    while True:\n        n += 1\n"
    assert run_on_cpython(endless) == ((), True)
    assert run_on_cpython("def main():\n    print(2)\n    print(3)\n") == (("2", "3"), False)
