"""A running sign-in service under a hand-moved clock, and the devices that call it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette

from auth.app import create_app
from auth.key_folder import new_folder
from auth.keys import Keys
from auth.mail.mailers import Mailbox, Mailer
from auth.service import Service
from auth.settings import Settings
from auth.store.opening import open_store
from auth.store.shared import Store
from tests.auth.device import ORIGIN, Device
from tests.fakes.moment import START_S, Moment

ISSUER = "https://auth.test"
# The limits per caller are far away unless a test is about them.
ROOMY = {"send_ip_hour": 10**6, "send_ip_day": 10**6, "send_network_hour": 10**6, "verify_ip_10min": 10**6}


class World:
    """One deployment. `redis_url` None means the store inside the process."""

    def __init__(self, folder: Path, redis_url: str | None, mailer: Mailer | None = None, **rules: Any) -> None:
        self.moment = Moment()
        self.folder = folder
        if not (folder / "cw-keys.jws").exists():
            new_folder(folder, ISSUER, START_S)
        places = {"key_folder": folder, "origins": (ORIGIN, "https://other.test")}
        # Not checked, so that a test can set a limit to what no owner may.
        self.settings: Settings = Settings.model_construct(**{**places, **ROOMY, **rules})
        self.store: Store = open_store(redis_url, self.moment.now_s, self.settings.store_rules())
        self.mailbox = Mailbox()
        self.log = io.StringIO()
        self.app: Starlette = create_app(
            self.settings, self.store, mailer or self.mailbox, self.moment.now_s, self.sleep, self.log
        )
        self.service: Service = self.app.state.service
        transport = httpx.ASGITransport(self.app)
        self.http = httpx.AsyncClient(transport=transport, base_url="https://auth.test")
        self.sleep_hook: Callable[[float], Awaitable[None]] | None = None

    @property
    def keys(self) -> Keys:
        return self.service.keys()

    async def sleep(self, seconds: float) -> None:
        """Backoff of the mail queue: the clock jumps, unless a test hooks in."""
        if self.sleep_hook is not None:
            await self.sleep_hook(seconds)
        else:
            self.moment.go(seconds)
            await asyncio.sleep(0)

    async def device(self, origin: str = ORIGIN) -> Device:
        from auth.keys import service_key

        return await Device(self.http, service_key(self.folder), self.moment.now_s, origin).prepare()

    async def mail(self) -> None:
        """Let every mail arrive."""
        assert await self.service.mails.drain(10) == 0

    async def code(self) -> str:
        """The code in the newest mail."""
        await self.mail()
        return next(mail.code for mail in reversed(self.mailbox.mails) if mail.kind == "code")

    def kinds(self) -> list[str]:
        return [mail.kind for mail in self.mailbox.mails]

    async def signed_in(self, email: str = "ada@example.org", origin: str = ORIGIN) -> Device:
        device = await self.device(origin)
        assert (await device.ask(email)).status == 200
        assert (await device.enter(email, await self.code())).status == 200
        return device

    async def close(self) -> None:
        await self.service.mails.close()
        await self.http.aclose()
        await self.store.close()
