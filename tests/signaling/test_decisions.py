"""Who decides about whom in a room, how often, and what everybody else is told: nothing that they do not know."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from signaling.limits import Limits
from tests.fakes.moment import START_S
from tests.signaling.member import Member
from tests.signaling.world import OTHER_ORIGIN, World
from widget.wire.genesis import PRIVATE, RELAY

MakeWorld = Callable[..., Awaitable[World]]

DONE, POWER, UNKNOWN, MANY = (204, ""), (403, "room.power"), (404, "room.unknown"), (409, "room.many")
KINDS: dict[str, dict[str, Any]] = {"public": {}, "private": {"flags": PRIVATE + RELAY}}
NO_SAY = {"public": POWER, "private": UNKNOWN}


def on_the_same_device(member: Member, origin: str) -> Member:
    """The same person with a token for another site."""
    twin = member.world.member(member.name, sub=member.sub, origin=origin)
    twin.private, twin.public, twin.jkt = member.private, member.public, member.jkt
    return twin


async def room_of(world: World, kind: str = "public") -> tuple[Member, str]:
    ada = world.member("Ada")
    return ada, await ada.make(**KINDS[kind])


# The host


@pytest.mark.parametrize("kind", KINDS)
async def test_the_host_decides(world: World, kind: str) -> None:
    ada, room = await room_of(world, kind)
    ben = world.member()
    assert await ada.appoint(room, ben) == DONE
    assert await ada.remove(room, ben, ban=True) == DONE
    assert await ada.remove(room, ben, lift=True) == DONE
    assert await ada.remove(room, ben) == DONE
    assert await ada.appoint(room, ben, on=False) == DONE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["a stranger", "a member", "the host's other device", "another person on the device"])
async def test_nobody_else_decides(world: World, kind: str, who: str) -> None:
    ada, room = await room_of(world, kind)
    ben = world.member("Ben")
    line = await ben.join(room)
    if who == "a member":
        eve = world.member("Eve")
        await eve.join(room)
        await line.read()
    elif who == "the host's other device":
        eve = world.member("Ada", sub=ada.sub)
    elif who == "another person on the device":
        eve = world.member("Eve")
        eve.private, eve.public, eve.jkt = ada.private, ada.public, ada.jkt
    else:
        eve = world.member("Eve")
    assert await eve.remove(room, ben) == NO_SAY[kind]
    assert await eve.remove(room, ben, ban=True) == NO_SAY[kind]
    assert await eve.remove(room, ben, lift=True) == NO_SAY[kind]
    assert await eve.appoint(room, eve) == NO_SAY[kind]
    assert await eve.appoint(room, eve, on=False) == NO_SAY[kind]
    assert await line.echo() == []


async def test_people_of_a_site_that_the_room_does_not_admit_decide_nothing(world: World) -> None:
    ada, room = await room_of(world)
    ben = world.member()
    assert await ada.appoint(room, ben) == DONE
    for person in (ada, ben):
        foreign = on_the_same_device(person, OTHER_ORIGIN)
        assert await foreign.remove(room, world.member()) == UNKNOWN
        assert await foreign.appoint(room, ben) == UNKNOWN


async def test_people_of_every_site_that_the_room_admits_decide(world: World) -> None:
    ada = world.member()
    room = await ada.make(orgs=[ada.origin, OTHER_ORIGIN])
    ben = world.member(origin=OTHER_ORIGIN)
    assert await on_the_same_device(ada, OTHER_ORIGIN).appoint(room, ben) == DONE
    assert await ben.remove(room, world.member()) == DONE


@pytest.mark.parametrize("kind", KINDS)
async def test_nobody_removes_the_host_not_even_the_host(world: World, kind: str) -> None:
    ada, room = await room_of(world, kind)
    ben = world.member()
    assert await ada.appoint(room, ben) == DONE
    line = await ada.join(room)
    for person in (ada, ben):
        for ban, lift in ((False, False), (True, False), (False, True)):
            assert await person.remove(room, ada, ban, lift) == POWER
    assert await line.echo() == []
    await ada.join(room)


# Moderators


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("workers", [1, 2])
async def test_a_moderator_removes_members_and_lets_them_in(make_world: MakeWorld, kind: str, workers: int) -> None:
    world = await make_world(workers=workers)
    ada, room = await room_of(world, kind)
    mod, ben = world.member("Mod"), world.member("Ben")
    assert await ada.appoint(room, mod) == DONE
    line = await ben.join(room, workers - 1)
    assert await mod.remove(room, ben, ban=True, worker=workers - 1) == DONE
    assert await line.refused() == ("room.removed", 4411)
    # A moderator is a person: every device of theirs.
    assert await world.member("Mod", sub=mod.sub).remove(room, ben, lift=True) == DONE
    await ben.join(room)


async def test_a_moderator_moderates_one_room(world: World) -> None:
    ada, room = await room_of(world)
    other = await ada.make()
    ben = world.member()
    assert await ada.appoint(other, ben) == DONE
    assert await ben.remove(room, world.member()) == POWER


@pytest.mark.parametrize("kind", KINDS)
async def test_a_moderator_decides_about_no_moderator(world: World, kind: str) -> None:
    ada, room = await room_of(world, kind)
    mod, other, ben = world.member("Mod"), world.member("Other"), world.member("Ben")
    assert await ada.remove(room, other, ban=True) == DONE
    for person in (mod, other):
        assert await ada.appoint(room, person) == DONE
    for person in (mod, other):
        for ban, lift in ((False, False), (True, False), (False, True)):
            assert await mod.remove(room, person, ban, lift) == POWER
    for person in (mod, other, ben):
        assert await mod.appoint(room, person) == POWER
        assert await mod.appoint(room, person, on=False) == POWER
    # Nothing of it was done.
    line = await other.open()
    line.auth(room)
    assert await line.refused() == ("room.removed", 4411)
    assert await mod.remove(room, ben) == DONE
    assert await ben.remove(room, mod) == NO_SAY[kind]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_role_that_was_taken_away_is_worth_nothing(world: World, kind: str) -> None:
    ada, room = await room_of(world, kind)
    mod, ben = world.member(), world.member()
    assert await ada.appoint(room, mod) == DONE
    assert await ada.appoint(room, mod, on=False) == DONE
    assert await mod.remove(room, ben) == NO_SAY[kind]


@pytest.mark.parametrize("ban", [True, False])
@pytest.mark.parametrize("kind", KINDS)
async def test_removing_a_moderator_ends_the_role(world: World, kind: str, ban: bool) -> None:
    ada, room = await room_of(world, kind)
    mod, ben = world.member(), world.member()
    assert await ada.appoint(room, mod) == DONE
    assert await ada.remove(room, mod, ban) == DONE
    assert await mod.remove(room, ben) == NO_SAY[kind]
    assert await ada.remove(room, mod, lift=True) == DONE
    assert await mod.remove(room, ben) == NO_SAY[kind]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_moderator_who_is_banned_has_no_power_until_let_back_in(world: World, kind: str) -> None:
    ada, room = await room_of(world, kind)
    mod, ben = world.member(), world.member()
    assert await ada.remove(room, mod, ban=True) == DONE
    assert await ada.appoint(room, mod) == DONE
    for ban, lift in ((False, False), (True, False), (False, True)):
        assert await mod.remove(room, ben, ban, lift) == NO_SAY[kind]
    assert await mod.remove(room, mod, lift=True) == NO_SAY[kind]
    assert await mod.appoint(room, ben) == NO_SAY[kind]
    assert await ada.remove(room, mod, lift=True) == DONE
    assert await mod.remove(room, ben) == DONE


# How much


@pytest.mark.parametrize(("number", "said"), [(2, DONE), (3, DONE), (4, MANY)])
async def test_a_room_has_so_many_bans(make_world: MakeWorld, number: int, said: tuple[int, str]) -> None:
    world = await make_world(bans_per_room=3)
    ada, room = await room_of(world)
    first = world.member()
    assert await ada.remove(room, first, ban=True) == DONE
    for _ in range(number - 2):
        assert await ada.remove(room, world.member(), ban=True) == DONE
    late = world.member()
    line = await late.join(room)
    assert await ada.remove(room, late, ban=True) == said
    if said == MANY:
        assert await line.echo() == []  # nothing was done by halves
        assert await ada.remove(room, first, ban=True) == DONE
        assert await ada.remove(room, late) == DONE
        assert await ada.remove(room, first, lift=True) == DONE
        assert await ada.remove(room, late, ban=True) == DONE


@pytest.mark.parametrize(("number", "said"), [(2, DONE), (3, DONE), (4, MANY)])
async def test_a_room_has_so_many_moderators(make_world: MakeWorld, number: int, said: tuple[int, str]) -> None:
    world = await make_world(moderators_per_room=3)
    ada, room = await room_of(world)
    first = world.member()
    assert await ada.appoint(room, first) == DONE
    for _ in range(number - 2):
        assert await ada.appoint(room, world.member()) == DONE
    late = world.member()
    assert await ada.appoint(room, late) == said
    if said == MANY:
        assert await late.remove(room, world.member()) == POWER
        assert await ada.appoint(room, first) == DONE
        assert await ada.appoint(room, first, on=False) == DONE
        assert await ada.appoint(room, late) == DONE


async def test_where_no_bans_are_kept_none_is_promised(make_world: MakeWorld) -> None:
    world = await make_world(bans_per_room=0, moderators_per_room=0)
    ada, room = await room_of(world)
    assert await ada.remove(room, world.member(), ban=True) == MANY
    assert await ada.appoint(room, world.member()) == MANY


def test_the_numbers_are_those_of_the_pages() -> None:
    limits = Limits()
    assert (limits.bans_per_room, limits.moderators_per_room, limits.decisions_per_user_min) == (1024, 64, 60)


@pytest.mark.parametrize("call", ["remove", "appoint"])
@pytest.mark.parametrize(("number", "status"), [(59, 204), (60, 204), (61, 429)])
async def test_a_user_decides_sixty_times_a_minute(world: World, number: int, status: int, call: str) -> None:
    ada, room = await room_of(world)
    for _ in range(number - 1):
        assert await world.worker.quotas.take_decision(ada.sub) == 0
    ben = world.member()
    assert (await getattr(ada, call)(room, ben))[0] == status
    if status == 429:
        assert await ada.remove("ab" * 16, ben) == (429, "rate.limited")
        assert await ben.remove(room, ada) == POWER
        world.moment.go(60)
        assert await getattr(ada, call)(await ada.make(), ben) == DONE


# What is not told


async def test_a_room_that_is_hidden_foreign_or_missing_is_the_same_answer_by_the_same_path(
    make_world: MakeWorld,
) -> None:
    world = await make_world(wrong_ids_per_min=10**6, sweep_every_s=3600)
    eve, ben = world.member(), world.member()
    foreign = await world.member(origin=OTHER_ORIGIN).make(orgs=[OTHER_ORIGIN])
    hidden = (await room_of(world, "private"))[1]
    steps: list[str] = []
    keys: set[str] = set()
    run = world.worker.shared.run

    async def noting(script: Any, *given: Any) -> Any:
        steps[-1] += script.sha[:6] + " "
        keys.update(given[0])
        return await run(script, *given)

    world.worker.shared.run = noting  # type: ignore[method-assign, assignment]
    for path, body in (
        ("removals", {"sub": ben.sub, "ban": True, "lift": False}),
        ("removals", {"sub": ben.sub, "ban": False, "lift": True}),
        ("moderators", {"sub": ben.sub, "on": True}),
    ):
        told: set[tuple[int, str]] = set()
        steps.clear()
        for room in (hidden, foreign, "00" * 16, "ab" * 16, "nonsense", "A" * 32):
            steps.append("")
            answer = await eve.post(body, path=f"/rooms/{room}/{path}")
            told.add((answer.status_code, answer.text))
        assert {status for status, _ in told} == {404}
        assert len(told) == 1
        assert len(set(steps)) == 1
        assert steps[0] != ""
    assert [key for key in keys if "nonsense" in key] == []


@pytest.mark.no_cover
@pytest.mark.parametrize("call", ["remove", "appoint"])
@pytest.mark.parametrize("what", ["missing", "hidden"])
async def test_asking_for_rooms_counts_as_guessing_their_ids(world: World, what: str, call: str) -> None:
    eve, ben = world.member(), world.member()
    room = "ab" * 16 if what == "missing" else (await room_of(world, "private"))[1]
    own = await eve.make()
    for _ in range(10):
        assert await getattr(eve, call)(room, ben) == UNKNOWN
    assert await getattr(eve, call)(room, ben) == (429, "rate.limited")
    assert await eve.remove(own, ben) == (429, "rate.limited")
    # The guesses of the socket are the same ones, and those of another are not.
    line = await eve.open()
    line.auth(own)
    assert await line.refused() == ("rate.limited", 4429)
    assert await ben.remove(own, eve) == POWER
    world.moment.go(60)
    assert await eve.remove(await eve.make(), ben) == DONE


async def test_a_refusal_that_is_no_guess_is_not_counted_as_one(world: World) -> None:
    ada, room = await room_of(world)
    eve = world.member()
    for _ in range(11):
        assert await eve.remove(room, ada) == POWER


# What is asked


SUB = "ab" * 16
BODIES = {
    "no json": b"hello",
    "a list": b"[]",
    "empty": b"",
    "no sub": b'{"ban":false,"lift":false,"on":true}',
    "a short sub": b'{"sub":"ab","ban":false,"lift":false,"on":true}',
    "a long sub": json.dumps({"sub": SUB + "00", "ban": False, "lift": False, "on": True}).encode(),
    "large letters": json.dumps({"sub": SUB.upper(), "ban": False, "lift": False, "on": True}).encode(),
    "no hex": json.dumps({"sub": '"' * 32, "ban": False, "lift": False, "on": True}).encode(),
    "a number": b'{"sub":1,"ban":false,"lift":false,"on":true}',
    "only a sub": json.dumps({"sub": SUB}).encode(),
    "numbers": json.dumps({"sub": SUB, "ban": 1, "lift": 0, "on": 1}).encode(),
    "no ban, no on": json.dumps({"sub": SUB, "lift": False}).encode(),
    "no lift, no on": json.dumps({"sub": SUB, "ban": False}).encode(),
}


@pytest.mark.parametrize("path", ["removals", "moderators"])
async def test_nonsense_decides_nothing(world: World, path: str) -> None:
    ada, room = await room_of(world)
    for name, content in BODIES.items():
        answer = await ada.post(content, path=f"/rooms/{room}/{path}")
        assert (answer.status_code, answer.json().get("code")) == (400, "message.malformed"), name


async def test_nobody_is_banned_and_let_in_at_once(world: World) -> None:
    ada, room = await room_of(world)
    assert await ada.remove(room, world.member(), ban=True, lift=True) == (400, "message.malformed")


@pytest.mark.parametrize("path", ["removals", "moderators"])
async def test_a_decision_needs_a_token_and_a_fresh_proof_for_this_very_call(world: World, path: str) -> None:
    ada, eve = world.member(), world.member()
    room, other = await ada.make(), await ada.make()
    base = f"{world.servers[0].http_url}/rooms"
    url, token = f"{base}/{room}/{path}", ada.token()
    body = {"sub": eve.sub, "ban": True, "lift": False, "on": True}
    wrong = "moderators" if path == "removals" else "removals"
    bad: list[tuple[dict[str, str], str]] = [
        ({"authorization": ""}, "token.invalid"),
        ({"authorization": f"Bearer {token}"}, "token.invalid"),
        ({"authorization": f"DPoP {ada.token(org=OTHER_ORIGIN)}"}, "token.invalid"),
        ({"dpop": ""}, "proof.invalid"),
        ({"dpop": eve.dpop("POST", url, token)}, "proof.invalid"),
        ({"dpop": ada.dpop("GET", url, token)}, "proof.invalid"),
        ({"dpop": ada.dpop("POST", base, token)}, "proof.invalid"),
        ({"dpop": ada.dpop("POST", f"{base}/{room}/{wrong}", token)}, "proof.invalid"),
        ({"dpop": ada.dpop("POST", f"{base}/{other}/{path}", token)}, "proof.invalid"),
        ({"dpop": ada.dpop("POST", url, ada.token())}, "proof.invalid"),
        ({"dpop": ada.dpop("POST", url, token, iat=START_S - 61)}, "proof.invalid"),
    ]
    for headers, code in bad:
        answer = await ada.post(body, {"authorization": f"DPoP {token}", **headers}, path=f"/rooms/{room}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (401, code)
    once = {"authorization": f"DPoP {token}", "dpop": ada.dpop("POST", url, token)}
    assert (await ada.post(body, once, path=f"/rooms/{room}/{path}")).status_code == 204
    assert (await ada.post(body, once, path=f"/rooms/{room}/{path}")).status_code == 401


@pytest.mark.parametrize("path", ["removals", "moderators"])
async def test_a_decision_is_a_small_json_of_an_allowed_site(world: World, path: str) -> None:
    ada, room = await room_of(world)
    where = f"/rooms/{room}/{path}"
    assert (await ada.post({}, {"content-type": "text/plain"}, path=where)).json()["code"] == "body.type"
    assert (await ada.post(b" " * 8193, path=where)).json()["code"] == "body.too_large"
    assert (await ada.post({}, {"origin": "https://evil.test"}, path=where)).json()["code"] == "origin.refused"
    assert (await world.get(where)).status_code == 405
    preflight = await world.servers[0].http.options(where, headers={"origin": ada.origin})
    assert preflight.status_code == 204
