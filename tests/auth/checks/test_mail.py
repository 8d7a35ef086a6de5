"""The mail server."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auth.checks import mail
from auth.mail.mailers import MailError, SmtpMailer
from auth.mail.store import FAILING
from auth.settings import Settings
from auth.store.shared import Store
from tests.auth.checks.findings import client, marks, only
from tests.auth.mails import MAILS, SENDER
from tests.auth.world import World
from tests.fakes.redis_server import RedisServer
from tests.fakes.serving import free_port
from tests.fakes.smtp import SmtpServer


async def test_the_mail_server_is_greeted_and_on_demand_given_a_mail(smtp: SmtpServer) -> None:
    settings = Settings(smtp_url=smtp.url, mail_from="Chat <no-reply@chat.example.org>")
    assert marks(await mail.findings(settings, None)) == ["ok", "WARN"]
    assert smtp.messages == []
    assert marks(await mail.findings(settings, "you@example.org")) == ["ok", "ok"]
    assert smtp.recipients == ["you@example.org"]


@pytest.mark.parametrize(("name", "advice"), [
    ("SMTPAuthenticationError", "user and password"), ("SMTPConnectError", "firewall"), ("Strange", "log of the mail")
])
async def test_a_mail_server_that_does_not_let_us_in_is_told(
    monkeypatch: pytest.MonkeyPatch, name: str, advice: str
) -> None:
    async def refuse(self: SmtpMailer) -> None:
        raise MailError(name, permanent=False)

    monkeypatch.setattr(SmtpMailer, "greet", refuse)
    assert advice in only(await mail.findings(Settings(smtp_url="smtp://mail.example.org"), None), "FAIL")


async def test_a_mail_server_that_is_away_is_told() -> None:
    found = await mail.findings(Settings(smtp_url=f"smtp://127.0.0.1:{free_port()}"), None)
    assert "nothing answers there" in only(found, "FAIL")


@pytest.mark.parametrize("reply", ["", "452 4.2.2 Over quota"])
async def test_a_mail_server_that_takes_a_mail_only_later_is_told_so(smtp: SmtpServer, reply: str) -> None:
    smtp.greylists = reply == ""
    smtp.replies.append(reply)
    settings = Settings(smtp_url=smtp.url, mail_from="Chat <no-reply@chat.example.org>")
    found = await mail.findings(settings, "you@example.org")
    assert marks(found) == ["ok", "FAIL"]
    assert found[1].sentence.startswith("it takes the mail only later")


async def test_a_mail_server_that_never_takes_a_mail_is_told_so(smtp: SmtpServer) -> None:
    smtp.replies.append("550 5.7.1 Spam")
    settings = Settings(smtp_url=smtp.url, mail_from="Chat <no-reply@chat.example.org>")
    assert "log of the mail server" in only(await mail.findings(settings, "you@example.org"), "FAIL")


async def test_mails_of_visitors_that_do_not_leave_are_told_after_a_minute(
    make_world: Callable[..., World], smtp: SmtpServer
) -> None:
    world = make_world(mailer=SmtpMailer(smtp.url, SENDER, 10))
    smtp.refusals = {"MAIL": "550 5.7.1 Sender not allowed"}
    await world.service.mails.store.put(MAILS[1])
    await world.mail()
    world.moment.go(59)
    assert await mail.waiting(world.store) == []
    world.moment.go(1)
    assert "have not left for 1 min: look for mail.refused" in only(await mail.waiting(world.store), "FAIL")


async def test_what_redis_does_not_say_of_mails_is_told_elsewhere(
    redis_server: RedisServer, opened: Callable[[str], Store]
) -> None:
    client(redis_server).lpush(FAILING, "x")
    assert await mail.waiting(opened(redis_server.url)) == []
    assert await mail.waiting(opened(f"redis://127.0.0.1:{free_port()}")) == []


@pytest.mark.parametrize(("development", "mark"), [(True, "WARN"), (False, "FAIL")])
async def test_without_a_mail_server_no_code_is_sent(development: bool, mark: str) -> None:
    assert marks(await mail.findings(Settings(development=development), None)) == [mark]
