"""Sign-ins, renewals and ends of one person, all at once, at two real workers of one service on one Redis."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from auth.key_folder import new_folder
from tests.auth.device import ORIGIN, Answer, Device
from tests.auth.test_serve import PATIENCE_S, ROOT, answering, free_port
from tests.fakes.effort import many
from tests.fakes.processes import connections, sockets, workers_of
from tests.fakes.redis_server import PATIENT, RedisServer
from tests.fakes.smtp import SmtpServer

pytestmark = pytest.mark.no_cover

EMAIL = "ada@example.org"
CODE, NEW = "Your code to sign in to the chat", "A new device signed in to the chat"
AT_ONCE = many(10, 50)
# Nobody waits for another code, and a caller may do all of this.
RULES = {
    "AUTH_RESEND_AFTER_S": "0",
    "AUTH_SEND_EMAIL_15MIN": "5",
    "AUTH_VERIFY_IP_10MIN": "1000",
    "AUTH_REFRESH_IP_10MIN": "1000",
    "AUTH_TRUSTED_PROXIES": "none",
    "AUTH_MAIL_FROM": "Chat <no-reply@chat.example.org>",
    "AUTH_STORE_TIMEOUT_MS": str(PATIENT.timeout_ms),
    "AUTH_STORE_WAIT_MS": str(PATIENT.wait_ms),
}


class Ada:
    """Her devices, and the mailbox from which they have their codes."""

    def __init__(self, http: httpx.AsyncClient, service_key: str, smtp: SmtpServer) -> None:
        self._http = http
        self._service_key = service_key
        self._smtp = smtp

    async def asked(self) -> tuple[Device, str]:
        """A new device, and the code that it waits for."""
        device = await Device(self._http, self._service_key, time.time, ORIGIN).prepare()
        had = self.mails()[CODE]
        assert (await device.ask(EMAIL)).status == 200
        await self.gets(CODE, had + 1)
        codes = [mail for mail in self._smtp.messages if mail["subject"] == CODE]
        plain = codes[-1].get_body(("plain",))
        assert plain is not None
        return device, str(plain.get_content()).partition("\n")[0].strip()

    async def signed_in(self) -> Device:
        device, code = await self.asked()
        assert (await device.enter(EMAIL, code)).status == 200
        return device

    def mails(self) -> Counter[str]:
        return Counter(str(mail["subject"]) for mail in self._smtp.messages)

    async def gets(self, subject: str, count: int) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while self.mails()[subject] < count:  # noqa: ASYNC110 - of another process there is nothing to await
                await asyncio.sleep(0.02)


@pytest.fixture
async def ada(tmp_path: Path, redis_server: RedisServer, smtp: SmtpServer) -> AsyncIterator[Ada]:
    service_key = new_folder(tmp_path / "keys", "https://auth.example.org", int(time.time()))
    port = free_port()
    places = {"AUTH_KEY_FOLDER": str(tmp_path / "keys"), "AUTH_PORT": str(port), "AUTH_ORIGINS": ORIGIN}
    servers = {"AUTH_REDIS_URL": redis_server.url, "AUTH_SMTP_URL": smtp.url}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "auth", "serve", "--workers", "2",
        cwd=ROOT, env={**os.environ, **RULES, **places, **servers}, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        limits = httpx.Limits(max_connections=5 * AT_ONCE, max_keepalive_connections=5 * AT_ONCE)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE_S, limits=limits) as http:
            await answering(http)
            await both_have_some(http, process.pid, port)
            yield Ada(http, service_key, smtp)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await asyncio.wait_for(process.wait(), PATIENCE_S)


async def both_have_some(http: httpx.AsyncClient, parent: int, port: int) -> None:
    """Open connections until each worker has taken some, which the calls of the test then use."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            await asyncio.gather(*(http.get("/health/live") for _ in range(5 * AT_ONCE)))
            taken = set(connections(port))
            if len([worker for worker in workers_of(parent) if taken & sockets(worker)]) == 2:
                return


async def test_of_each_call_one_counts(ada: Ada) -> None:
    first, second, leaving = [await ada.signed_in() for _ in range(3)]
    coming, code = await ada.asked()
    shown, last = first.refresh, leaving.refresh
    entered, renewed, ended, kept, left = await asyncio.gather(
        at_once(lambda: coming.enter(EMAIL, code)),
        at_once(lambda: first.renew(shown)),
        at_once(lambda: first.end(shown, id=second.id)),
        at_once(lambda: leaving.renew(last)),
        at_once(lambda: leaving.leave(last)),
    )
    assert codes(entered) == Counter({"": 1, "code.used": AT_ONCE - 1})
    assert codes(renewed) == Counter({"": AT_ONCE})
    assert len({answer.fields["refresh"] for answer in renewed}) == 1
    assert codes(ended).keys() <= {"", "device.unknown"}
    assert codes(ended)[""] >= 1
    assert codes(kept).keys() <= {"", "token.invalid"}
    assert len({answer.fields["refresh"] for answer in kept if answer.status == 200}) <= 1
    assert codes(left) == Counter({"": AT_ONCE})
    assert (await second.renew()).code == (await leaving.renew()).code == "token.invalid"
    assert (await first.renew()).status == (await coming.renew()).status == 200
    listed = [device["id"] for device in (await first.devices()).fields["devices"]]
    assert sorted(listed) == sorted([first.id, coming.id])
    await ada.gets(NEW, 3)
    assert ada.mails() == Counter({CODE: 4, NEW: 3})


async def at_once(call: Callable[[], Awaitable[Answer]]) -> list[Answer]:
    return list(await asyncio.gather(*(call() for _ in range(AT_ONCE))))


def codes(answers: list[Answer]) -> Counter[str]:
    return Counter(answer.code for answer in answers)
