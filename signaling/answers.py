"""The ASGI layer around signaling: answers get their headers and are counted, calls find the worker running."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from auth.request_log import HSTS, KNOWN
from signaling.emotes.routes import route_of
from signaling.worker import Worker

ROUTES = ("/rooms", "/health", "/health/live", "/health/ready", "/health/seen", "/metrics")
OF_A_ROOM = ("removals", "moderators", "visits")


class Answers:
    """Counts by route and status; what identifies somebody or a room is not part of it."""

    def __init__(self, app: ASGIApp, worker: Worker) -> None:
        self._app = app
        self._worker = worker

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._worker.start()
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        route = _route(scope)

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._worker.metrics.requests.labels(route, str(message["status"])).inc()
                _add_headers(message)
            await send(message)

        await self._app(scope, receive, note)
        code = str(scope.get("state", {}).get(KNOWN, ""))
        if code != "":
            self._worker.log.write("request.refused", route=route, said=code)


def _route(scope: Scope) -> str:
    path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
    if path.startswith("/rooms/"):
        what = path.rpartition("/")[2]
        return f"/rooms/{{id}}/{what}" if what in OF_A_ROOM else "/rooms/{id}"
    return path if path in ROUTES else route_of(path) or "other"


def _add_headers(message: Message) -> None:
    headers = MutableHeaders(scope=message)
    headers.setdefault("cache-control", "no-store")
    headers["x-content-type-options"] = "nosniff"
    headers["strict-transport-security"] = HSTS
