"""Private rooms: whose invite is out of date or has a slip in it is told so, and goes on with the right one."""

from __future__ import annotations

from tests.fakes.crypto import watched_crypto
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.world import Someone, World
from tests.widget.core.test_invite_renewal import SOON_MS, private_room
from widget.crypto.genesis import new_psk
from widget.crypto.invites import Invites
from widget.room.disk import FOLDER
from widget.transport.limits import HANDSHAKE_MS

ROOM = bytes(16)


def slipped(invite: str) -> str:
    return invite[:-4] + ("aaaa" if invite[-4:] != "aaaa" else "qqqq")


async def with_old_invite(world: World) -> tuple[Someone, str]:
    """A host, and the invite before the one that there is now."""
    (ann,) = await private_room(world, "Ann")
    old = ann.chat.get_invite()
    await world.run(ann.chat.renew_invite())
    await world.clock.advance(1_000)
    return ann, old


def is_out(someone: Someone) -> bool:
    state = someone.chat.get_state()
    return state.room is None and state.status == "error" and state.error is not None and "another" in state.error


async def test_an_old_invite_leads_out_again_as_often_as_it_is_tried(world: World) -> None:
    ann, old = await with_old_invite(world)
    bob = await world.person("Bob")
    for _ in range(2):
        assert (await world.failing(bob.chat.join_room(old))).code == "invite.wrong"
        assert is_out(bob)
    await world.clock.advance(SOON_MS)
    assert (ann.errors, bob.errors) == ([], ["invite.wrong", "invite.wrong"])
    assert ann.chat.get_state().status == "connected"


async def test_who_waits_to_be_let_in_is_told_too(world: World) -> None:
    ann = await world.person("Ann")
    await world.run(ann.chat.create_room("Room", is_public=False, approval=True))
    old = ann.chat.get_invite()
    await world.run(ann.chat.renew_invite())
    await world.clock.advance(1_000)
    bob = await world.person("Bob")
    assert (await world.failing(bob.chat.join_room(old))).code == "invite.wrong"


async def test_an_invite_with_a_slip_in_it_leads_out_as_soon_as_all_have_refused_it(world: World) -> None:
    ann, bob = await private_room(world, "Ann", "Bob")
    cid = await world.person("Cid")
    began_ms = world.clock.steady_ms()
    assert (await world.failing(cid.chat.join_room(slipped(ann.chat.get_invite())))).code == "invite.wrong"
    assert world.clock.steady_ms() - began_ms < HANDSHAKE_MS // 2
    await world.clock.advance(60_000)
    assert (ann.errors, bob.errors, cid.errors) == ([], [], ["invite.wrong"])
    assert (ann.links, bob.links) == ({"Bob": "direct"}, {"Ann": "direct"})


async def test_the_right_invite_leads_in_after_a_wrong_one(world: World) -> None:
    ann, old = await with_old_invite(world)
    bob = await world.person("Bob")
    await world.failing(bob.chat.join_room(old))
    await world.run(bob.chat.join_room(ann.chat.get_invite()))
    await world.clock.advance(SOON_MS)
    assert bob.links == {"Ann": "direct"}


async def test_another_invite_for_the_room_one_is_in_is_followed(world: World) -> None:
    """Bob was the first, so nobody could tell him."""
    ann, old = await with_old_invite(world)
    new = ann.chat.get_invite()
    await world.run(ann.chat.leave_room())
    bob = await world.person("Bob")
    await world.run(bob.chat.join_room(old))
    await world.run(ann.chat.join_room(new))
    await world.clock.advance(SOON_MS)
    assert bob.links == {"Ann": "unreachable"}
    await world.run(bob.chat.join_room(new))
    await world.clock.advance(SOON_MS)
    assert bob.links == {"Ann": "direct"}


async def test_an_invite_from_before_or_none_does_not_lead_out_of_the_room(world: World) -> None:
    ann, bob = await private_room(world, "Ann", "Bob")
    old = ann.chat.get_invite()
    await world.run(ann.chat.renew_invite())
    await world.clock.advance(1_000)
    stay = bob.stay
    for invite in (old, ann.chat.get_invite(), old.split(".")[0]):
        await world.run(bob.chat.join_room(invite))
    assert bob.stay is stay


async def test_whose_device_is_known_comes_in_with_an_old_invite(world: World) -> None:
    """The browser has lost what was said, but not the sign-in."""
    ann, bob = await private_room(world, "Ann", "Bob")
    old = ann.chat.get_invite()
    bob.chat.destroy()
    await world.run(ann.chat.renew_invite())
    await world.clock.advance(1_000)
    storage = bob.platform.storage
    assert isinstance(storage, MemoryStorage)
    await storage.discard(FOLDER)
    again = world.chat("Bob", storage=storage)
    assert await world.run(again.chat.restore())
    assert again.chat.get_state().room is None
    await world.run(again.chat.join_room(old))
    await world.clock.advance(SOON_MS)
    assert (again.errors, again.links["Ann"] in ("relayed", "direct")) == ([], True)


async def test_no_stranger_keeps_the_host_out_of_an_empty_room(world: World) -> None:
    (ann,) = await private_room(world, "Ann")
    invite = ann.chat.get_invite()
    await world.run(ann.chat.leave_room())
    mallory = await world.person("Mallory")
    await world.run(mallory.chat.join_room(slipped(invite)))
    await world.run(ann.chat.join_room(invite))
    await world.clock.advance(SOON_MS)
    assert (ann.errors, ann.links) == ([], {"Mallory": "unreachable"})


async def test_no_stranger_keeps_out_who_was_in_before(world: World) -> None:
    ann, bob = await private_room(world, "Ann", "Bob")
    invite = ann.chat.get_invite()
    await world.clock.advance(SOON_MS)
    bob.chat.destroy()
    await world.run(ann.chat.leave_room())
    mallory = await world.person("Mallory")
    await world.run(mallory.chat.join_room(slipped(invite)))
    back = world.chat("Bob", storage=bob.platform.storage)  # type: ignore[arg-type]
    assert await world.run(back.chat.restore())
    await world.clock.advance(2 * HANDSHAKE_MS)
    assert back.errors == []
    assert back.chat.get_state().status == "connected"


async def test_no_stranger_has_anybody_go_who_is_in(world: World) -> None:
    """Alone with a stranger, who came later."""
    ann, bob = await private_room(world, "Ann", "Bob")
    invite = ann.chat.get_invite()
    await world.run(ann.chat.leave_room())
    mallory = await world.person("Mallory")
    await world.failing(mallory.chat.join_room(slipped(invite)))
    await world.clock.advance(SOON_MS)
    assert (bob.errors, bob.chat.get_state().status) == ([], "connected")


async def test_an_invite_that_somebody_shares_is_not_wrong() -> None:
    crypto = watched_crypto(set())
    mine, theirs = new_psk(crypto), new_psk(crypto, 2)

    async def shown(secrets: list[bytes]) -> bytes:
        other = Invites(crypto, ROOM, secrets)
        await other.speak_for(b"credential")
        return other.proofs

    invites = Invites(crypto, ROOM, [mine])
    assert not invites.is_wrong
    assert await invites.admit(b"credential", await shown([theirs, mine]), bytes(32))
    assert invites.is_wrong
    assert await invites.admit(b"credential", await shown([mine]), bytes(32))
    await invites.admit(b"credential", await shown([theirs]), bytes(32))
    assert not invites.is_wrong
