"""A bucket over real HTTP: as much of S3 as putting, getting and deleting small objects takes."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.serving import QuietServer, free_port, started

DELETED = '<?xml version="1.0"?><DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{}</DeleteResult>'


class Bucket:
    """`kept` are its objects by path. While `is_down` it answers 503. `signers`: the keys that signed the calls."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.is_down = False
        self.signers: set[str] = set()
        self.url = ""

    async def answer(self, request: Request) -> Response:
        path = request.url.path
        self.signers.add(request.headers["authorization"].partition("Credential=")[2].partition("/")[0])
        if self.is_down:
            return Response(status_code=503)
        if request.method == "PUT":
            if request.headers.get("if-none-match") == "*" and path in self.kept:
                return Response(status_code=412)
            self.kept[path] = await request.body()
            return Response(headers={"etag": self._tag(path)})
        if request.method == "POST":  # DeleteObjects
            names = re.findall(r"<Key>(.*?)</Key>", (await request.body()).decode())
            for name in names:
                self.kept.pop(f"{path.rstrip('/')}/{name}", None)
            told = "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in names)
            return Response(DELETED.format(told), media_type="application/xml")
        if path not in self.kept:
            return Response(status_code=404)
        dates = {"last-modified": "Sun, 29 Nov 2026 12:00:00 GMT", "etag": self._tag(path)}
        return Response(self.kept[path], headers=dates, media_type="binary/octet-stream")

    def _tag(self, path: str) -> str:
        return f'"{hashlib.md5(self.kept[path]).hexdigest()}"'


@asynccontextmanager
async def bucket() -> AsyncIterator[Bucket]:
    fake, port = Bucket(), free_port()
    app = Starlette(routes=[Route("/{path:path}", fake.answer, methods=["GET", "PUT", "POST"])])
    server = QuietServer(uvicorn.Config(app, port=port, log_level="critical", timeout_graceful_shutdown=1))
    serving = asyncio.create_task(server.serve())
    await started(server)
    fake.url = f"http://127.0.0.1:{port}"
    try:
        yield fake
    finally:
        server.end()
        await serving
