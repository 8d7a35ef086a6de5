"""ASGI layers around the service: errors become problems, answers get their headers, requests a line in the log."""

from __future__ import annotations

import time

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from auth.client_ip import client_ip
from auth.keys import KeyFolderError
from auth.log import Log
from auth.metrics import Metrics
from auth.problems import BACKEND_DOWN, BODY_TYPE, INTERNAL, METHOD_REFUSED, ROUTE_UNKNOWN, Problem, problem_response
from auth.store.shared import StoreDown

HSTS = "max-age=31536000; includeSubDomains"
KNOWN = "cw_problem"
KEYS_RETRY_S = 30  # somebody has to bring a key


class Guard:
    """Turns every exception into an answer: our refusals, a store that is away (closed, with Retry-After), our bugs."""

    def __init__(self, app: ASGIApp, log: Log) -> None:
        self._app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            problem = self._problem(error)
            scope.setdefault("state", {})[KNOWN] = problem.kind.code
            await problem_response(problem)(scope, receive, send)

    def _problem(self, error: Exception) -> Problem:
        if isinstance(error, Problem):
            return error
        if isinstance(error, StoreDown):
            return Problem(BACKEND_DOWN, error.retry_after_s)
        if isinstance(error, KeyFolderError):
            self._log.write("keys.refused", reason=str(error))
            return Problem(BACKEND_DOWN, KEYS_RETRY_S)
        if isinstance(error, ClientDisconnect):
            return Problem(BODY_TYPE)  # nobody reads this answer
        self._log.broken("request.broken", error)
        return Problem(INTERNAL)


async def http_error(request: Request, error: Exception) -> Response:
    """Starlette's own 404 and 405 as problems; a 405 says what is allowed (RFC 9110, 15.5.6)."""
    missing = isinstance(error, HTTPException) and error.status_code == 404
    problem = Problem(ROUTE_UNKNOWN if missing else METHOD_REFUSED)
    request.scope.setdefault("state", {})[KNOWN] = problem.kind.code
    answer = problem_response(problem)
    if isinstance(error, HTTPException):
        answer.headers.update(error.headers or {})
    return answer


class RequestLog:
    """Times and logs each request, and sets the headers every answer has."""

    def __init__(self, app: ASGIApp, log: Log, metrics: Metrics, routes: set[str], proxies: tuple[str, ...]) -> None:
        self._app = app
        self._log = log
        self._metrics = metrics
        self._routes = routes
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        began_s = time.perf_counter()

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(message)
            await send(message)

        await self._app(scope, receive, note)
        self._write(scope, status, time.perf_counter() - began_s)

    def _write(self, scope: Scope, status: int, took_s: float) -> None:
        path = str(scope["path"])
        root = str(scope.get("root_path", ""))
        route = path.removeprefix(root) if path.removeprefix(root) in self._routes else "other"
        code = str(scope.get("state", {}).get(KNOWN, ""))
        self._metrics.requests.labels(route, str(status), code).inc()
        self._metrics.seconds.labels(route).observe(took_s)
        address = self._log.hashed(client_ip(scope, self._proxies))
        fields = {"method": str(scope["method"])[:10], "route": route, "code": code, "ip": address}
        self._log.write("request", status=status, ms=round(took_s * 1000, 1), **fields)


def _add_headers(message: Message) -> None:
    headers = MutableHeaders(scope=message)
    headers.setdefault("cache-control", "no-store")
    headers["x-content-type-options"] = "nosniff"
    headers["strict-transport-security"] = HSTS
