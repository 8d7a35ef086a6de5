"""Running signaling workers on one Redis under a hand-moved clock."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import uvicorn
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.applications import Starlette

from auth.deadline import with_deadline
from auth.log import Log
from auth.origins import allow
from auth.p256 import key_id, public_bytes
from auth.store.opening import open_store
from auth.store.shared import Store
from auth.tokens import KeySet, SigningKey, VerifyingKey
from signaling.app import create_app
from signaling.keys import KnownKeys
from signaling.limits import Limits
from signaling.serve import server_options
from signaling.settings import Settings
from signaling.worker import Worker
from tests.fakes.moment import START_S, Moment
from tests.fakes.redis_server import PATIENT
from tests.fakes.serving import QuietServer
from tests.fakes.tap import AppTap
from tests.signaling.member import ORIGIN, Line, Member

ISSUER = "https://auth.test"
OTHER_ORIGIN = "https://other.test"
NOBODY = "http://127.0.0.1:1"  # answers there
PATIENCE_S = 10.0
# Loops are quick so that nobody waits; quotas are far away unless a test is about them.
ROOMY: dict[str, Any] = {
    "tick_s": 0.01, "sweep_every_s": 0.01, "joins_per_user_hour": 10**6, "creates_per_user_hour": 10**6,
    "creates_per_user_day": 10**6, "creates_per_ip_hour": 10**6, "rooms_per_owner": 10**6,
    "unauthenticated_per_ip": 10**6, "sockets_per_ip": 10**6, "listing_fresh_s": 0,
}  # fmt: skip


class Server:
    """One worker on a port of its own, over the same options as in production."""

    def __init__(self, app: Starlette, settings: Settings) -> None:
        self.worker: Worker = app.state.worker
        self.tap = AppTap(app)
        http = with_deadline(settings.limits.header_deadline_s)
        options = {**server_options(settings), "port": 0, "log_level": "critical", "http": http}
        self._server = QuietServer(uvicorn.Config(self.tap, lifespan="on", **options))
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._server.serve())
        await until(lambda: self._server.started)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.host = f"127.0.0.1:{port}"
        self.http_url, self.ws_url = f"http://{self.host}", f"ws://{self.host}"
        self.http = httpx.AsyncClient(base_url=self.http_url)

    async def stop(self) -> None:
        await self.http.aclose()
        self._server.end()
        if self._task is not None:
            await self._task


class World:
    """A deployment: workers, whose `rules` are limits or settings, and the members who call them."""

    def __init__(self, redis_url: str | None, workers: int, **rules: Any) -> None:
        self.moment = Moment()
        self.issuer = ISSUER
        private = ec.generate_private_key(ec.SECP256R1())
        public = public_bytes(private)
        self.signing = SigningKey(key_id(public), private)
        self.key_set = KeySet(
            ISSUER, START_S + 10**9, {key_id(public): VerifyingKey(key_id(public), public, 0, START_S + 10**9)}
        )
        names = set(Limits.model_fields)
        # Not checked, so that a test can set a limit to what no owner may.
        limits = Limits.model_construct(**{**ROOMY, **{name: value for name, value in rules.items() if name in names}})
        places = {name: value for name, value in rules.items() if name not in names}
        self.settings = Settings.model_construct(**{"limits": limits, "seven_tv": False, "auth_url": NOBODY, **places})
        self.log = io.StringIO()
        self.stores: list[Store] = []
        self.servers: list[Server] = []
        self.lines: list[Line] = []
        for _ in range(workers):
            store = open_store(redis_url, self.moment.now_s, rules=PATIENT)
            self.stores.append(store)
            keys, log = KnownKeys(lambda: self.key_set), Log(b"test", self.log)
            app = create_app(self.settings, store, keys, self.moment.now_s, log, self.moment.steady_s)
            self.servers.append(Server(app, self.settings))

    async def start(self) -> World:
        for server, store in zip(self.servers, self.stores, strict=True):
            await allow(store, ORIGIN, OTHER_ORIGIN)
            await server.start()
        return self

    @property
    def worker(self) -> Worker:
        return self.servers[0].worker

    def member(self, name: str = "Ada", **options: Any) -> Member:
        return Member(self, name, **options)

    async def get(self, path: str, origin: str = ORIGIN, forwarded_for: str = "") -> httpx.Response:
        given = {"origin": origin, "x-forwarded-for": forwarded_for}
        kept = {name: value for name, value in given.items() if value != ""}
        return await self.servers[0].http.get(path, headers=kept)

    async def close(self) -> None:
        for line in self.lines:
            await line.close()
        await asyncio.gather(*[server.stop() for server in self.servers])
        for store in self.stores:
            await store.close()


async def until(true: Callable[[], bool | Awaitable[bool]]) -> None:
    """Wait until it is so; no test waits for time to pass, only for work to be done."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            answer = true()
            if answer if isinstance(answer, bool) else await answer:
                return
            await asyncio.sleep(0.005)
