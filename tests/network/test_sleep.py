"""A page that stands still for ten minutes. It begins with the cuts; other tests may run before its end is awaited."""

from __future__ import annotations

import pytest

from tests.network.conftest import Outcomes
from tests.network.faults import SLEEPS
from tests.network.judged import nothing_wrong


@pytest.mark.parametrize("fault", SLEEPS)
async def test_who_slept_hears_what_was_said_meanwhile(outcomes: Outcomes, fault: str) -> None:
    nothing_wrong(await outcomes[fault])
