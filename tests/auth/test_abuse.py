"""Many codes asked for by strangers: who is honest still gets one, on a known device at once, on a new one for work."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections.abc import Callable
from typing import Any

import pytest

from auth.limits import HOUR_S, Rate
from auth.puzzles import MAX_ANSWER, Asker, is_answer, load_bits, new_puzzle
from auth.settings import Settings
from tests.auth.device import ORIGIN, Answer, Device, answers_to
from tests.auth.world import World
from widget.wire.sign_in import ANSWER_BITS, ANSWERS

pytestmark = pytest.mark.no_cover

HONEST = "ada@example.org"
EASY = {"puzzle_least_bits": 3, "puzzle_most_bits": 5, "resend_after_s": 0}
SMALL = {**EASY, "send_domain_hour": 3, "puzzle_domain_hour": 9}


async def flood(world: World, addresses: int, calls: int) -> list[Answer]:
    """Each invented address is asked for `calls` times, by as many new devices."""
    answers = []
    for number in range(addresses):
        for device in [await world.device() for _ in range(calls)]:
            answers.append(await device.ask(f"invented{number}@example.org"))
    return answers


async def fill(world: World, count: int, name: str = "send-domain", subject: str = "example.org") -> None:
    """As if so many codes had been asked for this moment: what the last `take` leaves, with more of its kind."""
    limits = world.service.quotas._limits
    assert await limits.take(name, subject, Rate(10**6, HOUR_S)) == 0
    now_ms = int(world.moment.now_s() * 1000)
    more = [part for _ in range(count - 1) for part in (now_ms, secrets.token_hex(8))]
    assert more == [] or await world.store.command("ZADD", limits._key(name, subject), *more) == count - 1
    assert await limits.used(name, subject, HOUR_S) >= count


async def puzzled(world: World, email: str = HONEST) -> tuple[Device, Answer]:
    """A new device, and the puzzle that it got."""
    device = await world.device()
    answer = await device.ask(email)
    assert answer.code == "puzzle.needed"
    return device, answer


def solution(answer: Answer, bits: int = 0) -> dict[str, Any]:
    """The first numbers that solve the puzzle, as fields of a request."""
    puzzle = bytes.fromhex(answer.fields["puzzle"])
    return {"puzzle": puzzle.hex(), "answers": answers_to(puzzle, bits or answer.fields["bits"])}


async def test_a_flood_to_a_domain_does_not_shut_its_people_out(make_world: Callable[..., World]) -> None:
    world = make_world(mail_queue=1000)
    known = await world.signed_in(HONEST)
    world.moment.go(HOUR_S)
    answers = await flood(world, 50, 10)
    assert {answer.status for answer in answers} == {200}
    await world.mail()  # else the mails of the flood come in between
    assert (await (await world.device()).ask("invented50@example.org")).code == "puzzle.needed"

    assert (await known.ask(HONEST)).status == 200
    assert (await known.enter(HONEST, await world.code())).status == 200

    new, asked = await puzzled(world, "ben@example.org")
    assert asked.fields["bits"] == 14
    assert (await new.solve("ben@example.org", asked)).status == 200
    assert (await new.enter("ben@example.org", await world.code())).status == 200


def test_the_numbers_are_those_of_the_rules() -> None:
    rules = Settings()
    assert (rules.send_domain_hour, rules.puzzle_domain_hour) == (500, 2000)
    assert (rules.send_origin_hour, rules.puzzle_origin_hour) == (1000, 4000)
    assert (rules.puzzle_least_bits, rules.puzzle_most_bits, rules.puzzle_life_s) == (14, 20, 120)
    assert (ANSWERS, 2**ANSWER_BITS) == (128, 128)  # many small ones, and all in all the same work
    assert (rules.send_known_hour, rules.send_all_hour) == (5000, 5000)


@pytest.mark.parametrize(
    ("name", "subject", "soft", "hard"),
    [("send-domain", "example.org", 500, 2000), ("send-origin", ORIGIN, 1000, 4000)],
)
async def test_beyond_a_shared_limit_a_puzzle_and_beyond_the_next_nothing(
    make_world: Callable[..., World], name: str, subject: str, soft: int, hard: int
) -> None:
    world = make_world(puzzle_least_bits=2, puzzle_most_bits=5)
    await fill(world, soft - 1, name, subject)
    assert (await (await world.device()).ask("a1@example.org")).status == 200
    assert (await (await world.device()).ask("a2@example.org")).code == "puzzle.needed"
    await fill(world, hard - soft - 2, name, subject)
    for number in (3, 4):
        device, asked = await puzzled(world, f"a{number}@example.org")
        assert asked.fields["bits"] == 5
        assert (await device.solve(f"a{number}@example.org", asked)).status == 200
    answer = await (await world.device()).ask("a5@example.org")
    assert (answer.code, answer.fields["retryAfter"]) == ("rate.limited", HOUR_S)
    world.moment.go(HOUR_S)
    assert (await (await world.device()).ask("a6@example.org")).status == 200


@pytest.mark.parametrize(
    ("used", "bits"),
    [(499, 0), (500, 14), (501, 14), (714, 14), (715, 15), (1142, 16), (1143, 17), (1785, 19), (1786, 20), (1999, 20)],
)
def test_a_puzzle_is_as_hard_as_the_load_is_high(used: int, bits: int) -> None:
    assert load_bits(used, 500, 2000, 14, 20) == bits


async def test_a_puzzle_takes_nothing_and_one_answer_grants_one_code(make_world: Callable[..., World]) -> None:
    world = make_world(**SMALL)
    await fill(world, 3)
    device, asked = await puzzled(world)
    for _ in range(5):
        asked = await device.ask(HONEST)
    names = [str(key).split(":")[2] for key in await world.store.command("KEYS", "cw:limit:*")]
    assert names == ["send-domain"]
    assert (await device.solve(HONEST, asked)).status == 200
    assert (await device.ask(HONEST)).code == "puzzle.needed"


async def test_an_answer_counts_once_however_many_bring_it(make_crowded_world: Callable[..., World]) -> None:
    world = make_crowded_world(**SMALL)
    await fill(world, 3)
    device, asked = await puzzled(world)
    given = solution(asked)
    answers = await asyncio.gather(*(device.ask(HONEST, **given) for _ in range(20)))
    assert sorted(answer.code for answer in answers) == ["", *["puzzle.used"] * 19]
    assert (await device.ask(HONEST, **given)).code == "puzzle.used"


@pytest.mark.parametrize(("later_s", "code"), [(119.999, ""), (120, "puzzle.expired"), (120.001, "puzzle.expired")])
async def test_a_puzzle_ends(make_world: Callable[..., World], later_s: float, code: str) -> None:
    world = make_world(**SMALL)
    await fill(world, 3)
    device, asked = await puzzled(world)
    world.moment.go(later_s)
    assert (await device.ask(HONEST, **solution(asked))).code == code


async def test_a_used_answer_is_remembered_for_as_long_as_its_puzzle_lives(make_world: Callable[..., World]) -> None:
    world = make_world(**SMALL)
    await fill(world, 3)
    device, asked = await puzzled(world)
    given = solution(asked)
    assert (await device.ask(HONEST, **given)).status == 200
    world.moment.go(119.999)
    assert (await device.ask(HONEST, **given)).code == "puzzle.used"


async def test_a_puzzle_is_for_one_address_one_device_and_one_site(make_world: Callable[..., World]) -> None:
    world = make_world(**SMALL)
    await fill(world, 3)
    device, asked = await puzzled(world)
    given = solution(asked)
    assert (await device.ask("ben@example.org", **given)).code == "puzzle.wrong"
    assert (await device.ask("Ada@example.org", **given)).code == "puzzle.wrong"
    assert (await (await world.device()).ask(HONEST, **given)).code == "puzzle.wrong"
    elsewhere = await world.device("https://other.test")
    elsewhere.key = device.key
    assert (await elsewhere.ask(HONEST, **given)).code == "puzzle.wrong"
    assert (await device.ask(HONEST, **given)).status == 200


async def test_nothing_of_a_puzzle_can_be_changed(make_world: Callable[..., World]) -> None:
    world = make_world(**SMALL)
    await fill(world, 3)
    device, asked = await puzzled(world)
    puzzle = bytes.fromhex(asked.fields["puzzle"])
    for place in (0, 7, 8, 9, 15, 16, 31):
        other = bytes([*puzzle[:place], puzzle[place] ^ 1, *puzzle[place + 1 :]])
        given = solution(Answer(429, {"puzzle": other.hex(), "bits": asked.fields["bits"]}, asked.response))
        assert (await device.ask(HONEST, **given)).code == "puzzle.wrong"


async def test_too_little_work_is_refused(make_world: Callable[..., World]) -> None:
    world = make_world(**{**SMALL, "puzzle_least_bits": 8, "puzzle_most_bits": 8})
    await fill(world, 3)
    device, asked = await puzzled(world)
    given = solution(asked)
    least = answers_to(bytes.fromhex(given["puzzle"]), 7)
    almost = [*given["answers"][:-1], next(n for n in itertools.count(given["answers"][-1]) if is_almost(asked, n))]
    for answers in (least, almost, given["answers"][:-1], [], [given["answers"][0]] * ANSWERS, given["answers"][::-1]):
        assert (await device.ask(HONEST, puzzle=given["puzzle"], answers=answers)).code == "puzzle.wrong"
    assert (await device.ask(HONEST, puzzle=given["puzzle"], answers=[*given["answers"], 10**9])).code == "seal.broken"
    assert (await device.ask(HONEST, **given)).status == 200


def is_almost(asked: Answer, number: int) -> bool:
    """Whether a number has one bit less than each answer must."""
    puzzle, bits = bytes.fromhex(asked.fields["puzzle"]), asked.fields["bits"] - ANSWER_BITS
    return is_answer(puzzle, number, bits - 1) and not is_answer(puzzle, number, bits)


@pytest.mark.parametrize(("bits", "code"), [(2, "puzzle.needed"), (3, ""), (4, "")])
async def test_a_puzzle_that_was_made_easy_before_the_flood_is_too_easy_in_it(
    make_world: Callable[..., World], bits: int, code: str
) -> None:
    world = make_world(**{**SMALL, "puzzle_least_bits": 5, "puzzle_most_bits": 5})
    await fill(world, 3)
    device = await world.device()
    asker = Asker(HONEST, device.key.jkt, ORIGIN)
    puzzle = new_puzzle(world.keys.secrets.derived("puzzle"), bits, int(world.moment.now_s()) + 60, asker)
    answers = answers_to(puzzle, bits)
    assert (await device.ask(HONEST, puzzle=puzzle.hex(), answers=answers)).code == code


@pytest.mark.parametrize(
    "changed",
    [
        {"puzzle": "ab" * 31, "answers": [1]},
        {"puzzle": "ab" * 33, "answers": [1]},
        {"puzzle": 5, "answers": [1]},
        {"puzzle": "ab" * 32},
        {"puzzle": "ab" * 32, "answers": 1},
        {"puzzle": "ab" * 32, "answers": [None]},
        {"puzzle": "ab" * 32, "answers": [-1]},
        {"puzzle": "ab" * 32, "answers": [MAX_ANSWER + 1]},
        {"puzzle": "ab" * 32, "answers": ["1"]},
        {"puzzle": "ab" * 32, "answers": [True]},
        {"dk": "04" * 64},
        {"dk": None},
        {"sig": "ab" * 64},
        {"sig": "ab" * 63},
    ],
)
async def test_what_is_malformed_is_refused_whatever_the_load(world: World, changed: dict[str, Any]) -> None:
    answer = await (await world.device()).ask(HONEST, **changed)
    assert answer.code == "seal.broken"


async def test_the_largest_number_is_an_answer_like_others(world: World) -> None:
    answer = await (await world.device()).ask(HONEST, puzzle="ff" * 32, answers=[*range(ANSWERS - 1), MAX_ANSWER])
    assert answer.code == "puzzle.wrong"


async def test_who_is_held_up_by_another_limit_gets_no_puzzle(make_world: Callable[..., World]) -> None:
    """Nobody works for what is refused afterwards."""
    for rule in ("send_ip_hour", "send_ip_day", "send_network_hour"):
        world = make_world(**{**SMALL, rule: 3})
        for number in range(3):
            assert (await (await world.device()).ask(f"p{number}@{rule.replace('_', '-')}.org")).status == 200
        await fill(world, 3, subject=f"{rule.replace('_', '-')}.org")
        answer = await (await world.device()).ask(f"p4@{rule.replace('_', '-')}.org")
        assert answer.code == "rate.limited"
        await world.store.command("FLUSHDB")


async def test_a_device_that_asked_just_now_gets_no_puzzle(make_world: Callable[..., World]) -> None:
    world = make_world(**{**SMALL, "resend_after_s": 60})
    device = await world.device()
    assert (await device.ask(HONEST)).status == 200
    await fill(world, 2)
    answer = await device.ask(HONEST)
    assert (answer.code, answer.fields["retryAfter"]) == ("rate.limited", 60)


async def test_of_many_at_once_no_more_than_the_limit_pass_without_a_puzzle(
    make_crowded_world: Callable[..., World],
) -> None:
    world = make_crowded_world(**SMALL)
    devices = [await world.device() for _ in range(12)]
    answers = await asyncio.gather(*(device.ask(f"p{n}@example.org") for n, device in enumerate(devices)))
    assert sorted(answer.code for answer in answers) == [*[""] * 3, *["puzzle.needed"] * 9]
    assert all(answer.fields["bits"] >= 3 for answer in answers if answer.code != "")


async def test_a_puzzle_says_nothing_of_the_address_and_is_sent_in_plain_json(make_world: Callable[..., World]) -> None:
    world = make_world(**SMALL)
    await world.signed_in(HONEST)
    world.moment.go(HOUR_S)
    await fill(world, 3)
    _, owned = await puzzled(world, HONEST)
    _, free = await puzzled(world, "nobody@example.org")
    assert set(owned.fields) == set(free.fields) == {"type", "title", "status", "code", "detail", "puzzle", "bits"}
    assert owned.status == free.status == 429
    assert owned.fields["puzzle"][:18] == free.fields["puzzle"][:18]
    assert [len(bytes.fromhex(answer.fields["puzzle"])) for answer in (owned, free)] == [32, 32]


# Known devices


async def test_only_the_key_of_a_known_device_opens_its_way(make_world: Callable[..., World]) -> None:
    """Who is in a room with a device knows its jkt, and must not learn by it whose address it has."""
    world = make_world(**SMALL)
    known = await world.signed_in(HONEST)
    await fill(world, 2)
    plain = {"email": HONEST, "jkt": known.key.jkt.hex()}
    assert (await known.call("/otp/request", plain)).code == "puzzle.needed"
    thief = await world.device()
    assert (await thief.ask(HONEST, jkt=known.key.jkt.hex())).code == "seal.broken"
    assert (await thief.ask(HONEST, jkt=known.key.jkt.hex(), dk=known.key.public.hex())).code == "seal.broken"
    assert (await known.ask("ben@example.org")).code == "puzzle.needed"
    assert (await known.ask(HONEST)).status == 200


@pytest.mark.parametrize(("more", "code"), [(-1, ""), (0, ""), (1, "backend.down")])
async def test_known_devices_share_a_limit_of_their_own(make_world: Callable[..., World], more: int, code: str) -> None:
    world = make_world(send_known_hour=4, resend_after_s=0, send_all_hour=20, send_email_15min=50, send_email_hour=50)
    devices = [await world.signed_in(f"p{number}@example.org") for number in range(4)]
    await fill(world, 16, "send-all", "")
    assert (await (await world.device()).ask(HONEST)).code == "backend.down"
    for number in range(4 + more):
        answer = await devices[number % 4].ask(f"p{number % 4}@example.org")
    assert answer.code == code


@pytest.mark.parametrize(("count", "code"), [(2, ""), (3, ""), (4, "rate.limited")])
async def test_a_known_device_may_have_so_many(make_world: Callable[..., World], count: int, code: str) -> None:
    world = make_world(resend_after_s=0)
    known = await world.signed_in(HONEST)
    for _ in range(count):
        answer = await known.ask(HONEST)
    assert answer.code == code


async def test_strangers_use_up_nothing_of_a_known_device(make_world: Callable[..., World]) -> None:
    rules = {"send_ip_hour": 6, "send_network_hour": 6, "send_domain_hour": 6, "puzzle_domain_hour": 6}
    world = make_world(**{**rules, "send_origin_hour": 6, "puzzle_origin_hour": 6})
    known = await world.signed_in(HONEST)
    world.moment.go(60)
    for number in range(5):
        assert (await (await world.device()).ask(HONEST if number < 3 else f"p{number}@example.org")).status == 200
    assert (await (await world.device()).ask(HONEST)).code == "rate.limited"
    plain = {"email": HONEST, "jkt": known.key.jkt.hex()}
    assert (await known.call("/otp/request", plain)).code == "rate.limited"
    await world.mail()
    before = len(world.mailbox.mails)
    assert (await known.ask(HONEST)).status == 200
    await world.mail()
    assert len(world.mailbox.mails) == before + 1


async def test_a_copy_of_a_known_devices_call_takes_nothing(make_world: Callable[..., World]) -> None:
    world = make_world(resend_after_s=0)
    known = await world.signed_in(HONEST)
    sent = []
    post = known.post

    async def noted(path: str, sealed: Any, **headers: str) -> Answer:
        sent.append(sealed)
        return await post(path, sealed, **headers)

    known.post = noted  # type: ignore[method-assign]
    assert (await known.ask(HONEST)).status == 200
    for _ in range(5):
        assert (await post("/otp/request", sent[0])).code == "seal.replay"
    assert (await known.ask(HONEST)).status == 200


async def test_without_the_store_nobody_gets_by(make_world: Callable[..., World]) -> None:
    world = make_world(**SMALL)
    await fill(world, 3)
    device, asked = await puzzled(world)
    given = solution(asked)
    world.store._rests_until_s = float("inf")
    for answer in [await device.ask(HONEST, **given), await device.ask(HONEST)]:
        assert (answer.status, answer.code) == (503, "backend.down")
    world.store._rests_until_s = 0.0
    assert (await device.ask(HONEST, **given)).status == 200
