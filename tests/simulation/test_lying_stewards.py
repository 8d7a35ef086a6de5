"""The liar sits where it hurts: first in turn, with power, removed, just come, or heard by one alone."""

from __future__ import annotations

import pytest

from tests.fakes.effort import many
from tests.simulation.kinds import SPECIAL, STEWARDS, Kind
from tests.simulation.trial import failures, name, trials


@pytest.mark.parametrize(("kind", "seeds"), trials((*STEWARDS, *SPECIAL), many(20, 500)), ids=name)
def test_the_room_is_one_again_where_the_first_or_the_last_lies(kind: Kind, seeds: range) -> None:
    assert failures(kind, seeds) == []
