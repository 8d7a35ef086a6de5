"""Both services with everything around them, and people who use them through the native client."""

from __future__ import annotations

import asyncio
import io
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from auth.app import create_app as create_auth
from auth.key_folder import new_folder
from auth.keys import service_key
from auth.log import Log
from auth.mail.mailers import SmtpMailer
from auth.origins import allow
from auth.settings import Settings as AuthSettings
from auth.store.opening import open_store
from auth.store.shared import Store
from signaling.app import create_app as create_signaling
from signaling.limits import Limits
from signaling.serve import published_keys, server_options
from signaling.settings import Settings as SignalingSettings
from tests.fakes.redis_server import PATIENT, RedisServer
from tests.fakes.serving import QuietServer, free_port, started
from tests.fakes.smtp import SmtpServer
from tests.fakes.tap import AppTap, RedisTap
from widget.core.config import ChatConfig, Relay, TokenProvider
from widget.model import ChatMessage
from widget.native.bot import Bot

ORIGIN = "https://site.test"
ISSUER = "http://127.0.0.1"
PATIENCE_S = 30.0
CODE = re.compile(r"\b(\d{4}) ?(\d{4})\b")
# Everybody here calls from one address.
ROOMY_AUTH: dict[str, Any] = {
    "send_ip_hour": 10**6, "send_ip_day": 10**6, "send_network_hour": 10**6, "verify_ip_10min": 10**6,
}  # fmt: skip
ROOMY_SIGNALING: dict[str, Any] = {
    "creates_per_ip_hour": 10**6, "sockets_per_ip": 10**6, "unauthenticated_per_ip": 10**6,
    "wrong_ids_per_min": 10**6, "visits_per_visitor_min": 10**6, "visits_per_ip_min": 10**6,
}  # fmt: skip


class Service:
    """One app on one port; it can be stopped and started again."""

    def __init__(self, make: Callable[[], ASGIApp], options: dict[str, Any]) -> None:
        self._make = make
        self._options = options
        self._task: asyncio.Task[None] | None = None
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.tap = AppTap(make())

    async def start(self) -> None:
        options = {**self._options, "port": self.port, "log_level": "critical"}
        self._server = QuietServer(uvicorn.Config(self.tap, lifespan="on", **options))
        self._task = asyncio.create_task(self._server.serve())
        await started(self._server)

    async def stop(self) -> None:
        if self._task is not None:
            self._server.end()
            await self._task
            self._task = None

    async def restart(self) -> None:
        """The same port, a new process as far as state is concerned."""
        await self.stop()
        seen = self.tap.seen
        self.tap = AppTap(self._make())
        self.tap.seen = seen
        await self.start()


class Deployment:
    """`limits` of signaling and `rules` of the sign-in service may be changed before `start`."""

    def __init__(self, redis: RedisServer, folder: Path) -> None:
        self._redis = redis
        self._folder = folder
        self._stores: list[Store] = []
        self._people: list[Person] = []
        self.limits = Limits(**ROOMY_SIGNALING)
        self.rules: dict[str, Any] = {}
        self._redis_seen: bytes | None = None
        self.log = io.StringIO()
        self.smtp = SmtpServer()

    async def start(self) -> None:
        await self.smtp.start()
        self._redis_tap = RedisTap(self._redis.url.removeprefix("unix://").partition("?")[0])
        new_folder(self._folder, ISSUER, int(time.time()))
        self.key = service_key(self._folder)
        self.auth = Service(self._auth_app, {"ws": "none", "http": "h11"})
        self.signaling = Service(self._signaling_app, server_options(SignalingSettings(limits=self.limits)))
        await allow(self._store(), ORIGIN)
        await self.auth.start()
        await self.signaling.start()

    async def close(self) -> None:
        for person in self._people:
            await person.bot.close()
        await self.signaling.stop()
        await self.auth.stop()
        for store in self._stores:
            await store.close()
        self.redis_saw()
        await self.smtp.stop()

    def person(
        self,
        name: str,
        relay: Relay = "fallback",
        folder: Path | None = None,
        provider: TokenProvider | None = None,
    ) -> Person:
        config = ChatConfig(self.auth.url, self.signaling.url, self.key, relay=relay, token_provider=provider)
        person = Person(self, name, Bot(config, ORIGIN, folder))
        self._people.append(person)
        return person

    async def signed_in(self, name: str, relay: Relay = "fallback") -> Person:
        person = self.person(name, relay)
        await person.sign_in()
        return person

    async def code_for(self, address: str) -> str:
        """The code in the newest mail to `address`."""
        found: list[str] = []

        def look() -> bool:
            for message, recipient in zip(self.smtp.messages, self.smtp.recipients, strict=False):
                body = message.get_body(("plain",))
                match = CODE.search(body.get_content()) if body is not None and recipient == address else None
                if match is not None:
                    found.append(match[1] + match[2])
            return len(found) > 0

        await until(look)
        return found[-1]

    def redis_saw(self) -> bytes:
        """Every command up to now; the recording ends with the first call."""
        if self._redis_seen is None:
            self._redis_seen = self._redis_tap.close()
        return self._redis_seen

    def key_files(self) -> list[Path]:
        """What the sign-in service keeps on disk."""
        return [path for path in sorted(self._folder.rglob("*")) if path.is_file()]

    def redis_dump(self) -> bytes:
        return self._redis.dump()

    def _store(self) -> Store:
        store = open_store(self._redis.url, time.time, rules=PATIENT)
        self._stores.append(store)
        return store

    def _auth_app(self) -> ASGIApp:
        settings = AuthSettings(key_folder=self._folder, origins=(ORIGIN,), **ROOMY_AUTH, **self.rules)
        mailer = SmtpMailer(self.smtp.url, settings.mail_from, settings.mail_timeout_s)
        return create_auth(settings, self._store(), mailer, log_sink=self.log)

    def _signaling_app(self) -> ASGIApp:
        settings = SignalingSettings(
            limits=self.limits, auth_url=self.auth.url, service_key=self.key, seven_tv=False
        )
        store = self._store()
        return create_signaling(settings, store, published_keys(settings, store), log=Log(b"flows", self.log))


class Person:
    """Somebody with a mailbox and a native client."""

    def __init__(self, deployment: Deployment, name: str, bot: Bot) -> None:
        self._deployment = deployment
        self.name = name
        self.address = f"{name.lower()}@people.example.org"
        self.bot = bot
        self.chat = bot.chat

    async def sign_in(self) -> None:
        await self.bot.sign_in(self.address, self.name, lambda: self._deployment.code_for(self.address))

    @property
    def messages(self) -> list[ChatMessage]:
        return [message for message in self.chat.get_state().messages if message.type == "message"]

    @property
    def texts(self) -> list[str]:
        return [message.content for message in self.messages]

    @property
    def links(self) -> dict[str, str]:
        people = self.chat.get_state().participants
        return {person.user_name: person.link for person in people if not person.is_me}

    async def hears(self, *texts: str) -> None:
        """Wait until all of `texts` were heard; each must have been shown once."""
        await until(lambda: set(texts) <= set(self.texts))
        assert len(self.texts) == len(set(self.texts))

    async def deliveries_are(self, deliveries: dict[str, str]) -> None:
        """How far the screen says that one's own messages got."""
        await until(lambda: {one.content: one.delivery for one in self.messages if one.mine} == deliveries)

    async def links_are(self, links: dict[str, str]) -> None:
        await until(lambda: self.links == links)


async def until(true: Callable[[], bool]) -> None:
    """Wait for work to be done, not for time to pass."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if true():
                return
            await asyncio.sleep(0.01)
