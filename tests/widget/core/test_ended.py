"""Who is on the list, and who is out for good: what the service says, and what a session says of itself."""

from __future__ import annotations

from tests.fakes.world import Someone, World
from widget.crypto.reasons import EPOCH_EXPELLED
from widget.native.drops import drops_of
from widget.room.kinds.leave import LEAVE
from widget.wire.socket import Member, PeerJoined, PeerLeft


def readers(someone: Someone) -> set[str]:
    group = someone.stay.peers.group
    return {peer.name for peer in (group.member(sid) for sid in group.roster) if peer is not None} - {someone.name}


async def test_whom_the_service_says_to_have_left_is_listed_as_long_as_they_read(world: World) -> None:
    world.net.blocked = True
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    bob.stay.heard(PeerLeft(cid.stay.me.sid))
    assert (bob.links["Cid"], readers(bob)) == ("lost", {"Ann", "Cid"})
    for ms in [*[1] * 200, *[1_000] * 20]:
        await world.clock.advance(ms)
        assert readers(bob) <= set(bob.links)
    await bob.chat.send_message("among friends")
    await world.clock.advance(500)
    assert cid.texts == ["among friends"]
    assert ann.links.keys() == {"Bob", "Cid"}


async def test_who_said_goodbye_is_off_the_list_and_in_no_epoch(world: World) -> None:
    """Also when another member goes on putting her into its own."""
    ann, bob, eve = await world.room("Ann", "Bob", "Eve")
    she = eve.stay.me
    await eve.stay._say(LEAVE, b"")
    await world.clock.advance(100)
    assert "Eve" not in ann.links
    await world.clock.advance(4_000)
    bobs = bob.stay.peers.group._keyring
    bobs.membership._expelled.forget(she.sid)
    bobs.membership.admit(she)
    for number in range(10):
        await bobs.make_epoch(2, world.clock.now_ms())
        bob.stay.peers.epochs._carry_out(bob.stay.peers.group._done())
        await ann.chat.send_message(f"line {number}")
        await world.clock.advance(1_000)
        assert readers(ann) <= {"Bob"}
    assert drops_of(ann.chat)[f"cw.{EPOCH_EXPELLED}"] > 0
    assert eve.texts == []


async def test_a_session_that_said_goodbye_is_not_spoken_with_again(world: World) -> None:
    ann, bob, eve = await world.room("Ann", "Bob", "Eve")
    she = eve.stay.me
    await eve.stay._say(LEAVE, b"")
    await world.clock.advance(100)
    for someone in (ann, bob):
        someone.stay.heard(PeerJoined(Member(she.sid, she.sub, "Eve", she.iat_ms)))
        eve.sees(someone).pair.start()
    await world.clock.advance(10_000)
    await ann.chat.send_message("not for her")
    await world.clock.advance(1_000)
    assert ann.links.keys() == {"Bob"}
    assert eve.texts == []
    assert bob.texts == ["not for her"]


async def test_who_said_goodbye_comes_back_with_a_new_session(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    room = ann.chat.get_state().room
    assert room is not None
    await bob.chat.leave_room()
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(5_000)
    await ann.chat.send_message("again")
    await world.clock.advance(500)
    assert (ann.links, bob.texts) == ({"Bob": "direct"}, ["again"])
