"""Mails on their way: sent beside the answer, so that its time tells nothing, and tried again while they are of use."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable

from auth.log import Log
from auth.loops import Loops, stop
from auth.mail.mailers import Mailer, MailError
from auth.mail.mails import Mail
from auth.mail.store import DAY_S, MailStore, Waiting
from auth.metrics import Metrics
from auth.settings import Settings
from auth.store.shared import StoreDown

LOOK_S = 1.0  # how often a worker looks for mails that another has left
PAUSE_S = 0.1
SEND_TIMEOUTS = 5  # of the mail server's many steps, together
LEASE_TIMEOUTS = 6
REFUSED_S = 600  # a mail that is refused for good is not tried again, so that one alone is forgotten after so long


class MailQueue:
    """What waits is in `store`; a few leave at a time. `sleep` and `now_s` are replaced in tests."""

    def __init__(
        self,
        mailer: Mailer,
        store: MailStore,
        settings: Settings,
        log: Log,
        metrics: Metrics,
        now_s: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.store = store
        self.loops = Loops(log, metrics.broken, metrics.store_down)
        self._mailer = mailer
        self._settings = settings
        self._log = log
        self._metrics = metrics
        self._now_s = now_s
        self._sleep = sleep
        self._new = asyncio.Event()
        self._look_s = 0.0
        self._sending: set[asyncio.Task[None]] = set()
        self._taking = asyncio.Lock()
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to send, once; needs a running event loop."""
        if self._loop is None:
            self._loop = asyncio.create_task(self.loops.keep("mail", self._turn, PAUSE_S))

    async def put(self, mail: Mail, is_meant: bool = True) -> None:
        """Send `mail` soon. A full queue drops it, logged: ask `store.is_full` before promising anything.

        One that is not `is_meant` takes as much time and is forgotten.
        """
        if not await self.store.put(mail, is_meant):
            self._ended(mail, "dropped", 0, "queue full")
        self.start()
        self._new.set()

    async def drain(self, patience_s: float) -> int:
        """Send what waits, with all pauses; returns how many are left."""
        until_s = time.monotonic() + patience_s
        while True:
            next_s = await self._carry()
            if len(self._sending) > 0:
                await asyncio.wait(self._sending, timeout=max(0.0, until_s - time.monotonic()))
            elif next_s is not None:
                await self._sleep(next_s)
            left = await self.store.count()
            if left == 0 or time.monotonic() >= until_s:
                return left

    async def settle(self, patience_s: float) -> None:
        """The end of this worker: what it is just sending leaves, what waits is for the others or the next."""
        await stop(self._loop)
        if len(self._sending) > 0:
            await asyncio.wait(self._sending, timeout=patience_s)
        await self.close()

    async def close(self) -> None:
        await stop(self._loop, *self._sending)
        self._loop = None

    async def _turn(self) -> None:
        """Wait for a mail or its time, then send. What has no room now is looked for again after the pause."""
        if len(self._sending) >= self._settings.mail_parallel:
            await asyncio.wait(self._sending, timeout=LOOK_S, return_when=asyncio.FIRST_COMPLETED)
        else:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._new.wait(), self._look_s)
        self._look_s = LOOK_S
        next_s = await self._carry()
        self._look_s = min(LOOK_S, LOOK_S if next_s is None else next_s)

    async def _carry(self) -> float | None:
        """Begin to send what is due, as far as there is room; returns in how many seconds the next is due."""
        self._new.clear()
        settings = self._settings
        async with self._taking:  # who drains meanwhile would take a lease for a pause
            room = settings.mail_parallel - len(self._sending)
            lease_s = LEASE_TIMEOUTS * settings.mail_timeout_s
            taken = await self.store.take(room, lease_s, settings.mail_longest_retry_s)
            for waiting in taken.mails:
                task = asyncio.create_task(self._send(waiting))
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)
        return taken.next_s

    async def _send(self, waiting: Waiting) -> None:
        """Try it once. When the store is away in the end, the mail is tried again after its lease."""
        mail = waiting.mail
        try:
            if mail is None:
                self._log.write("mail.lost", reason="closed by another master key")
                await self.store.done(waiting.id)
            elif self._now_s() >= mail.until_s:
                await self._end(waiting.id, mail, "failed", waiting.tries, "too late")
            else:
                await self._try(waiting.id, mail, waiting.tries)
        except StoreDown:
            self._metrics.store_down.inc()

    async def _try(self, mail_id: str, mail: Mail, tries: int) -> None:
        try:
            async with asyncio.timeout(SEND_TIMEOUTS * self._settings.mail_timeout_s):
                await self._mailer.send(mail)
        except MailError as error:
            if not error.of_address:  # that is a slip of whoever typed it, and says nothing of other mails
                await self.store.failing(True, REFUSED_S if error.permanent else DAY_S)
            if error.permanent:
                await self._end(mail_id, mail, "refused", tries, str(error))
            else:
                await self._again(mail_id, mail, tries, str(error))
        except TimeoutError:
            await self.store.failing(True)
            await self._again(mail_id, mail, tries, "TimeoutError")
        except Exception as error:  # a broken mailer must not take the other mails with it
            await self._end(mail_id, mail, "failed", tries, type(error).__name__)
        else:
            await self.store.failing(False)
            await self._end(mail_id, mail, "sent", tries, "")

    async def _again(self, mail_id: str, mail: Mail, tries: int, reason: str) -> None:
        settings = self._settings
        wait_s = min(settings.mail_first_retry_s * 2 ** min(tries - 1, 20), settings.mail_longest_retry_s)
        if self._now_s() + wait_s >= mail.until_s:
            await self._end(mail_id, mail, "failed", tries, reason)
            return
        self._log.write("mail.retry", kind=mail.kind, tries=tries, reason=reason, wait_s=wait_s)
        await self.store.again(mail_id, wait_s)

    async def _end(self, mail_id: str, mail: Mail, outcome: str, tries: int, reason: str) -> None:
        self._ended(mail, outcome, tries, reason)
        await self.store.done(mail_id)

    def _ended(self, mail: Mail, outcome: str, tries: int, reason: str) -> None:
        self._metrics.mails.labels(mail.kind, outcome).inc()
        self._log.write(f"mail.{outcome}", kind=mail.kind, tries=tries, reason=reason)
