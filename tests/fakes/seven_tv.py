"""7TV over real HTTP: its v3 shapes with made-up names, and its faults on demand."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.fakes.serving import QuietServer, free_port, started

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def ulid(number: int, lead: str = "01HXSTRXNDEM0") -> str:
    """26 characters, another for each number."""
    digits = ""
    while len(lead) + len(digits) < 26:
        number, digit = divmod(number, 32)
        digits = LETTERS[digit] + digits
    return lead + digits


GLOBAL_ID = ulid(1, "01HXSTRXNDEM0G")
SET_ID = ulid(1, "01HXSTRXNDEM0SET")


def files(width: int = 32, height: int = 32, multiples: tuple[int, ...] = (1, 2, 3, 4)) -> list[dict[str, Any]]:
    return [
        {"name": f"{n}x.{form}", "static_name": f"{n}x_static.{form}", "width": width * n, "height": height * n,
         "frame_count": 1, "size": 900 * n, "format": form.upper()}
        for n in multiples for form in ("avif", "webp")
    ]  # fmt: skip


def entry(number: int, called: str, data: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """One emote of a set; `data` changes what is inside, `changes` what is around it."""
    emote_id = ulid(number)
    inside = {
        "id": emote_id, "name": called, "flags": 0, "tags": ["zerowidth"], "lifecycle": 3, "state": ["LISTED"],
        "listed": True, "animated": False,
        "owner": {"id": ulid(number, "01HXSTRXNDEM0VSER"), "username": "mira", "display_name": "Mira", "style": {}},
        "host": {"url": f"//cdn.7tv.app/emote/{emote_id}", "files": files()},
    }  # fmt: skip
    around = {"id": emote_id, "name": called, "flags": 0, "timestamp": 1733011200000, "actor_id": None}
    return {**around, "data": {**inside, **(data or {})}, **changes}


def emote_set(set_id: str, entries: list[Any], **changes: Any) -> dict[str, Any]:
    """As 7TV writes it: empty lists are left out."""
    whole = {"id": set_id, "name": "Harbour Chat", "flags": 0, "capacity": 2147483647, "owner": None}
    full = {} if len(entries) == 0 else {"emotes": entries, "emote_count": len(entries)}
    return {**whole, **full, **changes}


def channel(set_id: str | None, held: dict[str, Any] | None = None) -> dict[str, Any]:
    """A Twitch connection; since August 2026 without the set itself."""
    return {
        "id": "700000001", "platform": "TWITCH", "username": "harbour", "display_name": "Harbour",
        "emote_set_id": set_id, "emote_set": held, "user": {"id": ulid(2, "01HXSTRXNDEM0VSER"), "emote_sets": []},
    }  # fmt: skip


class SevenTv:
    """`said` is what it answers by path, else 404. `fault` is how it fails: see `_fails`; `packed` goes out as it is.
    `asked` are the paths.
    """

    def __init__(self) -> None:
        self.said: dict[str, object] = {"/emote-sets/global": emote_set(GLOBAL_ID, [entry(1, "harbourWave")])}
        self.fault = ""
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.packed = b""
        self.goes_on = asyncio.Event()
        self.url = ""

    def put(self, set_id: str, *entries: object, **changes: Any) -> None:
        self.said[f"/emote-sets/{set_id}"] = emote_set(set_id, list(entries), **changes)

    async def answer(self, request: Request) -> Response:
        path = request.url.path.removeprefix("/v3")
        self.asked.append(path)
        self.headers.append(dict(request.headers))
        if self.packed != b"":
            return Response(self.packed, headers={"content-encoding": "gzip"}, media_type="application/json")
        if self.fault != "":
            return await self._fails()
        if path not in self.said:
            return JSONResponse({"status": "Not Found", "error_code": 12000, "error": "unknown"}, 404)
        text = json.dumps(self.said[path], separators=(",", ":"))  # which can say half a surrogate
        return Response(text, media_type="application/json")

    async def _fails(self) -> Response:
        if self.fault == "silence":
            await self.goes_on.wait()
            return Response(status_code=500)
        if self.fault == "drip":
            return StreamingResponse(self._drip(1, 0.01), media_type="application/json")
        if self.fault == "endless":
            return StreamingResponse(self._drip(65_536, 0.0005), media_type="application/json")
        answers: dict[str, Response] = {
            "html": HTMLResponse("<!doctype html><title>Just a moment</title>"),
            "truncated": Response(b'{"id":"', headers={"content-length": "4000"}, media_type="application/json"),
            "cut": Response(json.dumps(emote_set(SET_ID, [entry(1, "Cut")]))[:-20], media_type="application/json"),
            "null": JSONResponse(None),
            "list": JSONResponse([1, 2]),
            "text": JSONResponse({"id": 7, "emotes": "many", "emote_set": "one"}),
            "deep": Response("[" * 100_000, media_type="application/json"),
            "redirect": Response(status_code=302, headers={"location": "/v3/emote-sets/global"}),
            "429": Response(status_code=429, headers={"x-ratelimit-global-reset": "120"}),
            "500": JSONResponse({"error": "internal"}, 500),
        }
        return answers[self.fault]

    async def _drip(self, size: int, every_s: float) -> AsyncIterator[bytes]:
        """It never stands still for long, and never ends."""
        while not self.goes_on.is_set():
            yield b" " * size
            await asyncio.sleep(every_s)


@asynccontextmanager
async def seven_tv() -> AsyncIterator[SevenTv]:
    fake, port = SevenTv(), free_port()
    app = Starlette(routes=[Route("/v3/{rest:path}", fake.answer)])
    server = QuietServer(uvicorn.Config(app, port=port, log_level="critical", timeout_graceful_shutdown=1))
    serving = asyncio.create_task(server.serve())
    await started(server)
    fake.url = f"http://127.0.0.1:{port}/v3"
    try:
        yield fake
    finally:
        fake.goes_on.set()
        server.end()
        await serving
