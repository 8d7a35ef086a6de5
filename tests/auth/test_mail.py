"""Mails leave by SMTP, and a broken mail server loses no answer."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from email.message import EmailMessage

import aiosmtplib
import pytest

from auth.mail.mailers import Mailbox, MailError, SmtpMailer
from auth.mail.mails import Mail, code_mail
from auth.mail.store import Taken
from tests.auth.mails import EMAIL, MAILS, ORIGIN, SENDER
from tests.auth.world import World
from tests.fakes.moment import START_S
from tests.fakes.smtp import SmtpServer


def plain_text(message: EmailMessage) -> str:
    plain = message.get_body(("plain",))
    assert plain is not None
    return str(plain.get_content())


@pytest.fixture
def mail_world(make_world: Callable[..., World], smtp: SmtpServer) -> World:
    return make_world(mailer=SmtpMailer(smtp.url, SENDER, 10))


async def test_a_code_arrives_by_smtp_and_signs_in(mail_world: World, smtp: SmtpServer) -> None:
    device = await mail_world.device()
    await device.ask(EMAIL)
    await mail_world.mail()
    assert smtp.recipients == [EMAIL]
    message = smtp.messages[0]
    text = plain_text(message)
    found = re.search(r"^(\d{4} \d{4})\r?$", text, re.MULTILINE)
    assert found is not None
    assert (await device.enter(EMAIL, found.group(1))).status == 200
    assert found.group(1)[:4] not in str(message["subject"])
    assert "https://site.test" in text
    assert "15 January 2027 at 08:00 UTC" in text
    assert "Firefox on Linux" in text
    assert "Never share this code" in text
    assert message["from"] == SENDER
    assert message["auto-submitted"] == "auto-generated"


async def test_the_owner_reads_of_a_new_device_what_it_is_and_what_to_do(mail_world: World, smtp: SmtpServer) -> None:
    async def sign_in() -> None:
        device = await mail_world.device()
        await device.ask(EMAIL)
        await mail_world.mail()
        code = re.search(r"^(\d{4} \d{4})\r?$", plain_text(smtp.messages[-1]), re.MULTILINE)
        assert code is not None
        assert (await device.enter(EMAIL, code.group(1))).status == 200

    await sign_in()
    mail_world.moment.go(60)
    await sign_in()
    await mail_world.mail()
    assert smtp.recipients == [EMAIL] * 3
    text = plain_text(smtp.messages[-1])
    assert "https://site.test on 15 January 2027 at 08:01 UTC with Firefox on Linux" in text
    assert "change the password of your mailbox, then sign that device out" in text
    assert '"Your devices"' in text
    assert re.search(r"\d{4} \d{4}|\d+\.\d+\.\d+\.\d+|[0-9a-f]{16}", text) is None


async def test_a_mail_server_that_is_away_loses_no_answer_and_no_mail(mail_world: World, smtp: SmtpServer) -> None:
    port = smtp.port
    await smtp.stop()
    device = await mail_world.device()
    waits: list[float] = []

    async def back_after_three(seconds: float) -> None:
        waits.append(seconds)
        mail_world.moment.go(seconds)
        if len(waits) == 3:
            await smtp.start(port)

    mail_world.sleep_hook = back_after_three
    assert (await device.ask(EMAIL)).status == 200
    await mail_world.mail()
    assert waits == [2, 4, 8]
    assert smtp.recipients == [EMAIL]
    log = mail_world.log.getvalue()
    assert log.count('"mail.retry"') == 3
    assert log.count('"mail.sent"') == 1


async def test_a_temporary_refusal_is_tried_again(mail_world: World, smtp: SmtpServer) -> None:
    smtp.replies.extend(["451 later", "452 later still"])
    await (await mail_world.device()).ask(EMAIL)
    await mail_world.mail()
    assert len(smtp.messages) == 1


async def test_a_final_refusal_is_not_tried_again(mail_world: World, smtp: SmtpServer) -> None:
    smtp.replies.append("550 no such mailbox")
    assert (await (await mail_world.device()).ask(EMAIL)).status == 200
    await mail_world.mail()
    assert smtp.messages == []
    assert '"mail.refused"' in mail_world.log.getvalue()
    assert '"mail.retry"' not in mail_world.log.getvalue()


async def test_a_mail_is_given_up_when_its_code_has_expired(make_world: Callable[..., World]) -> None:
    class Dead:
        async def send(self, mail: Mail) -> None:
            raise MailError("down", permanent=False)

    world = make_world(mailer=Dead())
    await (await world.device()).ask(EMAIL)
    await world.mail()
    assert world.moment.now_s() < START_S + 600
    assert '"mail.failed"' in world.log.getvalue()
    waits = [int(wait) for wait in re.findall(r'"wait_s": (\d+)', world.log.getvalue())]
    assert waits[:7] == [2, 4, 8, 16, 32, 60, 60]


async def test_a_broken_mailer_does_not_break_the_others(make_world: Callable[..., World]) -> None:
    class Moody(Mailbox):
        async def send(self, mail: Mail) -> None:
            if mail.to == EMAIL:
                raise RuntimeError("bug")
            await super().send(mail)

    mailer = Moody()
    world = make_world(mailer=mailer)
    await (await world.device()).ask(EMAIL)
    await (await world.device()).ask("bob@example.org")
    await world.mail()
    assert [mail.to for mail in mailer.mails] == ["bob@example.org"]
    assert '"RuntimeError"' in world.log.getvalue()


@pytest.mark.parametrize(("waiting", "status"), [(2, 200), (3, 503)])
async def test_a_full_queue_promises_no_mail(make_world: Callable[..., World], waiting: int, status: int) -> None:
    gate = asyncio.Event()

    class Slow(Mailbox):
        async def send(self, mail: Mail) -> None:
            await gate.wait()

    world = make_world(mailer=Slow(), mail_queue=3)
    for number in range(waiting):
        assert (await (await world.device()).ask(f"p{number}@example.org")).status == 200
    answer = await (await world.device()).ask(EMAIL)
    assert (answer.status, answer.fields.get("retryAfter", 0)) == (status, 30 if status == 503 else 0)
    gate.set()
    await world.mail()


def test_only_an_smtp_url_is_taken() -> None:
    for url in ("http://mail.test", "smtp://", "mail.test:25"):
        with pytest.raises(ValueError, match="AUTH_SMTP_URL"):
            SmtpMailer(url, SENDER, 1)


async def test_a_server_far_away_must_offer_starttls(smtp: SmtpServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """ "127.0.0.2" stands for a far host: it is not on the list of loopback names."""
    mailer = SmtpMailer(smtp.url, SENDER, 5)
    monkeypatch.setattr("auth.mail.mailers.LOOPBACK_HOSTS", ())
    with pytest.raises(MailError):
        await mailer.send(MAILS[0])
    assert smtp.messages == []


async def test_a_development_mailbox_prints_and_forgets(capsys: pytest.CaptureFixture[str]) -> None:
    import sys

    mailbox = Mailbox(sys.stdout, kept=2)
    for mail in MAILS:
        await mailbox.send(mail)
    assert len(mailbox.mails) == 2
    assert "1234 5678" in capsys.readouterr().out


def recipients(*codes: int) -> aiosmtplib.SMTPRecipientsRefused:
    refused = [aiosmtplib.SMTPRecipientRefused(code, "no", EMAIL) for code in codes]
    return aiosmtplib.SMTPRecipientsRefused(refused)


@pytest.mark.parametrize(("error", "permanent", "of_address"), [
    (aiosmtplib.SMTPResponseException(499, "later"), False, False),
    (aiosmtplib.SMTPResponseException(500, "never"), True, False),
    (aiosmtplib.SMTPSenderRefused(550, "not you", SENDER), True, False),
    (aiosmtplib.SMTPDataError(550, "never"), True, False),
    (aiosmtplib.SMTPAuthenticationError(535, "who are you"), False, False),
    (recipients(499), False, False),
    (recipients(500), True, True),
    (recipients(500, 451), False, False),
    (aiosmtplib.SMTPServerDisconnected("gone"), False, False),
    (OSError("gone"), False, False),
    (TimeoutError(), False, False),
])
async def test_only_a_refusal_of_this_mail_is_final(
    monkeypatch: pytest.MonkeyPatch, error: Exception, permanent: bool, of_address: bool
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("auth.mail.mailers.aiosmtplib.send", refuse)
    with pytest.raises(MailError) as caught:
        await SmtpMailer("smtp://mail.test", SENDER, 1).send(MAILS[0])
    assert (caught.value.permanent, caught.value.of_address) == (permanent, of_address)
    assert str(caught.value) == type(error).__name__


@pytest.mark.parametrize(("url", "expected"), [
    ("smtp://mail.test", ("mail.test", 587, None, None, False, True)),
    ("smtp://mail.test:2525", ("mail.test", 2525, None, None, False, True)),
    ("smtps://u%40x:p%3Aw@mail.test", ("mail.test", 465, "u@x", "p:w", True, None)),
    ("smtp://localhost", ("localhost", 587, None, None, False, None)),
    ("smtp://127.0.0.1:25", ("127.0.0.1", 25, None, None, False, None)),
])
async def test_the_url_says_how_mail_leaves(
    monkeypatch: pytest.MonkeyPatch, url: str, expected: tuple[object, ...]
) -> None:
    given: dict[str, object] = {}

    async def note(message: object, **options: object) -> None:
        given.update(options)

    monkeypatch.setattr("auth.mail.mailers.aiosmtplib.send", note)
    await SmtpMailer(url, SENDER, 7).send(MAILS[0])
    names = ("hostname", "port", "username", "password", "use_tls", "start_tls")
    assert tuple(given[name] for name in names) == expected
    assert given["timeout"] == 7


class Moody:
    """Raises what it is told to, then delivers."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.sent = 0

    async def send(self, mail: Mail) -> None:
        if len(self.errors) > 0:
            raise self.errors.pop(0)
        self.sent += 1


@pytest.mark.parametrize(("error", "event", "reason"), [
    (MailError("SMTPDataError", permanent=True), "mail.refused", "SMTPDataError"),
    (RuntimeError("quotes"), "mail.failed", "RuntimeError"),
])
async def test_a_mail_that_ends_at_once_is_told_with_its_reason(
    make_world: Callable[..., World], error: Exception, event: str, reason: str
) -> None:
    world = make_world(mailer=Moody(error))
    await world.service.mails.put(MAILS[0])
    await world.mail()
    told = [json.loads(line) for line in world.log.getvalue().splitlines()]
    assert [(line["event"], line["kind"], line["tries"], line["reason"]) for line in told] == [
        (event, "code", 1, reason)
    ]
    outcome = event.removeprefix("mail.")
    assert f'auth_mails_total{{kind="code",outcome="{outcome}"}} 1.0' in world.service.metrics.text().decode()


async def test_every_retry_is_told(make_world: Callable[..., World]) -> None:
    mailer = Moody(MailError("one", permanent=False), MailError("two", permanent=False))
    world = make_world(mailer=mailer)
    await world.service.mails.put(code_mail(EMAIL, "12345678", ORIGIN, "", START_S, 600))
    await world.mail()
    told = [json.loads(line) for line in world.log.getvalue().splitlines()]
    assert [(line["event"], line["kind"], line["tries"], line["reason"]) for line in told] == [
        ("mail.retry", "code", 1, "one"), ("mail.retry", "code", 2, "two"), ("mail.sent", "code", 3, "")
    ]
    assert [line.get("wait_s") for line in told] == [2, 4, None]
    assert mailer.sent == 1


@pytest.mark.parametrize(("life_s", "sent"), [(2, 0), (3, 1)])
async def test_a_mail_that_is_of_no_use_after_the_pause_is_given_up(
    make_world: Callable[..., World], life_s: int, sent: int
) -> None:
    mailer = Moody(MailError("down", permanent=False))
    world = make_world(mailer=mailer)
    await world.service.mails.put(code_mail(EMAIL, "12345678", ORIGIN, "", START_S, life_s))
    await world.mail()
    assert mailer.sent == sent


async def test_a_full_queue_drops_what_nobody_was_promised(make_world: Callable[..., World]) -> None:
    mailer = Moody()
    world = make_world(mailer=mailer, mail_queue=2)
    for _ in range(3):
        await world.service.mails.put(MAILS[0])
    assert await world.service.mails.store.is_full()
    (line,) = [json.loads(line) for line in world.log.getvalue().splitlines()]
    assert (line["event"], line["tries"], line["reason"]) == ("mail.dropped", 0, "queue full")
    await world.mail()
    assert mailer.sent == 2


async def test_who_drains_sends_nothing_twice_that_is_just_being_taken(
    make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    mailer = Moody()
    world = make_world(mailer=mailer)
    mails = world.service.mails
    take, taking, given = mails.store.take, asyncio.Event(), asyncio.Event()

    async def slowly(most: int, lease_s: float, longest_wait_s: float) -> Taken:
        monkeypatch.setattr(mails.store, "take", take)
        taken = await take(most, lease_s, longest_wait_s)
        taking.set()
        for _ in range(100):  # a busy worker
            await asyncio.sleep(0.001)
        given.set()
        return taken

    monkeypatch.setattr(mails.store, "take", slowly)
    await mails.put(MAILS[0])
    await taking.wait()
    await world.mail()
    await given.wait()
    await world.mail()
    assert mailer.sent == 1


async def test_draining_has_an_end(make_world: Callable[..., World]) -> None:
    gate = asyncio.Event()

    class Slow:
        async def send(self, mail: Mail) -> None:
            await gate.wait()

    world = make_world(mailer=Slow())
    assert await world.service.mails.drain(0) == 0
    await world.service.mails.put(MAILS[0])
    assert await world.service.mails.drain(0) == 1
    gate.set()
    assert await world.service.mails.drain(10) == 0
