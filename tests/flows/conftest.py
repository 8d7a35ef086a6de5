"""A whole deployment for each flow: real Redis, real SMTP, both services on real ports."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from auth.issuers import Issuer, add_issuer
from tests.fakes.login_site import LoginSite
from tests.fakes.redis_server import RedisServer, redis_process, redis_server
from tests.flows.deployment import ORIGIN, Deployment

__all__ = ["redis_process", "redis_server"]


@pytest.fixture
async def deployment(redis_server: RedisServer, tmp_path: Path) -> AsyncIterator[Deployment]:
    made = Deployment(redis_server, tmp_path / "keys")
    await made.start()
    yield made
    await made.close()


@pytest.fixture
async def site(deployment: Deployment) -> LoginSite:
    """The pages' own server: its key is registered."""
    made = LoginSite()
    await add_issuer(deployment._store(), ORIGIN, Issuer(keys=(made.public(),)))
    return made
