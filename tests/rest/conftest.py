"""Night only: a tool that makes calls of the OpenAPI files."""

from __future__ import annotations

from tests.fakes.effort import NIGHT
from tests.fakes.redis_server import redis_process, redis_server

__all__ = ["redis_process", "redis_server"]

collect_ignore_glob = [] if NIGHT else ["test_*.py"]
