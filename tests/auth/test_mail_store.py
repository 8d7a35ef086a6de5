"""Mails wait in the store: no worker's end loses one, no thief of the store reads one, and no two workers send one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auth.loops import Loops
from auth.mail.mailers import Mailbox, MailError, SmtpMailer
from auth.mail.mails import Mail, code_mail
from auth.mail.store import DAY_S, FAILING, MailStore, Taken
from auth.metrics import Metrics
from auth.store.shared import StoreDown
from tests.auth.mails import SENDER
from tests.auth.world import World
from tests.fakes.moment import START_S
from tests.fakes.redis_server import RedisServer
from tests.fakes.smtp import SmtpServer
from tests.signaling.world import until

EMAIL = "ada@example.org"
MAIL = code_mail(EMAIL, "12345678", "https://site.test", "Firefox on Linux", START_S, 600)
LEASE_S = 60
HOUR_S = 3600


def store_of(world: World) -> MailStore:
    return world.service.mails.store


async def test_a_mail_outlives_the_worker_that_was_to_send_it(make_world: Callable[..., World]) -> None:
    dead, other = make_world(), make_world()
    await store_of(dead).put(MAIL)
    await dead.close()
    await other.mail()
    assert list(other.mailbox.mails) == [MAIL]


async def test_a_worker_that_dies_while_it_sends_is_replaced_after_the_lease(make_world: Callable[..., World]) -> None:
    world = make_world()
    store = store_of(world)
    await store.put(MAIL)
    (waiting,) = (await store.take(4, LEASE_S, LEASE_S)).mails
    assert (waiting.mail, waiting.tries) == (MAIL, 1)
    for later_s, due in ((LEASE_S - 1, 0), (1, 1)):
        world.moment.go(later_s)
        assert len((await store.take(4, LEASE_S, LEASE_S)).mails) == due


async def test_a_mail_that_is_done_comes_back_by_no_late_word(world: World) -> None:
    store = store_of(world)
    await store.put(MAIL)
    (waiting,) = (await store.take(4, LEASE_S, LEASE_S)).mails
    await store.done(waiting.id)
    await store.again(waiting.id, 0)
    assert await store.take(4, LEASE_S, LEASE_S) == Taken([], None)


async def test_of_two_workers_one_sends(make_world: Callable[..., World]) -> None:
    worlds = [make_world(), make_world()]
    for number in range(20):
        await store_of(worlds[number % 2]).put(code_mail(f"p{number}@x.test", "1", "https://s.test", "", START_S, 600))
    for world in worlds:
        world.service.mails.start()
    await until(lambda: _is_empty(worlds[0]))
    assert sorted(mail.to for world in worlds for mail in world.mailbox.mails) == sorted(
        f"p{number}@x.test" for number in range(20)
    )


async def _is_empty(world: World) -> bool:
    return await store_of(world).count() == 0


async def test_a_thief_of_the_store_reads_no_mail(world: World, redis_server: RedisServer) -> None:
    await store_of(world).put(MAIL)
    dump = redis_server.dump()
    assert b"cw:{mails}:closed" in dump
    for secret in (EMAIL, MAIL.code, "site.test", "Firefox"):
        assert secret.encode() not in dump


async def test_a_mail_that_is_not_meant_is_not_kept(world: World) -> None:
    await world.service.mails.put(MAIL, is_meant=False)
    assert await store_of(world).count() == 0
    await world.mail()
    assert list(world.mailbox.mails) == []


async def test_a_mail_of_before_the_master_key_changed_is_given_up(
    make_world: Callable[..., World], tmp_path: Path
) -> None:
    world = make_world()
    await store_of(world).put(MAIL)
    (tmp_path / "keys" / "master.key").write_text("ab" * 32)
    other = make_world()
    await other.mail()
    assert list(other.mailbox.mails) == []
    assert '"mail.lost"' in other.log.getvalue()
    assert await store_of(other).count() == 0


async def test_a_mail_that_waited_too_long_is_not_sent(world: World) -> None:
    await store_of(world).put(MAIL)
    world.moment.go(600)
    await world.mail()
    assert list(world.mailbox.mails) == []
    told = [json.loads(line) for line in world.log.getvalue().splitlines()]
    assert [(line["event"], line["reason"]) for line in told] == [("mail.failed", "too late")]


class Dead:
    """A mail server that is away, until it is not."""

    def __init__(self) -> None:
        self.away = True
        self.box = Mailbox()

    async def send(self, mail: Mail) -> None:
        if self.away:
            raise MailError("down", permanent=False)
        await self.box.send(mail)


async def test_mails_that_cannot_leave_are_told_from_the_first_failure_to_the_next_success(
    make_world: Callable[..., World]
) -> None:
    mailer = Dead()
    world = make_world(mailer=mailer)
    store = store_of(world)
    assert await store.trouble_s() == 0
    await store.put(MAIL)
    for later_s, trouble_s in ((0, 0), (61, 61), (9, 70)):  # a second failure is not the first
        world.moment.go(later_s)
        assert await store.trouble_s() == trouble_s
        await world.service.mails._carry()
        await asyncio.gather(*world.service.mails._sending)
    mailer.away = False
    await world.mail()
    assert await store.trouble_s() == 0
    assert await world.store.command("EXISTS", FAILING) == 0


async def test_mails_that_nobody_takes_are_told(world: World) -> None:
    await store_of(world).put(MAIL)
    world.moment.go(75)
    assert await store_of(world).trouble_s() == 75


async def is_failing(world: World, smtp: SmtpServer, **refusals: str) -> bool:
    """Whether mails count as failing once the mail server has answered one so."""
    smtp.refusals = refusals
    await store_of(world).put(MAIL)
    await world.mail()
    return int(await world.store.command("EXISTS", FAILING)) == 1


@pytest.mark.parametrize(("command", "reply"), [
    ("MAIL", "550 5.7.1 Sender not allowed"), ("MAIL", "530 5.7.0 Log in first"), ("MAIL", "535 5.7.8 Not yours"),
    ("DATA", "550 5.7.1 Spam"),
])
async def test_mails_that_are_refused_whomever_they_are_for_fail_until_one_is_taken(
    make_world: Callable[..., World], smtp: SmtpServer, command: str, reply: str
) -> None:
    world = make_world(mailer=SmtpMailer(smtp.url, SENDER, 10))
    assert await is_failing(world, smtp, **{command: reply})
    assert '"mail.refused"' in world.log.getvalue()
    assert not await is_failing(world, smtp)
    assert len(smtp.messages) == 1


async def test_an_address_that_is_refused_says_nothing_of_other_mails(
    make_world: Callable[..., World], smtp: SmtpServer
) -> None:
    world = make_world(mailer=SmtpMailer(smtp.url, SENDER, 10))
    assert not await is_failing(world, smtp, RCPT="550 5.1.1 No such mailbox")
    assert await is_failing(world, smtp, DATA="550 5.7.1 Spam")
    assert await is_failing(world, smtp, RCPT="550 5.1.1 No such mailbox")


async def test_one_mail_that_is_refused_alone_is_forgotten_soon_and_no_other_failure(
    make_world: Callable[..., World], smtp: SmtpServer
) -> None:
    world = make_world(mailer=SmtpMailer(smtp.url, SENDER, 10))
    for answer, least_s, most_s in (("550 5.7.1 Spam", 500, 600), ("451 Later", 601, 86_400), ("550 No", 601, 86_400)):
        assert await is_failing(world, smtp, DATA=answer)
        assert least_s <= await world.store.command("PTTL", FAILING) / 1000 <= most_s, answer


async def test_mails_that_fail_are_told_in_time_after_the_clock_was_set_back(world: World) -> None:
    store, moment = store_of(world), world.moment
    await store.failing(True)
    moment.step(-HOUR_S)
    assert await store.trouble_s() == 0
    moment.go(60)
    assert await store.trouble_s() == 60


async def test_a_failure_after_the_clock_was_set_back_is_the_first(world: World) -> None:
    store = store_of(world)
    await store.failing(True)
    world.moment.step(-HOUR_S)
    await store.failing(True)
    world.moment.go(60)
    assert await store.trouble_s() == 60
    assert 0 < await world.store.command("PTTL", FAILING) <= DAY_S * 1000


@pytest.mark.parametrize(("timeout_s", "longest_s", "within_s"), [(10, 60, 60), (20, 60, 120), (1, 60, 60)])
async def test_a_mail_leaves_in_time_after_the_clock_was_set_back(
    make_world: Callable[..., World], timeout_s: int, longest_s: int, within_s: int
) -> None:
    world = make_world(mail_timeout_s=timeout_s, mail_longest_retry_s=longest_s)
    mails, moment = world.service.mails, world.moment
    await mails.store.put(MAIL)
    moment.step(-HOUR_S)
    assert await mails._carry() == within_s
    moment.go(within_s - 1)
    assert await mails._carry() == 1
    moment.go(1)
    await world.mail()
    assert list(world.mailbox.mails) == [MAIL]


async def test_two_workers_send_no_mail_twice_when_the_clock_is_set_back(world: World) -> None:
    """It may be on its way just then, so it is left alone for a lease."""
    store, moment = store_of(world), world.moment
    await store.put(MAIL)
    assert len((await store.take(4, LEASE_S, 1)).mails) == 1
    moment.step(-HOUR_S)
    for later_s, due in ((0, 0), (LEASE_S - 1, 0), (1, 1)):
        moment.go(later_s)
        assert len((await store.take(4, LEASE_S, 1)).mails) == due


class Silent:
    """A mail server that never answers; notes who gives it up."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.is_given_up = False

    async def send(self, mail: Mail) -> None:
        self.asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.is_given_up = True


async def test_a_mail_server_that_never_answers_is_given_up(make_world: Callable[..., World]) -> None:
    world = make_world(mailer=Silent(), mail_timeout_s=0)
    await store_of(world).put(MAIL)
    await world.mail()
    told = [json.loads(line) for line in world.log.getvalue().splitlines()]
    assert {line["reason"] for line in told} == {"TimeoutError"}


@pytest.mark.parametrize(("later_s", "is_given_up"), [(40, False), (50, True)])
async def test_all_steps_of_the_mail_server_have_five_times_the_time_of_one(
    make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, later_s: int, is_given_up: bool
) -> None:
    world = make_world(mailer=(silent := Silent()), mail_timeout_s=10)
    await store_of(world).put(MAIL)
    await world.service.mails._carry()
    await silent.asked.wait()
    loop = asyncio.get_running_loop()
    now_s = loop.time
    monkeypatch.setattr(loop, "time", lambda: now_s() + later_s)
    for _ in range(5):
        await asyncio.sleep(0)
    assert silent.is_given_up == is_given_up


async def test_no_other_worker_takes_a_mail_before_its_sending_is_given_up(make_world: Callable[..., World]) -> None:
    first, other = make_world(mailer=(silent := Silent()), mail_timeout_s=10), make_world(mail_timeout_s=10)
    await store_of(first).put(MAIL)
    await first.service.mails._carry()
    await silent.asked.wait()
    other.moment.go(59)
    assert await other.service.mails._carry() == 1
    other.moment.go(1)
    await other.mail()
    assert list(other.mailbox.mails) == [MAIL]


async def test_a_loop_that_breaks_goes_on_and_is_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    good = MailStore.take

    async def broken(*_: object) -> Any:
        raise ValueError("quotes a secret")

    monkeypatch.setattr(MailStore, "take", broken)
    await world.service.mails.put(MAIL)
    await until(lambda: world.service.mails.loops.down == {"mail"})
    monkeypatch.setattr(MailStore, "take", good)
    await until(lambda: len(world.mailbox.mails) == 1 and world.service.mails.loops.down == set())
    assert 'auth_broken_total{loop="mail"}' in world.service.metrics.text().decode()
    assert "secret" not in world.log.getvalue()


@pytest.mark.parametrize(("later_s", "dead"), [(59, set()), (60, set()), (61, {"stuck"})])
async def test_a_loop_that_stands_still_is_dead(world: World, later_s: float, dead: set[str]) -> None:
    now_s = 0.0
    loops = Loops(world.service.log, Metrics().broken, Metrics().store_down, lambda: now_s)
    begun = asyncio.Event()

    async def stuck() -> None:
        begun.set()
        await asyncio.Event().wait()

    tasks = [asyncio.create_task(loops.keep("stuck", stuck, 0))]
    tasks.append(asyncio.create_task(loops.keep("listening", stuck, 0, lasting=True)))
    await begun.wait()
    now_s = later_s
    assert loops.dead == dead
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert loops.dead == {"stuck", "listening"}
    assert loops.down == loops.dead


async def test_a_loop_waits_for_the_store(world: World) -> None:
    metrics = Metrics()
    loops = Loops(world.service.log, metrics.broken, metrics.store_down)
    turns = 0

    async def down_once() -> None:
        nonlocal turns
        turns += 1
        if turns == 1:
            raise StoreDown
        if turns > 2:
            await asyncio.Event().wait()

    task = asyncio.create_task(loops.keep("one", down_once, 0))
    await until(lambda: turns == 3)
    assert loops.down == set()
    assert "auth_store_down_total 1.0" in metrics.text().decode()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
