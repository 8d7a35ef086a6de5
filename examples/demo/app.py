"""Everything of the demo as one Starlette app."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Mount

import auth.app
import signaling.app
from auth.keys import KeyBook
from auth.log import Log
from auth.mail.mailers import SmtpMailer
from auth.settings import Settings as AuthSettings
from auth.store.opening import open_store
from auth.store.rules import Rules
from build.dev import dev_app
from examples.demo import cdn, pages, seven_tv
from examples.demo.keys import demo_keys
from examples.demo.mailbox import Mailbox
from examples.demo.server import free_port
from signaling.keys import KnownKeys
from signaling.limits import Limits
from signaling.settings import Settings as SignalingSettings

ROOT = Path(__file__).resolve().parent.parent.parent
# Everybody who tries the demo comes from one address, so what is counted by address is counted generously.
PLENTY = 100_000
KEYS_RELOAD_S = 30
# A laptop that builds and tests at the same time is slower than a server.
PATIENT = Rules(timeout_ms=3000, wait_ms=12_000)


@dataclass(frozen=True)
class DemoSettings:
    """`redis_url` None keeps everything in this process."""

    port: int
    key_folder: Path = ROOT / ".work" / "demo-keys"
    cdn_folder: Path = ROOT / "cdn_dist"
    log_file: Path = ROOT / ".work" / "demo.log"
    redis_url: str | None = None
    sign_in: dict[str, Any] = field(default_factory=dict)  # numbers of auth.settings to set otherwise


class Demo:
    """`app` to serve, `mailbox` to read, `service_key` for pages of one's own."""

    def __init__(self, settings: DemoSettings) -> None:
        self._settings = settings
        self._smtp_port = free_port()
        self.mailbox = Mailbox()
        self.service_key = demo_keys(settings.key_folder, int(time.time()))
        # One store for both: what sign-in revokes, signaling hears through it.
        self._store = open_store(settings.redis_url, rules=PATIENT)
        settings.log_file.parent.mkdir(parents=True, exist_ok=True)
        self._log_sink = settings.log_file.open("a", encoding="utf-8", buffering=1)
        self._auth = self._auth_app()
        self._signaling = self._signaling_app()
        self.app = Starlette(
            routes=[
                Mount("/auth", self._auth),
                Mount("/signal", self._signaling),
                Mount("/dev", dev_app(ROOT, self.service_key)),
                cdn.route(settings.cdn_folder),
                seven_tv.mount(),
                *self.mailbox.routes(),
                *pages.routes(self.service_key),
            ],
            lifespan=self._lifespan,
        )

    def _auth_app(self) -> Starlette:
        many = PLENTY
        defaults = AuthSettings(
            send_ip_hour=many,
            send_ip_day=many,
            send_network_hour=many,
            verify_ip_10min=many,
            key_folder=self._settings.key_folder,
            redis_url=self._settings.redis_url,
            smtp_url=f"smtp://127.0.0.1:{self._smtp_port}",
            development=True,
        )
        settings = defaults.model_copy(update=self._settings.sign_in)
        mailer = SmtpMailer(str(settings.smtp_url), settings.mail_from, settings.mail_timeout_s)
        return auth.app.create_app(settings, self._store, mailer, log_sink=self._log_sink)

    def _signaling_app(self) -> Starlette:
        settings = SignalingSettings(
            redis_url=self._settings.redis_url,
            service_key=self.service_key,
            development=True,
            seven_tv_url=f"http://127.0.0.1:{self._settings.port}/7tv/v3",
            emote_shelf=str(self._settings.log_file.parent / "demo-emotes"),
            limits=Limits(
                unauthenticated_per_ip=PLENTY,
                sockets_per_ip=PLENTY,
                creates_per_ip_hour=PLENTY,
                creates_per_user_hour=PLENTY,
                creates_per_user_day=PLENTY,
                rooms_per_owner=PLENTY,
                wrong_ids_per_min=PLENTY,
                listings_per_ip_min=PLENTY,
            ),
        )
        book = KeyBook(self._settings.key_folder, KEYS_RELOAD_S)
        keys = KnownKeys(lambda: book.current(int(time.time())).key_set)
        return signaling.app.create_app(settings, self._store, keys, log=Log(secrets.token_bytes(32), self._log_sink))

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        # Starlette runs the lifespan of the outermost app only.
        async with AsyncExitStack() as stack:
            stack.callback(self._log_sink.close)
            stack.push_async_callback(self._store.close)
            await stack.enter_async_context(self.mailbox.serving(self._smtp_port))
            for service in (self._auth, self._signaling):
                await stack.enter_async_context(service.router.lifespan_context(service))
            yield
