"""What is read of an answer of the service."""

from __future__ import annotations

from typing import Any

from tests.signaling.world import World


async def body(world: World, answer: Any) -> tuple[int, str]:
    fields = answer.json()
    return answer.status_code, str(fields.get("code", ""))
