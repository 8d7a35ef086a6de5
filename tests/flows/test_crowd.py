"""A mail domain that is asked for more codes than its limit: known people come in as ever, new ones work for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.redis_server import RedisServer
from tests.flows.deployment import Deployment, until


@pytest.fixture
async def crowded(redis_server: RedisServer, tmp_path: Path) -> AsyncIterator[Deployment]:
    """One stranger an hour goes free, two more may work for it."""
    made = Deployment(redis_server, tmp_path / "keys")
    made.rules = {"send_domain_hour": 1, "puzzle_domain_hour": 3, "resend_after_s": 0}
    await made.start()
    yield made
    await made.close()


async def test_new_people_work_for_their_code_and_known_ones_do_not(crowded: Deployment) -> None:
    asked: list[str] = []

    def goes_on(name: str) -> bool:
        asked.append(name)
        return True

    ann = await crowded.signed_in("Ann")
    ben = crowded.person("Ben")
    await ben.chat.request_code(ben.address, "Ben", lambda: goes_on("Ben"))
    await ben.chat.verify_code(await crowded.code_for(ben.address))
    assert set(asked) == {"Ben"}
    asked.clear()
    await ann.chat.request_code(ann.address, "Ann", lambda: goes_on("Ann"))
    await until(lambda: crowded.smtp.recipients.count(ann.address) == 2)
    await ann.chat.verify_code(await crowded.code_for(ann.address))
    assert asked == []
