"""Every limit at one below, at, and one above its number, and to the second."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auth.limits import Limits, Rate
from auth.settings import Settings
from auth.store.opening import open_store
from tests.auth.device import Answer
from tests.auth.world import World
from tests.fakes.moment import Moment
from tests.fakes.redis_server import RedisServer

pytestmark = pytest.mark.no_cover

DEFAULTS = Settings()
ROOMY = {"send_email_15min": 10**6, "send_email_hour": 10**6, "send_email_day": 10**6}


async def asks(world: World, count: int, gap_s: float, email: str = "p{n}@example.org", same: bool = False) -> Answer:
    """The last of `count` requests."""
    return (await answers(world, count, gap_s, email, same))[-1]


async def answers(world: World, count: int, gap_s: float, email: str, same: bool = False) -> list[Answer]:
    """Of `count` requests that lie `gap_s` apart, by new devices unless `same`."""
    found = []
    device = await world.device()
    for number in range(count):
        if number > 0:
            world.moment.go(gap_s)
            device = device if same else await world.device()
        found.append(await device.ask(email.format(n=number)))
        await world.mail()
    return found


def test_the_numbers_are_those_of_the_rules() -> None:
    assert (DEFAULTS.send_ip_hour, DEFAULTS.send_ip_day, DEFAULTS.send_network_hour) == (10, 30, 100)
    assert (DEFAULTS.send_email_15min, DEFAULTS.send_email_hour, DEFAULTS.send_email_day) == (3, 5, 10)
    assert (DEFAULTS.verify_ip_10min, DEFAULTS.send_origin_hour, DEFAULTS.send_domain_hour) == (20, 1000, 500)
    assert (DEFAULTS.resend_after_s, DEFAULTS.code_tries, DEFAULTS.code_life_s) == (60, 5, 600)
    assert (DEFAULTS.hold_after, DEFAULTS.lock_after, DEFAULTS.lock_s) == (10, 50, 86400)
    assert (DEFAULTS.refresh_idle_s, DEFAULTS.refresh_life_s, DEFAULTS.refresh_grace_s) == (259200, 604800, 20)


CALLER_LIMITS = [
    ("send_ip_hour", 10, 1.0, 3600),
    ("send_ip_day", 30, 400.0, 86400),
    ("send_network_hour", 100, 1.0, 3600),
]


@pytest.mark.parametrize(("name", "limit", "gap_s", "window_s"), CALLER_LIMITS)
async def test_a_caller_may_have_so_many_mails_sent(
    make_world: Callable[..., World], name: str, limit: int, gap_s: float, window_s: int
) -> None:
    world = make_world(**{**ROOMY, name: limit})
    *granted, refused = await answers(world, limit + 1, gap_s, "p{n}@example.org")
    assert [answer.code for answer in granted] == [""] * limit
    assert (refused.code, refused.fields["retryAfter"]) == ("rate.limited", window_s - gap_s * limit)


@pytest.mark.parametrize(("name", "email"), [("send_origin_hour", "p{n}@d{n}.org"), ("send_domain_hour", "p{n}@d.org")])
async def test_a_site_and_a_domain_may_have_so_many_mails_sent(
    make_world: Callable[..., World], name: str, email: str
) -> None:
    world = make_world(**{name: 12})
    assert [answer.code for answer in await answers(world, 13, 0.5, email)] == [*[""] * 12, "puzzle.needed"]


async def test_the_whole_service_sends_so_many_mails(make_world: Callable[..., World]) -> None:
    world = make_world(send_all_hour=7)
    *granted, refused = await answers(world, 8, 0.0, "p{n}@d{n}.org")
    assert [answer.status for answer in granted] == [200] * 7
    assert (refused.status, refused.code) == (503, "backend.down")


async def test_a_caller_may_try_twenty_codes_in_ten_minutes(make_world: Callable[..., World]) -> None:
    world = make_world(verify_ip_10min=20)
    device = await world.device()
    device.nonce = await nonce_for(world, device.challenge, device.key.jkt)
    tried = [(await device.enter("ada@example.org", "x")).code for _ in range(21)]
    assert tried == [*["code.expired"] * 20, "rate.limited"]
    world.moment.go(600)
    assert (await device.enter("ada@example.org", "x")).code == "code.expired"


async def nonce_for(world: World, challenge: str, jkt: bytes) -> str:
    from auth.otp import login_nonce

    return login_nonce(world.keys.secrets.derived("nonce"), bytes.fromhex(challenge), jkt).hex()


async def test_a_caller_may_refresh_so_often(make_world: Callable[..., World]) -> None:
    world = make_world(refresh_ip_10min=15)
    device = await world.device()
    shown = [(await device.renew()).code for _ in range(16)]
    assert shown == [*["token.invalid"] * 15, "rate.limited"]


@pytest.mark.parametrize(
    ("count", "gap_s", "code"),
    [
        (2, 59.999, "rate.limited"),
        (2, 60, ""),
        (2, 60.001, ""),
        (3, 60, ""),
        (4, 60, "rate.limited"),
        (4, 299.9, "rate.limited"),
        (4, 300, ""),
        (5, 300, ""),
        (6, 719.9, "rate.limited"),
        (6, 720, ""),
        (10, 1000, ""),
        (11, 1000, "rate.limited"),
        (11, 8640, ""),
    ],
)
async def test_one_device_is_told_when_it_asks_too_often(world: World, count: int, gap_s: float, code: str) -> None:
    assert (await asks(world, count, gap_s, "ada@example.org", same=True)).code == code


@pytest.mark.parametrize(
    ("count", "gap_s", "mails"),
    [(2, 59.999, 1), (2, 60, 2), (3, 60, 3), (4, 60, 3), (5, 300, 5), (6, 700, 5), (10, 1000, 10), (11, 1000, 10)],
)
async def test_an_address_gets_no_more_mails_whoever_asks(world: World, count: int, gap_s: float, mails: int) -> None:
    answer = await asks(world, count, gap_s, "ada@example.org")
    assert answer.code == ""
    assert len(world.mailbox.mails) == mails


async def test_spellings_of_one_mailbox_share_its_limit(world: World) -> None:
    for email in ("ada.l@example.org", "adal+1@example.org", "ADAL@example.org"):
        assert (await (await world.device()).ask(email)).status == 200
    await world.mail()
    assert len(world.mailbox.mails) == 1


async def test_a_known_device_gets_its_code_although_strangers_used_up_the_limit(world: World) -> None:
    owner = await world.signed_in()
    world.moment.go(86400)
    await asks(world, 11, 1000, "ada@example.org")
    before = len(world.mailbox.mails)
    world.moment.go(60)
    assert (await owner.ask("ada@example.org")).status == 200
    assert (await owner.enter("ada@example.org", await world.code())).status == 200
    assert len(world.mailbox.mails) == before + 1


@pytest.mark.parametrize("redis", [True, False])
async def test_a_refusal_costs_nothing_and_a_window_slides(redis_server: RedisServer, redis: bool) -> None:
    moment = Moment()
    store = open_store(redis_server.url if redis else None, moment.now_s)
    limits = Limits(store, b"k" * 32)
    taken = []
    for _ in range(40):
        taken.append(await limits.take("t", "me", Rate(3, 10)))
        moment.go(1)
    assert [second for second, wait_s in enumerate(taken) if wait_s == 0] == [
        n + offset for n in range(0, 40, 10) for offset in range(3)
    ]
    assert taken[3:10] == [7, 6, 5, 4, 3, 2, 1]
    await store.close()


@pytest.mark.parametrize("redis", [True, False])
async def test_a_clock_that_is_set_back_prolongs_no_window(redis_server: RedisServer, redis: bool) -> None:
    moment = Moment()
    store = open_store(redis_server.url if redis else None, moment.now_s)
    limits = Limits(store, b"k" * 32)
    assert [await limits.take("t", "me", Rate(3, 10)) for _ in range(3)] == [0, 0, 0]
    moment.step(-3600)
    assert await limits.take("t", "me", Rate(3, 10)) == 10
    moment.go(9.999)
    assert await limits.take("t", "me", Rate(3, 10)) == 1
    moment.go(0.001)
    assert [await limits.take("t", "me", Rate(3, 10)) for _ in range(4)] == [0, 0, 0, 10]
    await store.close()


async def test_subjects_and_names_are_counted_apart(world: World) -> None:
    limits = Limits(world.store, b"k" * 32)
    assert await limits.take("a", "me", Rate(1, 10)) == 0
    assert await limits.take("a", "you", Rate(1, 10)) == 0
    assert await limits.take("b", "me", Rate(1, 10)) == 0
    assert await limits.take("a", "me", Rate(1, 10)) == 10


async def test_without_a_test_clock_the_servers_own_time_counts(redis_server: RedisServer) -> None:
    store = open_store(redis_server.url)
    limits = Limits(store, b"k" * 32)
    assert await limits.take("a", "me", Rate(1, 1000)) == 0
    assert 990 <= await limits.take("a", "me", Rate(1, 1000)) <= 1000
    await store.close()
