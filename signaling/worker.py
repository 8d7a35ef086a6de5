"""One worker process: its sockets, its ear at the store, and the loops that listen and keep time."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Set
from functools import partial
from typing import Any, Protocol

from auth.log import Log
from auth.loops import CANCEL_AGAIN_S, Loops
from auth.origins import Origins, refusal
from auth.revocations import REMEMBERED_S, Revoked, read_revoked, recent
from auth.secret import keyed
from auth.store.shared import Store as Shared
from auth.store.shared import StoreDown
from auth.tokens import Claims
from signaling.database import Database
from signaling.door import Door
from signaling.ear import Ear
from signaling.guest_pace import GuestPace
from signaling.homing import Homing
from signaling.hub import Hub
from signaling.keys import Keys
from signaling.listings import Listings
from signaling.metrics import Metrics
from signaling.nonces import Nonces
from signaling.outbox import Rank
from signaling.places import Places
from signaling.quotas import Quotas
from signaling.refusals import PROOF_INVALID, RATE_LIMITED, TOKEN_INVALID, Problem
from signaling.relay_budget import RelayBudget
from signaling.removals import Removals
from signaling.settings import Settings
from signaling.sign_ins import SignIns
from signaling.store import REVOCATIONS, RoomStore
from signaling.visits import Visits
from signaling.worker_loop import WorkerLoop

LISTEN_AGAIN_S = 0.25
COMPARE_EVERY_S = 5.0
SITES_EVERY_S = 1.0
KEYS_EVERY_S = 1.0
CLOSE_RESTART = 1012
UNKEYED = b"signaling"  # without a secret: who has a dump can find addresses by trying all


class Connected(Protocol):
    """What a worker asks of each of its sockets."""

    @property
    def origin(self) -> str: ...
    def end(self, code: int) -> None: ...
    def revoke(self, ended: Mapping[str, int]) -> None: ...
    def recheck(self, kids: Set[str]) -> None: ...
    async def beat(self) -> None: ...
    def send_away(self, problem: Problem) -> None: ...
    def tick(self, steady_s: float) -> None: ...


class Worker:
    """What all connections and requests of a process share."""

    def __init__(
        self, settings: Settings, shared: Shared, keys: Keys, now_s: Callable[[], float], log: Log | None = None,
        steady_s: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        """`now_s` is for what others read too: tokens, rooms. What is measured here alone goes by `steady_s`, for a
        clock that is set back or on would stop who speaks, or end who is silent for a moment."""
        self.settings = settings
        self.limits = settings.limits
        self.shared = shared
        secret = settings.secret.encode() or UNKEYED
        self.store = RoomStore(shared, settings.limits)
        self.quotas = Quotas(shared, settings.limits, secret)
        self.removals = Removals(self.store, settings.limits)
        self.places = Places(self.store, shared, settings.limits, secret)
        self.nonces = Nonces(secret)
        self.listings = Listings(self.store, settings.limits.listing_fresh_s, steady_s)
        self.sign_ins = SignIns(keys, shared, settings.limits, now_s)
        self.now_s = now_s
        self.steady_s = steady_s
        self.origins = Origins(shared, settings.development, (), steady_s)
        self.metrics = Metrics()
        self.log = log or Log(keyed(secret, b"log") if settings.secret != "" else secrets.token_bytes(32))
        self.loops = Loops(self.log, self.metrics.broken, self.metrics.store_down)
        self.hub = Hub(self.store.roster, settings.limits.presence_grace_s, settings.limits.outbox_messages)
        self.connections: set[Connected] = set()
        self.door = Door(settings.limits)
        self.homing = Homing()
        self.relay_budget = RelayBudget(settings.limits, steady_s)
        self.guest_pace = GuestPace(settings.limits)
        self.database = Database(shared, settings.auth_url)
        self.visits = Visits(self.store)
        self.ear = Ear(self.store, self.hub, self.log, settings.limits.store_patience_s, (self.visits.channel,))
        self._tasks: set[asyncio.Task[None]] = set()
        self._running = False

    # Life

    def start(self) -> None:
        """Begin the loops, once; needs a running event loop."""
        if not self._running:
            self._running = True
            loop = asyncio.get_running_loop()
            if isinstance(loop, WorkerLoop):
                self.homing = loop.homing
            self.spawn(self.loops.keep("listen", self._listen, LISTEN_AGAIN_S, lasting=True))
            self.spawn(self.loops.keep("tick", self._tick, self.limits.tick_s))
            self.spawn(self.loops.keep("sweep", self._sweep, self.limits.sweep_every_s))
            self.spawn(self.loops.keep("sites", self._send_away, SITES_EVERY_S))
            self.spawn(self.loops.keep("keys", self._recheck, KEYS_EVERY_S))
            self.spawn(self.loops.keep("database", self.database.compare, COMPARE_EVERY_S))

    async def stop(self) -> None:
        for connection in list(self.connections):
            connection.end(CLOSE_RESTART)
        while len(self._tasks) > 0:
            # Again and again, since a Redis command that is just done may swallow a cancellation.
            for task in list(self._tasks):
                task.cancel()
            await asyncio.wait(list(self._tasks), timeout=CANCEL_AGAIN_S)
        await self.ear.close()
        self.metrics.settle()
        self._running = False

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self.log.broken("task.broken", error)

    # Sockets

    def welcome(self, connection: Connected, address: str) -> None:
        self.connections.add(connection)
        self.door.enter(connection, address)

    def farewell(self, connection: Connected) -> None:
        self.connections.discard(connection)
        self.door.leave(connection)

    async def proved(self, address: str, proof: Callable[[], Awaitable[Claims]]) -> Claims:
        """What `proof` says, unless too much from that address did not hold lately."""
        wait_s = await self.quotas.wait_failed_auth(address)
        if wait_s > 0:
            raise Problem(RATE_LIMITED, wait_s)
        try:
            return await proof()
        except Problem as problem:
            if problem.kind in (TOKEN_INVALID, PROOF_INVALID):
                self.metrics.failed_auths.labels(problem.kind.code).inc()
                wait_s = await self.quotas.take_failed_auth(address)
                if wait_s > 0:  # others of them were on their way at the same time
                    raise Problem(RATE_LIMITED, wait_s) from problem
            raise

    # Messages

    def route(self, room_id: str, to: str, data: str | bytes, rank: Rank) -> Callable[[], Awaitable[None]] | None:
        """To a member here; else the way to whichever worker has it, which raises StoreDown."""
        kind = "signal" if isinstance(data, str) else "relay"
        place = self.hub.deliver(room_id, to, data, rank)
        self.metrics.passed[kind, "here" if place == "here" else "away"].count += 1
        if place == "here":
            return None
        return partial(self.store.publish, room_id, self.hub.enclose(to, data, rank, place))

    # Rooms

    async def listen_to(self, room_id: str) -> None:
        """Hear what other workers say about the room, from now on for sure."""
        await self.ear.add(room_id)

    async def stop_listening(self, room_id: str) -> None:
        self.relay_budget.forget(room_id)
        await self.ear.drop(room_id)

    # Loops

    async def _listen(self) -> None:
        """Hear until the store goes; then the next turn subscribes again."""
        try:
            was_lost = await self.ear.open()
            self._end(await recent(self.shared, int(self.now_s()) - REMEMBERED_S, self._garbled))
            self.loops.works("listen")
            if was_lost:
                self.spawn(self.reassert())
            await self.ear.hear(self._hear)
        except Exception:
            await self.ear.lose()
            raise

    def _hear(self, name: str, data: bytes) -> None:
        try:
            self._take(name, data)
        except Exception as error:
            # One that cannot be read must not make this worker deaf to all others.
            self._garbled()
            self.log.broken("message.garbled", error)

    def _garbled(self) -> None:
        self.metrics.dropped.labels("garbled").inc()

    def _take(self, name: str, data: bytes) -> None:
        if name == self.visits.channel:
            self.visits.heard(data)
            return
        if name != REVOCATIONS:
            self.hub.heard(name.rpartition(":")[2], data)
            return
        self._end([read_revoked(data)])

    def _end(self, sign_ins: list[Revoked]) -> None:
        ended = self.sign_ins.end(sign_ins)
        for connection in list(self.connections):
            connection.revoke(ended)

    async def reassert(self) -> None:
        """The store was away and may have forgotten: say again who is here, and trust no roster for a while."""
        for room_id in list(self.hub.rooms):
            self.hub.distrust(room_id, self.steady_s())
        for connection in list(self.connections):
            await connection.beat()

    async def _tick(self) -> None:
        steady_s = self.steady_s()
        self.metrics.settle()
        self.metrics.sockets.set(len(self.connections))
        self.metrics.rooms.set(len(self.hub.rooms))
        for connection in list(self.connections):
            connection.tick(steady_s)
        with contextlib.suppress(StoreDown):
            await self.hub.repair(steady_s)

    async def _send_away(self) -> None:
        """Whose site has been taken off the list, however quiet they are. The list is looked at in any case."""
        await self.origins.look()
        for origin in {connection.origin for connection in self.connections}:
            if await self.origins.permits(origin):
                continue
            for connection in list(self.connections):
                if connection.origin == origin:
                    connection.send_away(refusal(origin))

    async def _recheck(self) -> None:
        """Who came in by a key that was revoked since. While that cannot be told, each stays until its token ends."""
        kids = await self.sign_ins.kids()
        if kids is not None:
            for connection in list(self.connections):
                connection.recheck(kids)

    async def _sweep(self) -> None:
        self.sign_ins.forget()
        await self.store.sweep()
