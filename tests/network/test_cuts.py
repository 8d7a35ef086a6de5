"""Networks that go away and come back, several pairs at once, for it takes long."""

from __future__ import annotations

import pytest

from tests.network.conftest import Outcomes
from tests.network.faults import CUTS
from tests.network.judged import nothing_wrong


@pytest.mark.parametrize("fault", CUTS)
async def test_nothing_is_lost_and_all_are_back_in_3_s(outcomes: Outcomes, fault: str) -> None:
    nothing_wrong(await outcomes[fault])
