"""Mails: what they say, that they leave by SMTP, and that a broken mail server loses no answer."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Callable, Iterator

import aiosmtplib
import pytest

from auth.mail.mailers import Mailbox, MailError, SmtpMailer
from auth.mail.mails import Mail, browser_of, code_mail, locked_mail, new_device_mail, reused_mail
from auth.otp import shown_code
from tests.auth.world import World
from tests.fakes.moment import START_S
from tests.fakes.smtp import SmtpServer
from widget.core.codes import code_in

EMAIL = "ada@example.org"
SENDER = "Chat <no-reply@chat.test>"
ORIGIN = "https://site.test"
MAILS = [
    code_mail(EMAIL, "12345678", ORIGIN, "Firefox on Linux", START_S, 600),
    new_device_mail(EMAIL, ORIGIN, "Firefox on Linux", START_S),
    locked_mail(EMAIL, ORIGIN, START_S, 86400),
    reused_mail(EMAIL, ORIGIN, START_S),
]


@pytest.fixture
async def smtp() -> AsyncIterator[SmtpServer]:
    server = SmtpServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def mail_world(make_world: Callable[..., World], smtp: SmtpServer) -> World:
    return make_world(mailer=SmtpMailer(smtp.url, SENDER, 10))


async def test_a_code_arrives_by_smtp_and_signs_in(mail_world: World, smtp: SmtpServer) -> None:
    device = await mail_world.device()
    await device.ask(EMAIL)
    await mail_world.mail()
    assert smtp.recipients == [EMAIL]
    message = smtp.messages[0]
    plain = message.get_body(("plain",))
    assert plain is not None
    text = plain.get_content()
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


@pytest.mark.parametrize("code", ["12345678", "00000000", "20261129", "99999999"])
def test_the_code_is_found_in_the_whole_mail_and_in_each_line_of_it(code: str) -> None:
    """People paste what they have selected: a line, all of it, the subject too."""
    mail = code_mail(EMAIL, code, ORIGIN, "Firefox on Linux", START_S, 600)
    page = re.sub(r"<[^>]*>", "", mail.html())
    for pasted in (mail.text(), page, page.replace("\n", ""), f"{mail.subject}\n{mail.text()}", shown_code(code)):
        assert code_in(pasted) == code
    assert [code_in(line) for line in mail.lines] == [""] * len(mail.lines)


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.kind)
def test_no_mail_has_a_link_a_picture_or_a_script(mail: Mail) -> None:
    page = mail.html().lower()
    for forbidden in ("<a", "href", "src", "<img", "url(", "<link", "<script", "<form", "@import"):
        assert forbidden not in page
    assert page.count("<p") == mail.text().count("\n\n") + 1


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.kind)
def test_a_mail_shows_nothing_of_itself_in_a_log(mail: Mail) -> None:
    assert EMAIL not in repr(mail)
    assert "12345678" not in repr(mail)
    assert "site.test" not in repr(mail)


def test_what_comes_from_outside_is_text_in_the_page() -> None:
    mail = code_mail(EMAIL, "12345678", "https://<b>.test", browser_of("<script> Firefox"), START_S, 600)
    assert "&lt;b&gt;" in mail.html()
    assert "script" not in mail.text()


@pytest.mark.parametrize(("life_s", "told"), [(600, "for 10 minutes"), (599, "for 9 minutes")])
def test_a_code_mail_says_how_many_whole_minutes_it_lives(life_s: int, told: str) -> None:
    assert told in code_mail(EMAIL, "12345678", ORIGIN, "Firefox", START_S, life_s).text()


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server that goes by the clock of Tokyo."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "JST-9")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("far_east")
def test_a_mail_tells_the_time_that_it_names_wherever_the_server_stands() -> None:
    assert time.localtime(START_S).tm_hour == 17
    assert "15 January 2027 at 08:00 UTC" in new_device_mail(EMAIL, ORIGIN, "Firefox", START_S).text()
    assert MAILS[0].message(SENDER, START_S)["date"] == "Fri, 15 Jan 2027 08:00:00 +0000"


@pytest.mark.parametrize(
    ("agent", "named"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("", "an unknown program"),
        ("click https://evil.test", "an unknown program"),
    ],
)
def test_a_browser_is_named_coarsely(agent: str, named: str) -> None:
    assert browser_of(agent) == named


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


@pytest.mark.parametrize(("error", "permanent"), [
    (aiosmtplib.SMTPResponseException(499, "later"), False),
    (aiosmtplib.SMTPResponseException(500, "never"), True),
    (aiosmtplib.SMTPDataError(550, "never"), True),
    (aiosmtplib.SMTPAuthenticationError(535, "who are you"), False),
    (recipients(499), False),
    (recipients(500), True),
    (recipients(500, 451), False),
    (aiosmtplib.SMTPServerDisconnected("gone"), False),
    (OSError("gone"), False),
    (TimeoutError(), False),
])
async def test_only_a_refusal_of_this_mail_is_final(
    monkeypatch: pytest.MonkeyPatch, error: Exception, permanent: bool
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("auth.mail.mailers.aiosmtplib.send", refuse)
    with pytest.raises(MailError) as caught:
        await SmtpMailer("smtp://mail.test", SENDER, 1).send(MAILS[0])
    assert caught.value.permanent is permanent
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


def test_a_mail_has_its_headers_and_two_forms() -> None:
    message = MAILS[0].message(SENDER, START_S)
    assert (message["subject"], message["to"], message["from"]) == (MAILS[0].subject, EMAIL, SENDER)
    assert message["date"] == "Fri, 15 Jan 2027 08:00:00 +0000"
    assert message["message-id"].endswith("@chat.test>")
    with pytest.raises(ValueError, match="write it like"):
        MAILS[0].message("", START_S)
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert plain.get_content() == MAILS[0].text()
    assert page.get_content_type() == "text/html"
    assert page.get_content().strip() == MAILS[0].html()


def test_a_mail_is_paragraphs() -> None:
    mail = Mail("code", 0, EMAIL, "s", ("one", "two & three"), "12345678")
    assert mail.text() == "1234 5678\n\none\n\ntwo & three\n"
    body = mail.html().partition('sans-serif">')[2]
    assert body == (
        '<p style="font-size:28px;letter-spacing:2px"><b>1234 5678</b></p>'
        "<p>one</p><p>two &amp; three</p></body></html>"
    )
    assert Mail("reused", 0, EMAIL, "s", ("one",)).text() == "one\n"
    assert Mail("reused", 0, EMAIL, "s", ("one",)).html().endswith('sans-serif"><p>one</p></body></html>')


def test_a_mail_is_tried_as_long_as_it_is_of_use() -> None:
    mails = [
        code_mail(EMAIL, "12345678", ORIGIN, "", START_S, 600),
        new_device_mail(EMAIL, ORIGIN, "", START_S),
        locked_mail(EMAIL, ORIGIN, START_S, 86400),
        reused_mail(EMAIL, ORIGIN, START_S),
    ]
    assert [mail.until_s - START_S for mail in mails] == [600, 86400, 86400, 86400]
    assert [mail.kind for mail in mails] == ["code", "new device", "locked", "reused"]
    assert {mail.to for mail in mails} == {EMAIL}


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
