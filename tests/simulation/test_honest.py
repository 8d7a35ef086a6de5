"""Networks and servers fail, people come, go and are removed: the room is one again, and nothing was broken."""

from __future__ import annotations

import pytest

from tests.fakes.effort import many
from tests.simulation.kinds import HONEST, Kind
from tests.simulation.trial import failures, name, trials

# The model is none of the code that is measured, and tracing it takes as long as it does.
pytestmark = pytest.mark.no_cover


@pytest.mark.parametrize(("kind", "seeds"), trials(HONEST, many(8, 500)), ids=name)
def test_the_room_is_one_again_where_nobody_lies(kind: Kind, seeds: range) -> None:
    assert failures(kind, seeds) == []
