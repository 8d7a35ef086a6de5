"""Running the service: `python -m signaling serve`, set up by SIGNALING_* variables."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

import uvicorn
from starlette.applications import Starlette

from auth.deadline import DeadlineProtocol
from auth.files import SPARE, refuse_few
from auth.listening import refuse_place
from auth.metrics_folder import share_metrics
from auth.production import refuse
from auth.settings import SettingsError
from auth.store.opening import open_store
from auth.store.shared import Store
from signaling.alone import run_alone
from signaling.app import create_app
from signaling.dispatcher import WORKER_LOOP, run_workers
from signaling.kept_keys import KeptInStore
from signaling.keys import FetchedKeys, fetch_from, root_pin
from signaling.production import look, unsafe
from signaling.settings import PREFIX, Settings, settings_from
from signaling.sockets import FirmSocketProtocol

FACTORY = "signaling.serve:app_from_environment"
DRAIN_SPARE_S = 5  # for the last to answer the close
WORKER_PATIENCE_S = 30  # of the parent; a worker may take long to start while the machine is busy


def app_from_environment() -> Starlette:
    """What each worker runs."""
    settings = settings_from(os.environ)
    limits = settings.limits
    # Workers are spawned and get the class by name, so each sets its own.
    DeadlineProtocol.deadline_s = limits.header_deadline_s
    # Whoever develops stops it often, and alone.
    FirmSocketProtocol.drain_s = 0.0 if settings.development else limits.drain_s
    store = store_for(settings)
    return create_app(settings, store, published_keys(settings, store))


def store_for(settings: Settings) -> Store:
    return open_store(settings.redis_url, rules=settings.store_rules())


def published_keys(settings: Settings, store: Store) -> FetchedKeys:
    """The sign-in service's, which outlast its absence and our restarts."""
    kept = KeptInStore(store, settings.limits.keys_hold_s)
    return FetchedKeys(fetch_from(settings.auth_url), root_pin(settings.service_key), settings.limits, kept)


def serve(settings: Settings) -> None:
    """Serve until stopped. Without Redis everything is in this process, so there can be only one."""
    if settings.redis_url is None and settings.workers > 1:
        raise SettingsError("Several workers need one Redis: set SIGNALING_REDIS_URL=redis://host:6379/0.")
    refuse([*_pin_fault(settings), *unsafe(settings)])
    refuse_few(files_wanted(settings))
    refuse_place(PREFIX, settings.host, settings.port)
    for line in asyncio.run(_looked(settings)):
        print(f"signaling: {line}", file=sys.stderr)
    options = server_options(settings)
    if settings.workers == 1:
        run_alone(FACTORY, options)
        return
    share_metrics()
    config = uvicorn.Config(FACTORY, factory=True, workers=settings.workers, loop=WORKER_LOOP, **options)
    run_workers(config, settings.limits.sockets_per_worker)


def _pin_fault(settings: Settings) -> list[str]:
    try:
        root_pin(settings.service_key)
    except SettingsError as error:
        return [str(error)]
    return []


def server_options(settings: Settings) -> dict[str, Any]:
    """uvicorn's settings: small messages, no compression (CRIME-like leaks, bombs), no patience with slow callers."""
    limits = settings.limits
    return {
        "host": settings.host,
        "port": settings.port,
        "http": DeadlineProtocol,
        "ws": FirmSocketProtocol,
        "ws_max_size": limits.socket_message_bytes,
        "ws_max_queue": 16,
        "ws_per_message_deflate": False,
        "ws_ping_interval": 20.0,
        "ws_ping_timeout": 20.0,
        # Counts sockets as well, so plain requests keep a share of their own.
        "limit_concurrency": limits.sockets_per_worker + 2 * limits.http_concurrency,
        "timeout_keep_alive": 5,
        "timeout_worker_healthcheck": WORKER_PATIENCE_S,
        "timeout_graceful_shutdown": limits.drain_s + DRAIN_SPARE_S,
        "h11_max_incomplete_event_size": 16_384,
        "access_log": False,
        "log_level": "warning",
        "server_header": False,
        "proxy_headers": False,
    }


def files_wanted(settings: Settings) -> int:
    """That a worker may have to hold open."""
    return settings.limits.sockets_per_worker + settings.limits.refusals_per_worker + SPARE


async def _looked(settings: Settings) -> list[str]:
    """What the owner should know, though it does not keep the service from starting."""
    if settings.redis_url is None:
        return ["no Redis, so everything is kept in this process and lost with it"]
    store = store_for(settings)
    try:
        return await look(settings, store)
    finally:
        await store.close()
