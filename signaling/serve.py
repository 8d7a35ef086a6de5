"""Running the service: `python -m signaling serve`, set up by SIGNALING_* variables."""

from __future__ import annotations

import os
import resource
import sys
from typing import Any

import uvicorn
from starlette.applications import Starlette

from auth.deadline import DeadlineProtocol
from auth.settings import SettingsError, patience_s
from auth.stores import Store, open_store
from signaling.app import create_app
from signaling.kept_keys import KeptInStore
from signaling.keys import FetchedKeys, fetch_from, root_pin
from signaling.settings import Settings, settings_from
from signaling.sockets import FirmSocketProtocol

FACTORY = "signaling.serve:app_from_environment"
SPARE_FILES = 200  # Redis, logs, the listening socket


def app_from_environment() -> Starlette:
    """What each worker runs."""
    settings = settings_from(os.environ)
    limits = settings.limits
    # Workers are spawned and get the class by name, so each sets its own.
    DeadlineProtocol.deadline_s = limits.header_deadline_s
    store = open_store(settings.redis_url, command_timeout_s=patience_s(settings.redis_timeout_ms))
    return create_app(settings, store, published_keys(settings, store))


def published_keys(settings: Settings, store: Store) -> FetchedKeys:
    """The sign-in service's, which outlast its absence and our restarts."""
    kept = KeptInStore(store, settings.limits.keys_hold_s)
    return FetchedKeys(fetch_from(settings.auth_url), root_pin(settings.service_key), settings.limits, kept)


def serve(settings: Settings) -> None:
    """Serve until stopped. Without Redis everything is in this process, so there can be only one."""
    if settings.redis_url is None:
        if settings.workers > 1:
            raise SettingsError("Several workers need one Redis: set REDIS_URL=redis://host:6379/1.")
        print("signaling: no Redis, so everything is kept in this process and lost with it", file=sys.stderr)
    root_pin(settings.service_key)
    patience_s(settings.redis_timeout_ms)
    check_files(settings)
    uvicorn.run(FACTORY, factory=True, workers=settings.workers, **server_options(settings))


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
        "limit_concurrency": limits.sockets_per_worker + limits.http_concurrency,
        "timeout_keep_alive": 5,
        "timeout_graceful_shutdown": limits.drain_s,
        "h11_max_incomplete_event_size": 16_384,
        "access_log": False,
        "log_level": "warning",
        "server_header": False,
        "proxy_headers": False,
    }


def check_files(settings: Settings) -> None:
    """A worker that runs out of file descriptors stops accepting without a word; better not to start."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = settings.limits.sockets_per_worker + settings.limits.refusals_per_worker + SPARE_FILES
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        raise SettingsError(f"Open files are limited to {allowed}: run `ulimit -n {wanted}` first.")
