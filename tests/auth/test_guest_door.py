"""Guests: where they are taken, what it costs, how long it lasts, and how one becomes somebody."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from auth.__main__ import main
from auth.guests import guests_of, set_guests
from auth.issuers import Issuer, add_issuer
from auth.revocations import is_revoked
from auth.settings import Settings
from auth.tokens import check_access, check_identity
from tests.auth.device import ORIGIN, Answer, answers_to
from tests.auth.test_site_door import dump
from tests.auth.world import World
from tests.fakes.login_site import LoginSite
from tests.fakes.moment import Moment
from tests.fakes.redis_server import RedisServer
from widget.crypto.sealed_call import SealedRequest
from widget.wire.labels import SITE
from widget.wire.sign_in import shown_bytes

pytestmark = pytest.mark.no_cover

DAY_S, HOUR_S = 86_400, 3600
OTHER = "https://other.test"
# A puzzle of a few tries: how hard it is by itself a test of its own says.
EASY = {"guest_bits": 7}
Make = Callable[..., World]


@pytest.fixture
async def world(make_world: Make) -> World:
    return await opened(make_world)


async def opened(make_world: Make, **rules: Any) -> World:
    world = make_world(**{**EASY, **rules})
    await set_guests(world.store, "talk", ORIGIN)
    return world


async def test_a_guest_has_a_name_and_nobody_who_vouches(world: World) -> None:
    device = await world.device()
    answer = await device.be_guest("  Ada\u202e ")
    assert set(answer.fields) == {"access", "identity", "refresh", "expiresIn", "sub", "name", "now"}
    now_s = int(world.moment.now_s())
    for claims in (
        check_access(device.tokens["access"], world.keys.key_set, now_s),
        check_identity(device.tokens["identity"], world.keys.key_set, now_s),
    ):
        assert (claims.name, claims.via, claims.by, claims.jkt) == ("Ada", "guest", "", device.key.jkt)
    assert '"guest.ok"' in world.log.getvalue()


async def test_without_a_name_there_is_a_pseudonym(world: World) -> None:
    assert (await (await world.device()).be_guest("\u200b")).fields["name"].split(" ")[-1].isdecimal()


async def test_a_device_is_one_guest_at_each_site(world: World) -> None:
    await set_guests(world.store, "talk", OTHER)
    device, second, elsewhere = await world.device(), await world.device(), await world.device(OTHER)
    elsewhere.key = device.key
    subs = [(await one.be_guest()).fields["sub"] for one in (device, device, second, elsewhere)]
    assert subs[0] == subs[1]
    assert len(set(subs)) == 3
    jkt, secrets = device.key.jkt, world.keys.secrets
    assert secrets.guest(ORIGIN, jkt) != secrets.guest(OTHER, jkt)


async def test_guests_come_where_the_host_lets_them(world: World) -> None:
    closed = await (await world.device(OTHER)).visit()
    assert (closed.status, closed.code) == (403, "guest.closed")
    device = await world.device()
    assert (await device.be_guest()).status == 200
    await set_guests(world.store, "", ORIGIN)
    assert (await device.visit()).code == "guest.closed"
    await set_guests(world.store, "rooms", ORIGIN)
    assert (await device.be_guest()).status == 200
    assert [await guests_of(world.store, origin) for origin in (ORIGIN, OTHER)] == ["rooms", ""]


async def test_the_owner_says_which_sites_take_guests(
    world: World, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AUTH_REDIS_URL", redis_server.url)
    said = []
    for words in (["--guests"], [], ["--guest-rooms"], ["--no-guests"], ["--guests"]):
        await asyncio.to_thread(main, ["origins", "allow", *words, OTHER])
        await asyncio.to_thread(main, ["origins", "list"])
        said.append(capsys.readouterr().out)
    talk, rooms = f"{OTHER} (guests)\n", f"{OTHER} (guests, who make rooms)\n"
    assert said == [talk, talk, rooms, f"{OTHER}\n", talk]
    await asyncio.to_thread(main, ["origins", "remove", OTHER])
    assert await guests_of(world.store, OTHER) == ""


async def test_every_guest_solves_a_puzzle_of_their_own(world: World) -> None:
    device, other = await world.device(), await world.device()
    asked = await device.visit("Ada")
    assert (asked.status, asked.code, asked.fields["bits"]) == (429, "puzzle.needed", 7)
    puzzle = bytes.fromhex(asked.fields["puzzle"])
    solved: dict[str, Any] = {"puzzle": puzzle.hex(), "answers": answers_to(puzzle, 7)}
    assert (await other.visit("Ada", **solved)).code == "puzzle.wrong"
    assert (await device.visit("Ada", puzzle=puzzle.hex(), answers=list(range(64)))).code == "puzzle.wrong"
    assert (await device.visit("Ada", **solved)).status == 200
    assert (await device.visit("Ada", **solved)).code == "puzzle.used"
    late = await other.visit()
    world.moment.go(120)
    puzzle = bytes.fromhex(late.fields["puzzle"])
    answers = answers_to(puzzle, 7)
    assert (await other.visit(puzzle=puzzle.hex(), answers=answers)).code == "puzzle.expired"


async def test_a_call_counts_once_also_where_the_services_clock_falls_behind_that_of_redis(world: World) -> None:
    """A puzzle that Redis has forgotten to be used lasts on by the other clock; the seal's id is kept for longer."""
    device = await world.device()
    sent: list[SealedRequest] = []
    post = device.post

    async def noted(path: str, sealed: SealedRequest, **headers: str) -> Answer:
        sent.append(sealed)
        return await post(path, sealed, **headers)

    device.post = noted  # type: ignore[method-assign]
    assert (await device.be_guest()).status == 200
    ahead = Moment()
    ahead.go(world.settings.puzzle_life_s)
    world.store._now_s = ahead.now_s
    assert (await post("/guest/verify", sent[-1])).code == "seal.replay"


async def test_a_puzzle_for_a_code_lets_no_guest_in(make_world: Make) -> None:
    world = await opened(make_world, send_origin_hour=0, puzzle_least_bits=7)
    device = await world.device()
    asked = await device.ask("ada@example.org")
    puzzle = bytes.fromhex(asked.fields["puzzle"])
    solved: dict[str, Any] = {"puzzle": puzzle.hex(), "answers": answers_to(puzzle, asked.fields["bits"])}
    assert (await device.visit(**solved)).code == "puzzle.wrong"


async def test_what_a_busy_site_asks_of_guests_becomes_harder(make_world: Make) -> None:
    world = await opened(make_world, guest_origin_hour=1, guest_origin_most=3, guest_bits=7, puzzle_most_bits=9)
    bits = []
    for _ in range(3):
        device = await world.device()
        bits.append((await device.visit()).fields["bits"])
        assert (await device.be_guest()).status == 200
    answer = await (await world.device()).visit()
    assert (answer.status, answer.code, answer.fields["retryAfter"]) == (429, "guest.limit", HOUR_S)
    assert bits == [7, 7, 8]


def test_by_itself_it_takes_a_device_some_65000_tries() -> None:
    rules = Settings()
    assert (rules.guest_bits, rules.guest_life_s) == (16, DAY_S)
    assert (rules.guest_ip_hour, rules.guest_ip_day, rules.guest_network_hour) == (20, 60, 200)
    assert (rules.guest_origin_hour, rules.guest_origin_most) == (1000, 4000)


@pytest.mark.parametrize(("rule", "wait_s"), [
    ("guest_ip_hour", HOUR_S), ("guest_ip_day", DAY_S), ("guest_network_hour", HOUR_S), ("guest_origin_most", HOUR_S),
])  # fmt: skip
async def test_each_limit_lets_so_many_in_and_no_more(make_world: Make, rule: str, wait_s: int) -> None:
    world = await opened(make_world, **{rule: 2})
    codes = [(await (await world.device()).be_guest()).code for _ in range(3)]
    assert codes == ["", "", "guest.limit"]
    world.moment.go(wait_s - 1)
    assert (await (await world.device()).visit()).code == "guest.limit"
    world.moment.go(1)
    assert (await (await world.device()).be_guest()).status == 200


async def test_many_at_once_pass_no_limit(make_crowded_world: Make) -> None:
    world = await opened(make_crowded_world, guest_ip_hour=5)
    answers = await asyncio.gather(*[(await world.device()).be_guest() for _ in range(20)])
    assert sorted(answer.code for answer in answers) == [""] * 5 + ["guest.limit"] * 15


@pytest.mark.parametrize(("last_s", "code"), [(-0.001, ""), (0, "token.invalid")])
async def test_a_guest_stays_for_a_day(world: World, last_s: float, code: str) -> None:
    device = await world.device()
    await device.be_guest("Ada")
    world.moment.go(DAY_S / 2)
    assert (await device.renew()).fields["name"] == "Ada"
    assert check_access(device.tokens["access"], world.keys.key_set, int(world.moment.now_s())).via == "guest"
    world.moment.go(DAY_S / 2 + last_s)
    assert (await device.renew()).code == code


async def test_of_a_guest_redis_forgets_after_a_day(world: World) -> None:
    device = await world.device()
    await device.be_guest()
    left_ms = int(await world.store.command("PTTL", f"cw:{{{device.refresh[:32]}}}:family"))
    assert DAY_S * 1000 - 60_000 < left_ms <= DAY_S * 1000


async def test_a_stolen_key_of_a_guest_ends_the_stay_and_mails_nobody(world: World) -> None:
    device = await world.device()
    await device.be_guest()
    old = device.refresh
    await device.renew()
    world.moment.go(21)
    assert (await device.renew(old)).code == "token.reused"
    assert (await device.renew()).code == "token.invalid"
    await world.mail()
    assert world.kinds() == []


async def test_a_guest_becomes_somebody_on_the_same_device(world: World) -> None:
    device = await world.device()
    guest = (await device.be_guest()).fields["sub"]
    jkt = device.key.jkt
    await device.ask("ada@example.org")
    assert (await device.enter("ada@example.org", await world.code())).status == 200
    claims = check_identity(device.tokens["identity"], world.keys.key_set, int(world.moment.now_s()))
    assert (claims.via, claims.jkt) == ("mail", jkt)
    assert claims.sub != guest


@pytest.mark.parametrize("door", ["mail", "site"])
async def test_the_guest_ends_when_somebody_signs_in_on_the_device(world: World, door: str) -> None:
    device, other = await world.device(), await world.device()
    await other.be_guest("Ben")
    keys: list[str] = []
    for _ in range(2):
        await device.be_guest("Ada")
        keys.append(device.refresh)
    if door == "mail":
        await device.ask("ada@example.org")
        assert (await device.enter("ada@example.org", await world.code())).status == 200
    else:
        site = LoginSite()
        await add_issuer(world.store, ORIGIN, Issuer(keys=(site.public(),)))
        assert (await device.vouch(site.token())).status == 200
    assert [(await device.renew(key)).code for key in keys] == ["token.invalid"] * 2
    assert (await device.devices()).status == (await other.renew()).status == 200
    assert not await is_revoked(world.store, device.key.jkt, int(world.moment.now_s()) - 1)  # the room goes on


async def test_only_the_device_that_signs_becomes_a_guest(world: World) -> None:
    device, other = await world.device(), await world.device()
    lies: list[dict[str, Any]] = [{"sig": "00" * 64}, {"dk": other.key.public.hex()}, {"name": "Eve"}, {"name": 5}]
    for lie in lies:
        answer = await device.visit("Ada", **lie) if "name" not in lie else await renamed(device, lie["name"])
        assert (answer.status, answer.code) == (400, "seal.broken"), lie
    rid = device.calls.new_rid()
    data = shown_bytes(SITE, rid, hashlib.sha256(b"Ada").digest(), ORIGIN)
    fields = {"name": "Ada", "dk": device.key.public.hex(), "sig": (await device.key.sign_labelled(data)).hex()}
    assert (await device.call("/guest/verify", fields, rid)).code == "seal.broken"
    assert (await device.visit("x" * 201)).code == "seal.broken"
    assert (await device.visit("\ud800" * 200)).code == "puzzle.needed"


async def renamed(device: Any, name: Any) -> Any:
    """What was signed for Ada, with another name."""
    rid = device.calls.new_rid()
    data = shown_bytes("guest", rid, hashlib.sha256(b"Ada").digest(), ORIGIN)
    fields = {"name": name, "dk": device.key.public.hex(), "sig": (await device.key.sign_labelled(data)).hex()}
    return await device.call("/guest/verify", fields, rid)


async def test_nothing_of_a_guest_is_in_the_log(world: World) -> None:
    device = await world.device()
    await device.be_guest("canary-name")
    for canary in ("canary-name", device.refresh, device.tokens["access"], device.tokens["sub"], device.key.jkt.hex()):
        assert canary not in world.log.getvalue()
    kept = await dump(world)
    for canary in (device.refresh, device.tokens["access"], device.tokens["identity"]):
        assert canary not in kept
