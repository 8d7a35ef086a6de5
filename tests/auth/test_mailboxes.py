"""One mailbox is one person, and mail goes to the address as it was written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from auth.checks import mail
from auth.mail.mailers import SmtpMailer
from auth.settings import Settings
from tests.auth.test_sign_in import other_than
from tests.auth.world import World
from tests.fakes.smtp import SmtpServer

pytestmark = pytest.mark.no_cover

SENDER = "Chat <no-reply@chat.test>"
SPELLINGS = ["Ann@Example.org", "ANN@EXAMPLE.ORG", "ann@example.org", "aNN@example.org"]


@pytest.fixture
async def smtp() -> AsyncIterator[SmtpServer]:
    server = SmtpServer(takes_utf8=True)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def mail_world(make_world: Callable[..., World], smtp: SmtpServer) -> World:
    return make_world(mailer=SmtpMailer(smtp.url, SENDER, 10), smtp_url=smtp.url, smtp_utf8=True)


async def test_one_mailbox_is_one_person(world: World) -> None:
    subs = set()
    for spelling in SPELLINGS[:3]:
        device = await world.device()
        await device.ask(spelling)
        await device.enter(spelling, await world.code())
        subs.add(device.tokens["sub"])
        world.moment.go(400)
    assert len(subs) == 1
    await world.mail()
    assert world.kinds().count("new device") == 2


@pytest.mark.parametrize("email", ["ann@example.org", "a.nn@example.org", "ann+x@example.org", "anna@example.org"])
async def test_what_providers_deliver_to_one_mailbox_is_several_people(world: World, email: str) -> None:
    """Not all do so. Only limits count these as one."""
    ann = await world.signed_in("Ann@example.org")
    world.moment.go(60)
    other = await world.signed_in(email)
    assert (ann.tokens["sub"] == other.tokens["sub"]) == (email == "ann@example.org")


async def test_a_code_is_good_for_any_spelling_of_its_mailbox(world: World) -> None:
    device = await world.device()
    await device.ask("Ann@Example.org")
    assert (await device.enter("ann@example.org", await world.code())).status == 200


async def test_a_mailbox_has_one_limit_of_mails(world: World) -> None:
    for spelling in SPELLINGS:
        assert (await (await world.device()).ask(spelling)).status == 200
    await world.mail()
    assert world.kinds() == ["code"]


async def test_a_mailbox_has_one_count_of_wrong_codes(make_world: Callable[..., World]) -> None:
    world = make_world(hold_after=2)
    answers = []
    for spelling in SPELLINGS[:3]:
        device = await world.device()
        await device.ask(spelling)
        code = await world.code()
        answers.append((await device.enter(spelling, other_than(code))).code)
        world.moment.go(20)
    assert answers == ["code.wrong", "code.wrong", "account.held"]


async def test_a_known_device_is_known_under_any_spelling(world: World) -> None:
    """It has a limit of its own, which others cannot use up."""
    device = await world.signed_in("Ann@example.org")
    world.moment.go(60)
    await (await world.device()).ask("ann@example.org")
    await device.ask("ANN@example.org")
    await world.mail()
    assert world.kinds() == ["code", "code", "code"]


@pytest.mark.parametrize(
    ("written", "to"),
    [
        ("Ann@Example.org", "Ann@example.org"),
        ("ann@weiß.example", "ann@xn--wei-7ka.example"),
        ("Ann@MÜNCHEN.de", "Ann@xn--mnchen-3ya.de"),
        ("straße@example.org", "straße@example.org"),
        ("Straße@weiß.example", "Straße@xn--wei-7ka.example"),
        ("अन्ना@उदाहरण.भारत", "अन्ना@xn--p1b6ci4b4b3a.xn--h2brj9c"),
    ],
)
async def test_mail_goes_to_where_it_was_written(mail_world: World, smtp: SmtpServer, written: str, to: str) -> None:
    device = await mail_world.device()
    assert (await device.ask(written)).status == 200
    await mail_world.mail()
    assert smtp.recipients == [to]
    assert smtp.messages[0]["to"] == to


async def test_who_has_the_mailbox_next_door_is_somebody_else(mail_world: World, smtp: SmtpServer) -> None:
    subs = []
    for email in ("straße@example.org", "strasse@example.org", "stra\u017fe@example.org"):
        device = await mail_world.device()
        await device.ask(email)
        await mail_world.mail()
        body = smtp.messages[-1].get_body(("plain",))
        assert body is not None
        await device.enter(email, body.get_content()[:9])
        subs.append(device.tokens["sub"])
    assert smtp.recipients == ["straße@example.org", "strasse@example.org", "stra\u017fe@example.org"]
    assert len(set(subs)) == 3


async def test_letters_that_the_mail_server_does_not_take_are_told(make_world: Callable[..., World]) -> None:
    world = make_world(smtp_url="smtp://mail.test")
    device = await world.device()
    answer = await device.ask("straße@example.org")
    assert (answer.status, answer.code) == (400, "email.letters")
    assert (await device.ask("stra ße@example.org")).code == "email.invalid"
    assert (await device.ask("u@straße.example")).status == 200


@pytest.mark.parametrize("offers", [True, False])
async def test_the_check_tells_a_mail_server_that_takes_fewer_letters_than_set(offers: bool) -> None:
    server = SmtpServer(takes_utf8=offers)
    await server.start()
    found = await mail.findings(Settings(smtp_url=server.url, smtp_utf8=True, mail_from=SENDER), None)
    await server.stop()
    assert any("AUTH_SMTP_UTF8=0" in finding.sentence for finding in found) == (not offers)
