"""How long letters take until what fits them is there."""

from __future__ import annotations

import pytest

from bench import picking as bench
from bench.goals import picking_goals
from bench.picking import WORDS, Picking, picking, picking_lines

pytestmark = pytest.mark.no_cover


async def test_every_letter_is_timed_and_what_fits_is_there(script: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "FRAMES", 20)
    monkeypatch.setattr(bench, "SLOWER", 1)
    found = await picking(script, 1, 40)
    assert len(found.opens_ms) == 1
    assert len(found.frames_ms) == 20
    assert len(found.offers_ms) == len(found.searches_ms) == sum(map(len, WORDS))
    assert min(found.offers_ms) > 0


def test_the_goals_are_the_worst_letter_the_usual_opening_and_late_frames() -> None:
    found = Picking([10.0] * 99 + [70.0], [20.0], [50.0, 60.0, 900.0], [16.7] * 49 + [26.0])
    assert [(goal.measured, goal.limit) for goal in picking_goals(found)] == [(70.0, 60), (60.0, 100), (2.0, 1)]
    assert "a processor as it is: 2.0 %, the longest 26 ms." in "\n".join(picking_lines(found))
    assert "| the picker opened | 60.0 |" in "\n".join(picking_lines(found))
