"""Running the service: `python -m auth serve`, set up by AUTH_* variables."""

from __future__ import annotations

import asyncio
import os
import sys
import time

import uvicorn
from starlette.applications import Starlette

from auth.app import create_app
from auth.countries import Countries
from auth.deadline import DeadlineProtocol
from auth.files import SPARE, refuse_few
from auth.key_folder import new_folder
from auth.keys import DOCUMENT, load_keys, read_payload
from auth.listening import refuse_place
from auth.mail.mailers import Mailer, SmtpMailer, console_mailbox
from auth.metrics_folder import share_metrics
from auth.production import misplaced, prepare, refuse, unsafe
from auth.settings import PREFIX, Settings, SettingsError, settings_from
from auth.store.opening import open_store
from auth.store.shared import Store

GRACE_S = 15
FACTORY = "auth.serve:app_from_environment"


def app_from_environment() -> Starlette:
    """What each worker runs."""
    settings = settings_from(os.environ)
    return create_app(settings, store_for(settings), mailer_for(settings))


def store_for(settings: Settings) -> Store:
    return open_store(settings.redis_url, rules=settings.store_rules())


def mailer_for(settings: Settings) -> Mailer:
    if settings.smtp_url is not None:
        return SmtpMailer(settings.smtp_url, settings.mail_from, settings.mail_timeout_s)
    if settings.development:
        return console_mailbox()
    raise SettingsError("No way to send mail: set AUTH_SMTP_URL=smtp://user:password@host:587.")


def serve(settings: Settings, workers: int) -> None:
    """Serve until stopped. Without Redis everything is in this process, so there can be only one."""
    if settings.redis_url is None and workers > 1:
        raise SettingsError("Several workers need one Redis: set AUTH_REDIS_URL=redis://host:6379/0.")
    refuse(unsafe(settings))
    if settings.development and not (settings.key_folder / DOCUMENT).exists():
        new_folder(settings.key_folder, f"http://{settings.host}:{settings.port}", int(time.time()))
    load_keys(settings.key_folder, int(time.time())).signing_key(int(time.time()))
    Countries(settings.country_file)
    refuse(misplaced(settings, str(read_payload(settings.key_folder)["iss"])))
    refuse_few(files_wanted(settings))
    refuse_place(PREFIX, settings.host, settings.port)
    for line in asyncio.run(_prepared(settings)):
        print(f"auth: {line}", file=sys.stderr)
    if workers > 1:
        share_metrics()
    uvicorn.run(
        FACTORY,
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=workers,
        ws="none",
        http=DeadlineProtocol,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=2 * settings.concurrency,  # connections: those that rest count too
        timeout_keep_alive=settings.keep_alive_s,
        timeout_graceful_shutdown=GRACE_S,
        h11_max_incomplete_event_size=16384,
    )


def files_wanted(settings: Settings) -> int:
    """That a worker may have to hold open."""
    return settings.concurrency + SPARE


async def _prepared(settings: Settings) -> list[str]:
    """What the owner should know, though it does not keep the service from starting."""
    if settings.redis_url is None:
        return ["no Redis, so everything is kept in this process and lost with it"]
    store = store_for(settings)
    try:
        line = await prepare(settings, store)
    finally:
        await store.close()
    return [] if line == "" else [line]
