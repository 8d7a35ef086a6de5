"""Running the service: `python -m auth serve`, set up by AUTH_* variables."""

from __future__ import annotations

import os
import sys
import time

import uvicorn
from starlette.applications import Starlette

from auth.app import create_app
from auth.deadline import DeadlineProtocol
from auth.key_folder import new_folder
from auth.keys import DOCUMENT, load_keys
from auth.mailers import Mailer, SmtpMailer, console_mailbox
from auth.settings import Settings, SettingsError, patience_s, settings_from
from auth.stores import open_store

GRACE_S = 15
FACTORY = "auth.serve:app_from_environment"


def app_from_environment() -> Starlette:
    """What each worker runs."""
    settings = settings_from(os.environ)
    store = open_store(settings.redis_url, command_timeout_s=patience_s(settings.redis_timeout_ms))
    return create_app(settings, store, mailer_for(settings))


def mailer_for(settings: Settings) -> Mailer:
    if settings.smtp_url is not None:
        return SmtpMailer(settings.smtp_url, settings.mail_from, settings.mail_timeout_s)
    if settings.development:
        return console_mailbox()
    raise SettingsError("No way to send mail: set AUTH_SMTP_URL=smtp://user:password@host:587.")


def serve(settings: Settings, workers: int) -> None:
    """Serve until stopped. Without Redis everything is in this process, so there can be only one."""
    if settings.redis_url is None:
        if workers > 1:
            raise SettingsError("Several workers need one Redis: set AUTH_REDIS_URL=redis://host:6379/0.")
        print("auth: no Redis, so everything is kept in this process and lost with it", file=sys.stderr)
    mailer_for(settings)
    patience_s(settings.redis_timeout_ms)
    if settings.development and not (settings.key_folder / DOCUMENT).exists():
        new_folder(settings.key_folder, f"http://{settings.host}:{settings.port}", int(time.time()))
    load_keys(settings.key_folder, int(time.time()))
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
        limit_concurrency=settings.concurrency,
        timeout_keep_alive=settings.keep_alive_s,
        timeout_graceful_shutdown=GRACE_S,
        h11_max_incomplete_event_size=16384,
    )
