"""The liar makes epochs as it likes, or it is first in turn."""

from __future__ import annotations

import pytest

from tests.fakes.effort import many
from tests.simulation.kinds import ISSUERS, STEWARDS, Kind
from tests.simulation.trial import failures, name, trials

# The model is none of the code that is measured, and tracing it takes as long as it does.
pytestmark = pytest.mark.no_cover


@pytest.mark.parametrize(("kind", "seeds"), trials((*ISSUERS, *STEWARDS), many(8, 500)), ids=name)
def test_the_room_is_one_again_where_who_makes_epochs_lies(kind: Kind, seeds: range) -> None:
    assert failures(kind, seeds) == []
