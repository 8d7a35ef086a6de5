"""The signaling service as an ASGI app."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from auth.client_ip import address_subject, client_ip
from auth.cors import Cors
from auth.crowd import Crowd
from auth.health import HEALTH_PATH, LIVE_PATH, READY_PATH
from auth.log import Log
from auth.origins import origin_of, refusal
from auth.problems import ROUTE_UNKNOWN
from auth.request_log import Guard, http_error
from auth.seen import SEEN_PATH
from auth.store.shared import Store, StoreDown
from signaling.answers import Answers
from signaling.callers import Callers
from signaling.connection import Connection
from signaling.decisions import Decisions
from signaling.door import refuse
from signaling.emotes.parts import parts
from signaling.emotes.routes import emote_routes
from signaling.health import Health
from signaling.keys import Keys
from signaling.looks import Looks
from signaling.refusals import BACKEND_DOWN, MALFORMED, ORIGIN_REFUSED, VERSION, Problem
from signaling.rest import Rest
from signaling.settings import SOCKET_PATH, Settings
from signaling.sockets import ADOPTED
from signaling.worker import UNKEYED, Worker
from widget.wire.socket import SUBPROTOCOL

ROOMS_PATH = "/rooms"
ROOM_PATH = "/rooms/{id}"
REMOVALS_PATH = "/rooms/{id}/removals"
MODERATORS_PATH = "/rooms/{id}/moderators"
VISITS_PATH = "/rooms/{id}/visits"
NONCE_PATH = "/nonce"
METRICS_PATH = "/metrics"
OPEN_PATHS = (HEALTH_PATH, LIVE_PATH, READY_PATH, SEEN_PATH, METRICS_PATH)
ELSEWHERE = "elsewhere"  # where there is no socket, which is also told inside one


def create_app(
    settings: Settings,
    store: Store,
    keys: Keys,
    now_s: Callable[[], float] = time.time,
    log: Log | None = None,
    steady_s: Callable[[], float] = time.monotonic,
) -> Starlette:
    """Mounted in another app, whose lifespan is not ours, the worker's loops start with the first call."""
    worker = Worker(settings, store, keys, now_s, log, steady_s)
    callers = Callers(worker)
    rest, decisions, health = Rest(worker, callers), Decisions(worker, callers), Health(worker)
    looks = Looks(worker, callers, rest)
    emotes = parts(settings, store, settings.secret.encode() or UNKEYED, now_s, worker.log)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        worker.start()
        yield
        await emotes.sets.stop()
        await worker.stop()

    async def socket(websocket: WebSocket) -> None:
        await serve_socket(worker, websocket)

    app = Starlette(
        routes=[
            Route(ROOMS_PATH, rest.make, methods=["POST"]),
            Route(ROOMS_PATH, rest.list, methods=["GET"]),
            Route(ROOM_PATH, rest.find, methods=["GET"]),
            Route(REMOVALS_PATH, decisions.remove, methods=["POST"]),
            Route(MODERATORS_PATH, decisions.appoint, methods=["POST"]),
            Route(VISITS_PATH, looks.visit, methods=["POST"]),
            Route(NONCE_PATH, rest.nonce, methods=["GET"]),
            *emote_routes(worker, emotes, callers),
            Route(HEALTH_PATH, health.health, methods=["GET"]),
            Route(LIVE_PATH, health.live, methods=["GET"]),
            Route(READY_PATH, health.ready, methods=["GET"]),
            Route(SEEN_PATH, health.seen, methods=["GET"]),
            Route(METRICS_PATH, rest.metrics, methods=["GET"]),
            WebSocketRoute(SOCKET_PATH, socket),
            WebSocketRoute(f"/{{{ELSEWHERE}:path}}", socket),
        ],
        exception_handlers={HTTPException: http_error},
        lifespan=lifespan,
        middleware=[
            Middleware(Answers, worker),
            Middleware(Cors, worker.origins, "GET, POST, DELETE", OPEN_PATHS),
            Middleware(Crowd, settings.limits.http_concurrency),
            Middleware(Guard, worker.log),
        ],
    )
    app.router.redirect_slashes = False
    app.state.worker = worker
    return app


async def serve_socket(worker: Worker, websocket: WebSocket) -> None:
    """Accept and stay until the socket ends, or say why not."""
    address = address_subject(client_ip(websocket.scope, worker.settings.trusted_proxies))
    origin = origin_of(websocket.scope)
    is_inside = websocket.scope.get("extensions", {}).get(ADOPTED) is not None
    problem = None if is_inside else await _refusal(worker, websocket, origin, address)
    if problem is not None or origin is None:
        await _refuse(worker, websocket, address, problem or Problem(ORIGIN_REFUSED))
        return
    connection = Connection(worker, websocket, origin, _host(worker, websocket), address)
    worker.welcome(connection, address)
    try:
        await websocket.accept(SUBPROTOCOL)
        await connection.run()
    finally:
        worker.farewell(connection)


async def _refusal(worker: Worker, websocket: WebSocket, origin: str | None, address: str) -> Problem | None:
    # First, so that pages of other sites learn nothing but that they are not allowed.
    try:
        if origin is None or not await worker.origins.permits(origin):
            return refusal(origin)
    except StoreDown as error:
        return Problem(BACKEND_DOWN, error.retry_after_s)
    if ELSEWHERE in websocket.path_params:
        return Problem(ROUTE_UNKNOWN)
    if SUBPROTOCOL not in websocket.scope["subprotocols"]:
        return Problem(VERSION)
    # A query could only be a secret in the wrong place: addresses end up in logs.
    return Problem(MALFORMED) if websocket.url.query != "" else worker.door.refusal(address)


async def _refuse(worker: Worker, websocket: WebSocket, address: str, problem: Problem) -> None:
    if problem.kind is BACKEND_DOWN:
        worker.homing.turn_away()
    tell = worker.door.may_tell(address, worker.steady_s())
    worker.metrics.refusals.labels(problem.kind.code, "told" if tell else "mute").inc()
    if tell:  # of a flood some lines are enough; the counter has all
        worker.log.write("door.refused", said=problem.kind.code, ip=worker.log.hashed(address))
    await refuse(websocket, problem, tell)


def _host(worker: Worker, websocket: WebSocket) -> str:
    """What the device signs as the place it talks to."""
    public = worker.settings.public_url
    return urlsplit(public).netloc if public != "" else websocket.headers.get("host", "")
