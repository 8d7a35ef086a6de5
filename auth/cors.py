"""Which pages may read what: an allowed site every answer to it, any other page that it is refused and nothing else.

A refusal that the page cannot read looks to it like a service that is away. So the preflight of every page is answered
in the affirmative, and the refusal waits behind it. There are no cookies, so a page can send nothing but its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from auth.origins import Origins, origin_of, refusal
from auth.problems import BACKEND_DOWN, Problem, problem_response
from auth.store.shared import StoreDown

ALLOW_ORIGIN = "access-control-allow-origin"
MAX_AGE_S = 600
ALLOWED_HEADERS = ("authorization", "dpop", "content-type")
# What a page's own `customHeaders` may add.
OTHER_HEADERS = 20
_HEADER_NAME = re.compile(r"[a-z0-9!#$%&'*+.^_`|~-]{1,64}")  # RFC 9110, 5.1; browsers ask in small letters
ANY_PAGE = "*"  # also pages whose origin is `null`


class Cors:
    """ASGI layer: refuses other sites, answers preflights, adds the headers to every answer.

    `open_paths` are exempt (health, metrics). Calls without an Origin pass unless their method is POST or DELETE.
    """

    def __init__(self, app: ASGIApp, origins: Origins, methods: str, open_paths: Collection[str] = ()) -> None:
        self._app = app
        self._origins = origins
        self._methods = methods
        self._open_paths = open_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _route(scope) in self._open_paths:
            await self._app(scope, receive, send)
            return
        given, origin = "origin" in Headers(scope=scope), origin_of(scope)
        if not given and scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, _adding(send, {}))
            return
        problem = await self._refusal(origin)
        reader = origin if origin is not None and problem is None else ANY_PAGE
        if given and scope["method"] == "OPTIONS":
            await Response(status_code=204)(scope, receive, _adding(send, self._preflight(scope, reader)))
        elif problem is not None:
            await problem_response(problem)(scope, receive, _adding(send, {ALLOW_ORIGIN: reader}))
        else:
            await self._app(scope, receive, _adding(send, {ALLOW_ORIGIN: reader}))

    async def _refusal(self, origin: str | None) -> Problem | None:
        try:
            permitted = origin is not None and await self._origins.permits(origin)
        except StoreDown as error:
            return Problem(BACKEND_DOWN, error.retry_after_s)
        return None if permitted else refusal(origin)

    def _preflight(self, scope: Scope, reader: str) -> dict[str, str]:
        return {
            ALLOW_ORIGIN: reader,
            "access-control-allow-methods": self._methods,
            "access-control-allow-headers": ", ".join((*ALLOWED_HEADERS, *_others(scope))),
            "access-control-max-age": str(MAX_AGE_S),
        }


def _others(scope: Scope) -> list[str]:
    """Headers that the page wants to send besides those we read: they are let through and mean nothing to us."""
    asked = ",".join(Headers(scope=scope).getlist("access-control-request-headers")).lower().split(",")
    names = dict.fromkeys(name.strip() for name in asked)
    return [name for name in names if _HEADER_NAME.fullmatch(name) and name not in ALLOWED_HEADERS][:OTHER_HEADERS]


def _route(scope: Scope) -> str:
    """The path below the place where the service is mounted."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(root) :] if root != "" and path.startswith(root) else path


def _adding(send: Send, headers: dict[str, str]) -> Send:
    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer = MutableHeaders(scope=message)
            answer.add_vary_header("Origin")
            for name, value in headers.items():
                answer[name] = value
        await send(message)

    return add
