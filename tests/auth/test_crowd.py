"""So many requests at a time, and no more; who is refused can read it."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from auth.cors import Cors
from auth.crowd import Crowd
from auth.origins import Origins, allow
from auth.store.opening import open_store

SITE = {"origin": "https://site.test"}


class Slow:
    """An app whose requests end when they may; one of them breaks."""

    def __init__(self) -> None:
        self.came = asyncio.Semaphore(0)
        self.may_end = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == "/broken":
            raise ValueError("broken")
        self.came.release()
        await self.may_end.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@pytest.mark.parametrize(("number", "refused"), [(2, 0), (3, 0), (4, 1)])
async def test_one_too_many_is_told_to_come_again(number: int, refused: int) -> None:
    store, slow = open_store(None), Slow()
    await allow(store, SITE["origin"])
    app = Cors(Crowd(slow, 3), Origins(store, False), "GET")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://auth.test") as http:
        for _ in range(5):
            with pytest.raises(ValueError, match="broken"):
                await http.get("/broken", headers=SITE)
        asked = [asyncio.create_task(http.get("/", headers=SITE)) for _ in range(number - refused)]
        for _ in asked:
            await asyncio.wait_for(slow.came.acquire(), 10)
        late = [await asyncio.wait_for(http.get("/", headers=SITE), 10) for _ in range(refused)]
        slow.may_end.set()
        answers = [*await asyncio.gather(*asked), *late]
        assert sorted(answer.status_code for answer in answers) == [200] * (number - refused) + [503] * refused
        for answer in answers:
            assert answer.headers["access-control-allow-origin"] == SITE["origin"]
        assert [answer.json()["retryAfter"] for answer in answers if answer.status_code == 503] == [1] * refused
        assert (await http.get("/", headers=SITE)).status_code == 200
    await store.close()


async def test_what_is_no_request_is_not_counted() -> None:
    seen: list[str] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["type"])

    async def nothing(*_given: Any) -> Any:
        raise AssertionError("nobody is asked or told")

    await Crowd(app, 0)({"type": "lifespan"}, nothing, nothing)
    assert seen == ["lifespan"]
