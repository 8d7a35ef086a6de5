"""A bound on the requests that a worker has under way, with a refusal that pages can read.

uvicorn's own bound answers in plain text before any app, which a page of another origin cannot tell from a service
that is away. It stays behind this one, for connections.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from auth.problems import BACKEND_DOWN, Problem, problem_response

SOON_S = 1


class Crowd:
    """ASGI layer: at most `most` requests are inside at a time; the others are told to come again."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self._inside >= self._most:
            await problem_response(Problem(BACKEND_DOWN, SOON_S))(scope, receive, send)
        else:
            await self._enter(scope, receive, send)

    async def _enter(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._inside += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._inside -= 1
