"""Mails on their way: sent beside the answer, so that its time tells nothing, and tried again while it is of use."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from auth.log import Log
from auth.mail import Mail
from auth.mailers import Mailer, MailError
from auth.metrics import Metrics
from auth.settings import Settings


class MailQueue:
    """One task a mail, a few at a time. `sleep` and `now_s` are replaced in tests."""

    def __init__(
        self,
        mailer: Mailer,
        settings: Settings,
        log: Log,
        metrics: Metrics,
        now_s: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._mailer = mailer
        self._settings = settings
        self._log = log
        self._metrics = metrics
        self._now_s = now_s
        self._sleep = sleep
        self._gate = asyncio.Semaphore(settings.mail_parallel)
        self._tasks: set[asyncio.Task[None]] = set()

    def is_full(self) -> bool:
        return len(self._tasks) >= self._settings.mail_queue

    def put(self, mail: Mail) -> None:
        """Send `mail` soon. A full queue drops it, logged: ask `is_full` before promising anything."""
        if self.is_full():
            self._ended(mail, "dropped", 0, "queue full")
            return
        task = asyncio.create_task(self._carry(mail))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self, patience_s: float) -> int:
        """Wait for the mails on their way; returns how many are still undelivered."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience_s)
        return len(self._tasks)

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _carry(self, mail: Mail) -> None:
        wait_s, tries = self._settings.mail_first_retry_s, 0
        while True:
            tries += 1
            reason = await self._try(mail, tries)
            if reason is None:
                return
            if self._now_s() + wait_s >= mail.until_s:
                self._ended(mail, "failed", tries, reason)
                return
            self._log.write("mail.retry", kind=mail.kind, tries=tries, reason=reason, wait_s=wait_s)
            await self._sleep(wait_s)
            wait_s = min(wait_s * 2, self._settings.mail_longest_retry_s)

    async def _try(self, mail: Mail, tries: int) -> str | None:
        """None when there is nothing left to do, else why it has to be tried again."""
        try:
            async with self._gate:
                await self._mailer.send(mail)
        except MailError as error:
            if not error.permanent:
                return str(error)
            self._ended(mail, "refused", tries, str(error))
        except Exception as error:  # a broken mailer must not take the other mails with it
            self._ended(mail, "failed", tries, type(error).__name__)
        else:
            self._ended(mail, "sent", tries, "")
        return None

    def _ended(self, mail: Mail, outcome: str, tries: int, reason: str) -> None:
        self._metrics.mails.labels(mail.kind, outcome).inc()
        self._log.write(f"mail.{outcome}", kind=mail.kind, tries=tries, reason=reason)
