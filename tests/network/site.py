"""`python -m tests.network.site SERVICE_KEY`: the page with the chat, and the mailbox, on fixed ports."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from examples.demo import cdn
from examples.demo.mailbox import Mailbox

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PAGE_PORT, AUTH_PORT, SIGNALING_PORT, MAIL_PORT = 8400, 8401, 8402, 8403


def page(service_key: str) -> str:
    return (HERE / "page.html").read_text("utf-8").replace("SERVICE_KEY", service_key)


def site(service_key: str) -> Starlette:
    mailbox = Mailbox()

    @asynccontextmanager
    async def receiving(_app: Starlette) -> AsyncIterator[None]:
        async with mailbox.serving(MAIL_PORT):
            yield

    def show(_request: Request) -> HTMLResponse:
        return HTMLResponse(page(service_key))

    routes = [Route("/", show), cdn.route(ROOT / "cdn_dist"), *mailbox.routes()]
    return Starlette(routes=routes, lifespan=receiving)


if __name__ == "__main__":
    uvicorn.run(site(sys.argv[1]), host="0.0.0.0", port=PAGE_PORT, log_level="warning")
