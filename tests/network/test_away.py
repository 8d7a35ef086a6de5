"""A network that is away for so long that nothing of before is left, and another one: three pairs at once."""

from __future__ import annotations

import pytest

from tests.network.conftest import Outcomes
from tests.network.faults import AWAY
from tests.network.judged import nothing_wrong


@pytest.mark.parametrize("fault", AWAY)
async def test_nothing_is_lost_and_all_are_back_in_3_s(outcomes: Outcomes, fault: str) -> None:
    nothing_wrong(await outcomes[fault])
