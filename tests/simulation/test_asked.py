"""Signs of life are asked for, as the chat does it: the room is one again, also where some never hear each other."""

from __future__ import annotations

import pytest

from tests.fakes.effort import many
from tests.simulation.kinds import ASKED, Kind
from tests.simulation.trial import failures, name, trials

# The model is none of the code that is measured, and tracing it takes as long as it does.
pytestmark = pytest.mark.no_cover


@pytest.mark.parametrize(("kind", "seeds"), trials(ASKED, many(4, 200)), ids=name)
def test_the_room_is_one_again_where_signs_of_life_are_asked_for(kind: Kind, seeds: range) -> None:
    assert failures(kind, seeds) == []
