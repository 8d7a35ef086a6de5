"""Every side's list takes the same messages."""

from __future__ import annotations

import pytest

from bench.list.figures import Length, list_figures
from bench.list.page import SIDES

pytestmark = pytest.mark.no_cover

MESSAGES = 300
SHORT = Length(messages=MESSAGES, costs=3, lasts_ms=1_000, steps=(200, 400))


async def test_every_side_draws_each_message_and_is_read_back_to_the_first() -> None:
    found = await list_figures(SHORT)
    assert list(found.sides) == list(SIDES)
    for name, side in found.sides.items():
        assert len(side.full) == len(side.slow) == SHORT.costs, name
        assert min(side.full) > 0, name
        assert len(side.lively.frames_ms) > 1, name
    assert found.sides["chatscope"].reading.elements > 3 * MESSAGES  # it draws all
    assert found.ours.reading.elements < MESSAGES
    assert len(found.heaps.bytes) == len(SHORT.steps)
