"""Everything of the demo as one Starlette app."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount

import auth.app
import signaling.app
from auth.keys import load_keys
from auth.mailers import SmtpMailer
from auth.settings import Settings as AuthSettings
from auth.stores import open_store
from build.dev import dev_app
from examples.demo import cdn, pages
from examples.demo.keys import demo_keys
from examples.demo.mailbox import Mailbox
from examples.demo.server import free_port
from signaling.keys import KnownKeys
from signaling.limits import Limits
from signaling.settings import Settings as SignalingSettings

ROOT = Path(__file__).resolve().parent.parent.parent
# Everybody who tries the demo comes from one address, so what is counted by address is counted generously.
PLENTY = 100_000


@dataclass(frozen=True)
class DemoSettings:
    """`redis_url` None keeps everything in this process."""

    port: int
    key_folder: Path = ROOT / ".work" / "demo-keys"
    cdn_folder: Path = ROOT / "cdn_dist"
    redis_url: str | None = None


class Demo:
    """`app` to serve, `mailbox` to read, `service_key` for pages of one's own."""

    def __init__(self, settings: DemoSettings) -> None:
        self._settings = settings
        self._smtp_port = free_port()
        self.mailbox = Mailbox()
        self.service_key = demo_keys(settings.key_folder, int(time.time()))
        self._auth = self._auth_app()
        self._signaling = self._signaling_app()
        self.app = Starlette(
            routes=[
                Mount("/auth", self._auth),
                Mount("/signal", self._signaling),
                Mount("/dev", dev_app(ROOT, self.service_key)),
                cdn.route(settings.cdn_folder),
                *self.mailbox.routes(),
                *pages.routes(self.service_key),
            ],
            lifespan=self._lifespan,
        )

    def _auth_app(self) -> Starlette:
        settings = AuthSettings(
            key_folder=self._settings.key_folder,
            redis_url=self._settings.redis_url,
            smtp_url=f"smtp://127.0.0.1:{self._smtp_port}",
            development=True,
            send_ip_hour=PLENTY,
            send_ip_day=PLENTY,
            send_network_hour=PLENTY,
            verify_ip_10min=PLENTY,
        )
        mailer = SmtpMailer(str(settings.smtp_url), settings.mail_from, settings.mail_timeout_s)
        return auth.app.create_app(settings, open_store(settings.redis_url), mailer)

    def _signaling_app(self) -> Starlette:
        settings = SignalingSettings(
            redis_url=self._settings.redis_url,
            service_key=self.service_key,
            development=True,
            limits=Limits(
                unauthenticated_per_ip=PLENTY,
                sockets_per_ip=PLENTY,
                creates_per_ip_hour=PLENTY,
                creates_per_user_hour=PLENTY,
                creates_per_user_day=PLENTY,
                rooms_per_owner=PLENTY,
                wrong_ids_per_ip_min=PLENTY,
                listings_per_ip_min=PLENTY,
            ),
        )
        keys = KnownKeys(lambda: load_keys(self._settings.key_folder, int(time.time())).key_set)
        return signaling.app.create_app(settings, open_store(settings.redis_url), keys)

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        # Starlette runs the lifespan of the outermost app only.
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.mailbox.serving(self._smtp_port))
            for service in (self._auth, self._signaling):
                await stack.enter_async_context(service.router.lifespan_context(service))
            yield
