"""Who gets into a room, and who does not."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable

import pytest

from auth.tokens import Claims, issue_identity, new_jti
from signaling.connection import Connection
from signaling.limits import Limits
from tests.fakes.moment import START_S
from tests.signaling.world import OTHER_ORIGIN, World, until
from widget.wire.genesis import PRIVATE, RELAY
from widget.wire.socket import Joined

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]


async def test_sixteen_get_in_and_the_seventeenth_does_not(world: World) -> None:
    room = await world.member().make()
    for number in range(16):
        line = await world.member(f"m{number}").join(room)
        assert len(line.joined.members) == number
    late = await world.member().open()
    late.auth(room)
    assert await late.refused() == ("room.full", 4409)


async def test_two_hundred_at_once_never_overfill_a_room(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    room = await world.member().make(capacity=10)
    lines = [await world.member(f"m{number}").open(number % 2) for number in range(200)]
    for line in lines:
        line.auth(room)
    first = await asyncio.gather(*[line.raw() for line in lines])
    kinds = [json.loads(said)["t"] for said in first]
    assert (kinds.count("joined"), kinds.count("error")) == (10, 190)
    roster = await world.worker.store.roster(room)
    assert roster is not None
    assert len(roster.members) == 10


async def test_what_is_known_of_a_room_is_kept_once_for_all_in_it(world: World) -> None:
    """A kilobyte of each socket's memory otherwise."""
    room = await world.member().make()
    for name in ("Ada", "Ben", "Cleo"):
        await world.member(name).join(room)
    sessions = [one.session for one in world.worker.connections if isinstance(one, Connection)]
    kept = [session.room for session in sessions if session is not None]
    assert len(kept) == 3
    assert len({id(facts) for facts in kept}) == 1


async def test_no_room_of_that_id(world: World) -> None:
    line = await world.member().open()
    line.auth("00" * 16)
    assert await line.refused() == ("room.unknown", 4404)


async def test_a_private_room_is_entered_by_its_id(world: World) -> None:
    ada = world.member()
    room = await ada.make("secret name", flags=PRIVATE + RELAY)
    line = await world.member().join(room)
    assert (line.joined.room.public, line.joined.room.name) == (False, "")


async def test_people_of_another_site_do_not_see_the_room(world: World) -> None:
    room = await world.member().make()
    line = await world.member(origin=OTHER_ORIGIN).open()
    line.auth(room)
    assert await line.refused() == ("room.unknown", 4404)


async def test_a_room_may_invite_two_sites(world: World) -> None:
    ada = world.member()
    room = await ada.make(orgs=[ada.origin, OTHER_ORIGIN])
    assert (await world.member(origin=OTHER_ORIGIN).join(room)).joined.room.room_id == room


async def test_a_token_for_another_site_opens_nothing(world: World) -> None:
    ada = world.member()
    line = await ada.open()
    line.auth(await ada.make(), token=ada.token(org=OTHER_ORIGIN))
    assert await line.refused() == ("token.invalid", 4401)


async def test_an_identity_certificate_is_no_access_token(world: World) -> None:
    ada = world.member()
    claims = Claims(ada.sub, "Ada", ada.origin, ada.jkt, new_jti(), START_S, START_S + 600)
    line = await ada.open()
    line.auth(await ada.make(), token=issue_identity(world.signing, world.issuer, claims))
    assert await line.refused() == ("token.invalid", 4401)


@pytest.mark.parametrize(("age_s", "good"), [(-59, True), (-61, False)])
async def test_an_expired_token_counts_for_the_skew_and_no_longer(world: World, age_s: int, good: bool) -> None:
    ada = world.member()
    line = await ada.open()
    line.auth(await ada.make(), token=ada.token(iat=START_S - 600, exp=START_S + age_s))
    if good:
        assert isinstance(await line.read(), Joined)
    else:
        assert await line.refused() == ("token.invalid", 4401)


async def test_a_stolen_token_is_useless_without_its_device(world: World) -> None:
    ada, eve = world.member(), world.member()
    room = await ada.make()
    line = await eve.open()
    line.auth(room, token=ada.token())
    assert await line.refused() == ("proof.invalid", 4401)
    other = await eve.open()
    other.auth(room, token=ada.token(), dk=ada.public)
    assert await other.refused() == ("proof.invalid", 4401)


async def test_a_proof_made_for_another_socket_or_place_does_not_count(world: World) -> None:
    ada = world.member()
    room = await ada.make()
    first, second, third = await ada.open(), await ada.open(), await ada.open()
    second.nonce = first.nonce
    second.auth(room)
    assert await second.refused() == ("proof.invalid", 4401)
    third.host = "signal.evil.test"
    third.auth(room)
    assert await third.refused() == ("proof.invalid", 4401)


async def test_a_signature_of_the_wrong_shape_is_refused(world: World) -> None:
    ada = world.member()
    room = await ada.make()
    line = await ada.open()
    line.auth(room, sig=bytes(64))
    assert await line.refused() == ("proof.invalid", 4401)
    other = await ada.open()
    other.auth(room, sig=bytes(63))
    assert await other.refused() == ("message.malformed", 4400)


async def test_a_session_id_belongs_to_the_device_that_brought_it(world: World) -> None:
    ada, eve = world.member(), world.member()
    room = await ada.make()
    first = await ada.join(room)
    line = await eve.open()
    line.auth(room, sid=first.sid)
    assert await line.refused() == ("proof.invalid", 4401)
    assert await first.echo() == []


async def test_silence_after_connecting_ends_the_socket_after_five_seconds(world: World) -> None:
    line = await world.member().open()
    world.moment.go(4.9)
    assert not line.socket.close_code
    world.moment.go(0.2)
    assert await line.closed() == 4408  # and no word of a wrong token: it is a busy page


async def test_a_seat_makes_room_for_the_next_nameless_socket(make_world: MakeWorld) -> None:
    world = await make_world(unauthenticated_per_ip=1)
    room = await world.member().make()
    await world.member().join(room)
    await world.member().join(room)
    await world.member().open()


@pytest.mark.parametrize(("number", "good"), [(4, True), (5, True), (6, False)])
async def test_a_user_has_five_sockets(make_world: MakeWorld, number: int, good: bool) -> None:
    world = await make_world(workers=2)
    ada = world.member()
    room = await ada.make()
    lines = [await ada.join(room, number % 2) for number in range(number - 1)]
    last = await ada.open()
    last.auth(room)
    if good:
        assert isinstance(await last.read(), Joined)
        return
    assert await last.refused() == ("rate.limited", 4429)
    lines[0].say("leave")
    await lines[0].closed()
    await until(lambda: len(world.servers[0].worker.connections) + len(world.servers[1].worker.connections) == 4)
    await ada.join(room)


@pytest.mark.parametrize(("number", "good"), [(2, True), (3, True), (4, False)])
async def test_an_address_has_so_many_sockets(make_world: MakeWorld, number: int, good: bool) -> None:
    world = await make_world(sockets_per_ip=3)
    room = await world.member().make()
    for _ in range(number - 1):
        await world.member().join(room)
    last = await world.member().open()
    last.auth(room)
    assert isinstance(await last.read(), Joined) == good


@pytest.mark.parametrize(("number", "good"), [(239, True), (240, True), (241, False)])
async def test_a_user_joins_240_times_an_hour(make_world: MakeWorld, number: int, good: bool) -> None:
    world = await make_world(joins_per_user_hour=Limits().joins_per_user_hour)
    ada = world.member()
    room = await ada.make()
    for _ in range(number - 1):
        assert await world.worker.quotas.take_join(ada.sub) == 0
    line = await ada.open()
    line.auth(room)
    if good:
        assert isinstance(await line.read(), Joined)
    else:
        assert await line.refused() == ("rate.limited", 4429)
        world.moment.go(3601)
        await ada.join(await ada.make())


@pytest.mark.parametrize(("number", "code"), [(9, "room.unknown"), (10, "room.unknown"), (11, "rate.limited")])
async def test_ten_wrong_ids_a_minute_end_a_users_guessing(world: World, number: int, code: str) -> None:
    ada = world.member()
    room = await world.member().make(flags=PRIVATE + RELAY)
    for _ in range(number - 1):
        assert await world.worker.quotas.take_wrong_id(ada.sub) == 0
    line = await ada.open()
    line.auth(secrets.token_hex(16))
    assert (await line.refused())[0] == code
    if number < 10:
        return
    # Neither is a right id told from a wrong one any more.
    right = await ada.open()
    right.auth(room)
    assert (await right.refused())[0] == "rate.limited"
    world.moment.go(61)
    await ada.join(await ada.make(flags=PRIVATE + RELAY))


async def test_a_class_that_follows_an_old_link_keeps_nobody_out(world: World) -> None:
    for _ in range(30):
        line = await world.member().open()
        line.auth("0" * 32)
        assert await line.refused() == ("room.unknown", 4404)
    ada = world.member()
    await ada.join(await ada.make())


async def test_somebody_who_just_left_can_come_back_as_new(world: World) -> None:
    ada, ben = world.member(), world.member()
    room = await ada.make()
    watch = await ben.join(room)
    line = await ada.join(room)
    line.say("leave")
    await line.closed()
    again = await ada.join(room)
    assert [type(await watch.read()).__name__ for _ in range(3)] == ["PeerJoined", "PeerLeft", "PeerJoined"]
    assert again.sid != line.sid


async def test_turn_credentials_are_bound_to_who_joins(make_world: MakeWorld) -> None:
    places = {"turn_url": "turn:turn.test:3478,turns:turn.test:5349", "stun_url": "stun:s.test"}
    world = await make_world(**places, turn_secret="s" * 32)
    ada = world.member()
    ice = (await ada.join(await ada.make())).joined.ice
    assert [server.urls for server in ice] == [["stun:s.test"], ["turn:turn.test:3478", "turns:turn.test:5349"]]
    assert ice[1].username == f"{START_S + 3600}:{ada.sub}"
    assert ice[1].credential != ""


async def test_without_turn_there_is_nothing_to_tell(world: World) -> None:
    ada = world.member()
    assert (await ada.join(await ada.make())).joined.ice == []
