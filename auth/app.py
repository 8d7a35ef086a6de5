"""The sign-in service as an ASGI app."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import TextIO
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from auth.cors import Cors
from auth.countries import Countries
from auth.crowd import Crowd
from auth.ended import EndedList
from auth.exposition import exposed
from auth.grants import Grants
from auth.guest_door import GUEST_PATH, GuestDoor
from auth.health import HEALTH_PATH, LIVE_PATH, READY_PATH, Health
from auth.key_fetch import fetch_keys
from auth.keys import KeyBook
from auth.limits import Limits
from auth.log import Log
from auth.loops import stop
from auth.mail.mailers import Mailer
from auth.mail.queue import MailQueue
from auth.mail.store import MailStore
from auth.metrics import Metrics
from auth.origins import Origins
from auth.own_devices import DEVICES_PATH, END_PATH, OwnDevices
from auth.problems import ORIGIN_REFUSED, Problem
from auth.quotas import Quotas
from auth.request_log import Guard, RequestLog, http_error
from auth.seen import SEEN_PATH
from auth.service import Service
from auth.sessions import LOGOUT_PATH, REFRESH_PATH, Sessions
from auth.settings import Settings
from auth.sign_in import REQUEST_PATH, VERIFY_PATH, SignIn
from auth.site_door import SITE_PATH, SiteDoor
from auth.site_key_book import SiteKeyBook
from auth.store.devices import Devices
from auth.store.families import Families
from auth.store.memory import AuthStore
from auth.store.shared import Store

KEYS_PATH = "/.well-known/cw-keys"
JWKS_PATH = "/.well-known/jwks.json"
ENDED_PATH = "/.well-known/cw-ended"
METRICS_PATH = "/metrics"
OPEN_PATHS = (HEALTH_PATH, LIVE_PATH, READY_PATH, SEEN_PATH, METRICS_PATH)
# Pages ask every 45 s; whoever caches in between must not keep a key that was withdrawn.
KEYS_CACHE = "public, max-age=15"
ENDED_CACHE = "public, max-age=5"  # the list may be 5 s old itself, and a page asks after 45 to 48
DRAIN_S = 10.0
SITES_EVERY_S = 5.0  # also where nobody calls: what was known long ago may be wrong


def create_app(
    settings: Settings,
    store: Store,
    mailer: Mailer,
    now_s: Callable[[], float] = time.time,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    log_sink: TextIO | None = None,
) -> Starlette:
    """Everything is set up by this call, so the app also works mounted in another one, whose lifespan is not ours."""
    book = KeyBook(settings.key_folder, settings.keys_reload_s)
    secrets = book.current(int(now_s())).secrets
    log, metrics = Log(secrets.derived("log"), log_sink), Metrics()
    book.tell = lambda trouble: log.write("keys.trouble" if trouble != "" else "keys.well", reason=trouble)
    mails = MailQueue(
        mailer, MailStore(store, secrets, settings.mail_queue), settings, log, metrics, now_s, sleep
    )
    quotas = Quotas(Limits(store, secrets.derived("limits")), settings)
    memory, families = AuthStore(store, settings), Families(store, settings)
    devices, countries = Devices(store, settings), Countries(settings.country_file)
    service = Service(settings, book, store, memory, families, devices, quotas, mails, countries, log, metrics, now_s)
    origins = Origins(store, settings.development, settings.origins, now_s)
    routes = _routes(service, origins)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        mails.start()
        looking = asyncio.create_task(mails.loops.keep("sites", origins.look, SITES_EVERY_S))
        yield
        if store.embedded:
            await mails.drain(DRAIN_S)
        await mails.settle(DRAIN_S)
        await stop(looking)

    app = Starlette(
        routes=routes,
        exception_handlers={HTTPException: http_error},
        lifespan=lifespan,
        middleware=[
            Middleware(RequestLog, log, metrics, {route.path for route in routes}, settings.trusted_proxies),
            Middleware(Cors, origins, "GET, POST", OPEN_PATHS),
            Middleware(Crowd, settings.concurrency),
            Middleware(Guard, log),
        ],
    )
    app.router.redirect_slashes = False
    app.state.service = service
    return app


def _routes(service: Service, origins: Origins) -> list[Route]:
    grants = Grants(service)
    sign_in, sessions = SignIn(service, grants), Sessions(service, grants)
    site = SiteDoor(service, grants, _site_keys(service))
    devices, public, health = OwnDevices(service), Public(service, origins), Health(service)
    return [
        Route(REQUEST_PATH, sign_in.request_code, methods=["POST"]),
        Route(VERIFY_PATH, sign_in.verify_code, methods=["POST"]),
        Route(SITE_PATH, site.verify, methods=["POST"]),
        Route(GUEST_PATH, GuestDoor(service, grants).verify, methods=["POST"]),
        Route(REFRESH_PATH, sessions.refresh, methods=["POST"]),
        Route(LOGOUT_PATH, sessions.logout, methods=["POST"]),
        Route(DEVICES_PATH, devices.show, methods=["POST"]),
        Route(END_PATH, devices.end, methods=["POST"]),
        Route(KEYS_PATH, public.keys, methods=["GET"]),
        Route(JWKS_PATH, public.jwks, methods=["GET"]),
        Route(ENDED_PATH, public.ended, methods=["GET"]),
        Route(HEALTH_PATH, health.health, methods=["GET"]),
        Route(LIVE_PATH, health.live, methods=["GET"]),
        Route(READY_PATH, health.ready, methods=["GET"]),
        Route(SEEN_PATH, health.seen, methods=["GET"]),
        Route(METRICS_PATH, public.metrics, methods=["GET"]),
    ]


def _site_keys(service: Service) -> SiteKeyBook:
    fetch = partial(fetch_keys, development=service.settings.development)
    return SiteKeyBook(service.store, fetch, service.log, service.now_s)


def own_origin(request: Request, issuer: str) -> str:
    """Of a page on the service's own origin: its GETs say none. Behind a proxy the issuer knows the scheme."""
    asked, named = request.url, urlsplit(issuer)
    scheme = named.scheme if named.netloc == asked.netloc else asked.scheme
    return f"{scheme}://{asked.netloc}"


class Public:
    """What anybody may read."""

    def __init__(self, service: Service, origins: Origins) -> None:
        self._service = service
        self._origins = origins
        self._ended = EndedList(service.store)

    async def ended(self, request: Request) -> Response:
        """Of the site that asks."""
        service, keys = self._service, self._service.keys()
        origin = request.headers.get("origin", own_origin(request, keys.issuer))
        if not await self._origins.permits(origin):
            raise Problem(ORIGIN_REFUSED)
        document = await self._ended.document(keys, origin, service.now_s())
        return Response(document, media_type="application/jwt", headers={"cache-control": ENDED_CACHE})

    async def keys(self, request: Request) -> Response:
        """The document the root signed, as it is."""
        document = self._service.keys().document
        return Response(document, media_type="application/jwt", headers={"cache-control": KEYS_CACHE})

    async def jwks(self, request: Request) -> Response:
        return JSONResponse(self._service.keys().jwks, headers={"cache-control": KEYS_CACHE})

    async def metrics(self, request: Request) -> Response:
        service = self._service
        return exposed(request, service.settings.metrics_token, service.metrics.registry)
