"""The committed outcomes are those of tonight's parts, and the night is as long as it may be."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.nightly import __main__ as nightly
from tests.nightly.outcomes import RESULTS, Outcome, read
from tests.nightly.parts import LIMIT_S, Part

ROWS = read(RESULTS.read_text("utf-8"))
NIGHT_MINUTES = 100


def test_a_part_may_take_ten_minutes() -> None:
    assert LIMIT_S == 600


def test_every_part_has_a_row_and_every_row_a_part() -> None:
    assert set(ROWS) == set(nightly.NAMES)


def test_the_night_is_short_enough() -> None:
    assert sum(float(row.minutes) for row in ROWS.values()) < NIGHT_MINUTES


@pytest.mark.parametrize(("took_s", "passed", "words"), [
    (600.0, True, "passed: 2 passed"),
    (600.1, False, "FAILED: over 10 minutes: 2 passed"),
])
def test_a_part_that_takes_too_long_fails(
    took_s: float, passed: bool, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Outcome] = []
    monkeypatch.setattr(nightly, "keep", lambda outcome, order: kept.append(outcome))
    monkeypatch.setattr(nightly, "time", SimpleNamespace(monotonic=iter((0.0, took_s)).__next__))
    assert nightly.run(Part("sample", "a sample", ("-c", "print('2 passed')"))) == passed
    assert kept[0].words == words
    monkeypatch.setattr(nightly, "time", SimpleNamespace(monotonic=iter((0.0, took_s)).__next__))
    assert nightly.run_all([Part("sample", "a sample", ("-c", "print('2 passed')"))]) == (0 if passed else 1)
