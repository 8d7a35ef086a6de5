"""What a token, a proof, a session id and an address are good for, and what they are not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from auth.revocations import Revoked, announce
from tests.signaling.member import Member
from tests.signaling.world import OTHER_ORIGIN, World, until
from widget.wire.client_text import auth_bytes

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]


def other_device(world: World, person: Member) -> Member:
    return world.member(person.name, sub=person.sub)


async def test_a_session_id_is_not_for_the_same_persons_other_device(world: World) -> None:
    ada = world.member()
    room = await ada.make()
    first = await ada.join(room)
    line = await other_device(world, ada).open()
    line.auth(room, sid=first.sid)
    assert await line.refused() == ("proof.invalid", 4401)
    assert await first.echo() == []


async def test_another_device_of_the_same_person_renews_nothing(world: World) -> None:
    ada = world.member()
    line = await ada.join(await ada.make())
    line.member = other_device(world, ada)
    line.renew()
    assert await line.refused() == ("token.invalid", 4401)


async def test_a_token_of_another_site_renews_nothing(world: World) -> None:
    ada = world.member()
    line = await ada.join(await ada.make())
    line.renew(ada.token(org=OTHER_ORIGIN))
    assert await line.refused() == ("token.invalid", 4401)


@pytest.mark.parametrize("what", ["room", "session"])
async def test_a_proof_is_for_one_room_and_one_session(world: World, what: str) -> None:
    ada = world.member()
    room, other = await ada.make(), await ada.make()
    line = await ada.open()
    signed = (other, "22" * 16) if what == "room" else (room, "11" * 16)
    line.auth(room, sid="22" * 16, sig=ada.sign(auth_bytes(line.nonce, line.host, *signed)))
    assert await line.refused() == ("proof.invalid", 4401)


async def test_a_sign_out_spares_whoever_signed_in_after_it_and_everybody_else(world: World) -> None:
    ada, ben = world.member(), world.member()
    room = await ada.make()
    first, second, third = await ada.join(room), await ben.join(room), await other_device(world, ben).join(room)
    await announce(world.stores[0], Revoked(ben.sub, ben.jkt.hex(), int(world.moment.now_s()) - 1))
    await announce(world.stores[0], Revoked(ben.sub, third.member.jkt.hex(), int(world.moment.now_s())))
    assert await third.refused() == ("token.invalid", 4403)
    assert [type(await first.read()).__name__ for _ in range(3)] == ["PeerJoined", "PeerJoined", "PeerLeft"]
    assert [type(await second.read()).__name__ for _ in range(2)] == ["PeerJoined", "PeerLeft"]
    assert [await line.echo() for line in (first, second)] == [[], []]


async def test_a_room_is_made_with_one_proof(world: World) -> None:
    ada = world.member()
    server = world.servers[0]
    token = ada.token()
    proofs = [("dpop", ada.dpop("POST", f"{server.http_url}/rooms", token)) for _ in range(2)]
    headers = [("origin", ada.origin), ("content-type", "application/json"), ("authorization", f"DPoP {token}")]
    body = f'{{"genesis":"{ada.genesis().hex()}","name":""}}'
    twice = await server.http.post("/rooms", content=body, headers=[*headers, *proofs])
    assert (twice.status_code, twice.json()["code"]) == (401, "proof.invalid")
    once = await server.http.post("/rooms", content=body, headers=[*headers, proofs[0]])
    assert once.status_code == 201


@pytest.mark.parametrize("origin", ["null", "https://evil.test", ""])
async def test_foreign_pages_find_no_room(world: World, origin: str) -> None:
    room = await world.member().make()
    answer = await world.get(f"/rooms/{room}", origin=origin)
    assert (answer.status_code, answer.json()["code"]) == (403, "origin.refused")


@pytest.mark.parametrize("number", [2, 3, 4])
async def test_a_worker_has_so_many_nameless_sockets(make_world: MakeWorld, number: int) -> None:
    world = await make_world(unauthenticated_per_worker=3)
    ada = world.member()
    await ada.join(await ada.make())
    for _ in range(min(number, 3)):
        await ada.open()
    if number > 3:
        assert await ada.turned_away() == ("backend.down", 4503)


@pytest.mark.parametrize("is_trusted", [True, False])
async def test_a_socket_comes_from_where_a_named_proxy_says_and_nobody_else(
    make_world: MakeWorld, is_trusted: bool
) -> None:
    proxies = ("127.0.0.1",) if is_trusted else ()
    world = await make_world(unauthenticated_per_ip=1, trusted_proxies=proxies)
    await world.member().open(headers={"X-Forwarded-For": "203.0.113.1"})
    if is_trusted:
        await world.member().open(headers={"X-Forwarded-For": "203.0.113.2"})
    second = {"X-Forwarded-For": "203.0.113.2"}
    assert await world.member().turned_away(headers=second) == ("rate.limited", 4429)


async def test_a_ticket_is_for_the_session_it_was_given_to(make_world: MakeWorld) -> None:
    world = await make_world(joins_per_user_hour=2)
    ada = world.member()
    room = await ada.make()
    first, second = await ada.join(room), await ada.join(room)
    await second.cut()
    await until(lambda: len(world.worker.connections) == 1)
    line = await ada.open()
    line.auth(room, sid=second.sid, resume=first.joined.resume)
    assert await line.refused() == ("rate.limited", 4429)
    await ada.join(room, sid=second.sid, resume=second.joined.resume)


async def test_a_session_that_was_taken_over_keeps_its_one_place(make_world: MakeWorld) -> None:
    world = await make_world(sockets_per_user=1)
    ada = world.member()
    room = await ada.make()
    first = await ada.join(room)
    second = await ada.join(room, sid=first.sid)
    assert await first.closed() == 4410
    await until(lambda: len(world.worker.connections) == 1)
    third = await ada.open()
    third.auth(room)
    assert await third.refused() == ("rate.limited", 4429)
    assert await second.echo() == []


async def test_a_network_that_was_away_brings_everybody_back_within_the_same_places(make_world: MakeWorld) -> None:
    world = await make_world(sockets_per_ip=2, workers=2)
    ada, ben = world.member(), world.member()
    room = await ada.make()
    first, second = await ada.join(room), await ben.join(room)
    # Their old sockets are not known to be dead yet.
    again = await ada.join(room, 1, sid=first.sid, resume=first.joined.resume)
    await ben.join(room, 1, sid=second.sid, resume=second.joined.resume)
    third = await world.member().open()
    third.auth(room)
    assert await third.refused() == ("rate.limited", 4429)
    again.say("leave")
    await again.closed()
    await until(lambda: len(world.servers[1].worker.connections) == 1)
    await world.member().join(room)


async def test_nobody_gives_back_the_place_of_another_at_their_address(make_world: MakeWorld) -> None:
    world = await make_world(sockets_per_ip=2)
    ada, eve = world.member(), world.member()
    room = await ada.make()
    first = await ada.join(room)
    thief = await eve.open()
    thief.auth(room, sid=first.sid)
    assert await thief.refused() == ("proof.invalid", 4401)
    await until(lambda: len(world.worker.connections) == 1)
    await eve.join(room)
    late = await world.member().open()
    late.auth(room)
    assert await late.refused() == ("rate.limited", 4429)


async def test_who_is_refused_for_the_address_keeps_no_place_as_a_user(make_world: MakeWorld) -> None:
    world = await make_world(sockets_per_user=1, sockets_per_ip=1)
    ada, ben = world.member(), world.member()
    room = await ada.make()
    first = await ben.join(room)
    refused = await ada.open()
    refused.auth(room)
    assert await refused.refused() == ("rate.limited", 4429)
    first.say("leave")
    await first.closed()
    await until(lambda: len(world.worker.connections) == 0)
    await ada.join(room)


async def test_who_stays_counts_among_the_sockets_for_as_long_as_that(make_world: MakeWorld) -> None:
    world = await make_world(sockets_per_user=1)
    ada = world.member()
    room = await ada.make()
    first = await ada.join(room)
    for _ in range(3):
        world.moment.go(30)
        assert await first.echo() == []
    second = await ada.open()
    second.auth(room)
    assert await second.refused() == ("rate.limited", 4429)


async def test_who_was_not_let_in_leaves_nothing_behind(make_world: MakeWorld) -> None:
    world = await make_world(sockets_per_user=1)
    ada, ben, cyd = world.member(), world.member(), world.member()
    full = await ada.make(capacity=2)
    await ada.join(full)
    second = await ben.join(full)
    late = await cyd.open()
    late.auth(full)
    assert await late.refused() == ("room.full", 4409)
    assert len(world.worker.hub.rooms[full].seats) == 2
    second.say("leave")
    await second.closed()
    await until(lambda: len(world.worker.connections) == 1)
    await cyd.join(full)


async def test_a_room_that_its_owner_may_not_have_takes_nobodys_place(make_world: MakeWorld) -> None:
    world = await make_world(rooms_per_owner=1, rooms_live=2)
    ada = world.member()
    await ada.make()
    refused = await ada.post({"genesis": ada.genesis().hex(), "name": ""})
    assert (refused.status_code, refused.json()["code"]) == (429, "room.limit")
    await world.member().make()
