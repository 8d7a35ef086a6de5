"""How long an emote takes that the browser has."""

from __future__ import annotations

import pytest

from bench.goals import picture_goals
from bench.pictures import Pictures, picture_lines, pictures

pytestmark = pytest.mark.no_cover


async def test_every_message_is_timed_and_the_picture_fetched_once(script: bytes) -> None:
    found = await pictures(script, 1, 3)
    assert len(found.shown_ms) == 3
    assert min(found.shown_ms) > 0
    assert len(found.asked) == 1


def test_the_goal_is_the_usual_message() -> None:
    found = Pictures([10.0] * 99 + [90.0])
    assert [(goal.measured, goal.limit) for goal in picture_goals(found)] == [(10.0, 100)]
    assert "| 10.0 | 90.0 |" in picture_lines(found)
