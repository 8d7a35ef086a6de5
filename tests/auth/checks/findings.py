"""What a check found, as tests read it, and a client to make trouble with."""

from __future__ import annotations

from typing import Any

import redis

from auth.checks.finding import Finding
from tests.fakes.redis_server import RedisServer


def marks(found: list[Finding]) -> list[str]:
    return [finding.mark for finding in found]


def only(found: list[Finding], mark: str) -> str:
    """The one sentence with this mark."""
    (sentence,) = [finding.sentence for finding in found if finding.mark == mark]
    return sentence


def client(server: RedisServer) -> Any:
    return redis.Redis.from_url(server.url, decode_responses=True)
