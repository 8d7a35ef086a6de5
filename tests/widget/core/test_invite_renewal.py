"""Private rooms: who was removed knows the invite, so there is a new one, and the old one lets nobody in."""

from __future__ import annotations

from contextlib import suppress

from tests.fakes.world import Someone, World
from tests.widget.core.test_moderation import roster, sub
from widget.crypto.genesis import generation_of
from widget.errors import RefusedError
from widget.room.limits import INVITE_EACH_MS
from widget.wire.decision import INVITE

SOON_MS = 10_000
LOOK_MS = 1_000  # it is looked at about so often


async def private_room(world: World, *names: str) -> list[Someone]:
    people = [await world.person(name) for name in names]
    await world.run(people[0].chat.create_room("Room", is_public=False))
    for someone in people[1:]:
        await world.run(someone.chat.join_room(people[0].chat.get_invite()))
    await world.clock.advance(4_000)
    return people


def generation(someone: Someone) -> int:
    return generation_of(someone.stay.plan.address.psk)


async def try_in(world: World, someone: Someone, invite: str) -> None:
    async def enter() -> None:
        with suppress(RefusedError):  # who is in is looked at afterwards
            await someone.chat.join_room(invite)

    world.clock.spawn(enter())
    await world.clock.advance(SOON_MS)


async def test_the_old_invite_lets_nobody_in_and_the_new_one_does(world: World) -> None:
    ann, bob, cid = await private_room(world, "Ann", "Bob", "Cid")
    old = ann.chat.get_invite()
    await world.run(ann.chat.remove_member(sub(bob)))
    await world.clock.advance(SOON_MS)
    assert ann.chat.get_invite() == cid.chat.get_invite() != old
    assert (generation(ann), generation(cid)) == (2, 2)
    dee = await world.person("Dee")
    assert (await world.failing(dee.chat.join_room(old))).code == "invite.wrong"
    await ann.chat.send_message("among ourselves")
    await world.clock.advance(SOON_MS)
    assert roster(ann) == roster(cid) == ["Ann", "Cid"]
    assert dee.texts == []
    eve = await world.person("Eve")
    await try_in(world, eve, cid.chat.get_invite())
    await world.clock.advance(SOON_MS)
    assert roster(ann) == roster(cid) == roster(eve) == ["Ann", "Cid", "Eve"]


async def test_who_was_away_comes_back_with_the_old_invite(world: World) -> None:
    """Cid was cut off when it was renewed: his device is known. Bob's is as well, and he is out."""
    ann, bob, cid, dee = await private_room(world, "Ann", "Bob", "Cid", "Dee")
    old = ann.chat.get_invite()
    bob_device = bob.stay.me.jkt
    world.signaling.is_down = True
    cid.chat.hide()
    await world.clock.advance(1_000)
    world.signaling.is_down = False
    await world.clock.advance(SOON_MS)
    assert "Cid" not in roster(ann)
    await world.run(ann.chat.remove_member(sub(bob)))
    await world.clock.advance(SOON_MS)
    eve = await world.person("Eve")
    await try_in(world, eve, ann.chat.get_invite())
    knows = eve.stay.peers.replica._session.invites.knows
    assert (knows(cid.stay.me.jkt), knows(bob_device)) == (True, False)
    cid.chat.hurry(True)
    await world.clock.advance(5_000)
    await try_in(world, bob, old)
    await world.clock.advance(60_000)
    assert roster(ann) == roster(cid) == roster(dee) == roster(eve) == ["Ann", "Cid", "Dee", "Eve"]
    assert cid.chat.get_invite() == ann.chat.get_invite()


async def test_a_moderator_renews_it_when_who_removed_is_gone(world: World) -> None:
    ann, bob, cid, dee = await private_room(world, "Ann", "Bob", "Cid", "Dee")
    await world.run(ann.chat.set_moderator(sub(dee), True))
    await world.clock.advance(1_000)
    ann.stay.peers.invites.look = lambda: None  # type: ignore[method-assign]
    await world.run(ann.chat.remove_member(sub(bob)))
    await world.run(ann.chat.leave_room())
    await world.clock.advance(2 * INVITE_EACH_MS)
    assert (generation(cid), generation(dee)) == (2, 2)


async def test_who_is_second_in_line_waits_for_the_first(world: World) -> None:
    ann, bob, cid, dee = await private_room(world, "Ann", "Bob", "Cid", "Dee")
    await world.run(ann.chat.set_moderator(sub(dee), True))
    await world.clock.advance(1_000)
    ann.stay.peers.invites.look = lambda: None  # type: ignore[method-assign]
    await world.run(ann.chat.remove_member(sub(bob)))
    await world.clock.until(lambda: dee.stay.peers.invites._since_ms >= 0)
    waits_ms = INVITE_EACH_MS - (world.clock.steady_ms() - dee.stay.peers.invites._since_ms)
    await world.clock.advance(waits_ms - 1)
    assert (generation(cid), generation(dee)) == (1, 1)
    await world.clock.advance(LOOK_MS)
    assert (generation(cid), generation(dee)) == (2, 2)


async def test_one_of_those_who_may_renews_it(world: World) -> None:
    ann, bob, cid, dee = await private_room(world, "Ann", "Bob", "Cid", "Dee")
    for someone in (cid, dee):
        await world.run(ann.chat.set_moderator(sub(someone), True))
    await world.clock.advance(1_000)
    await world.run(ann.chat.remove_member(sub(bob)))
    await world.clock.advance(4 * INVITE_EACH_MS)
    rulings = dee.stay.peers.book.now
    assert [one.entry.author.name for one in rulings.counting.values() if one.decision.op == INVITE] == ["Ann"]


async def test_who_comes_later_reads_the_history_of_who_knew_only_the_old_invite(world: World) -> None:
    people = [await world.person(name) for name in ("Ann", "Bob", "Cid")]
    ann, bob, cid = people
    await world.run(ann.chat.create_room("Room", is_public=False, history="session"))
    for someone in (bob, cid):
        await world.run(someone.chat.join_room(ann.chat.get_invite()))
    await world.clock.advance(4_000)
    await cid.chat.send_message("from before")
    await world.clock.advance(1_000)
    await world.run(cid.chat.leave_room())
    await world.run(ann.chat.remove_member(sub(bob)))
    await world.clock.advance(SOON_MS)
    dee = await world.person("Dee")
    await try_in(world, dee, ann.chat.get_invite())
    assert dee.texts == ["from before"]


async def test_until_there_is_a_new_one_nobody_new_is_let_in(world: World) -> None:
    ann, bob, cid = await private_room(world, "Ann", "Bob", "Cid")
    old = ann.chat.get_invite()
    ann.stay.peers.invites.look = lambda: None  # type: ignore[method-assign]
    await world.run(ann.chat.remove_member(sub(bob)))
    await world.clock.advance(SOON_MS)
    dee = await world.person("Dee")
    await try_in(world, dee, old)
    assert roster(ann) == roster(cid) == ["Ann", "Cid"]
    assert generation(cid) == 1


async def test_a_reload_comes_back_with_the_new_invite(world: World) -> None:
    ann, bob, cid = await private_room(world, "Ann", "Bob", "Cid")
    await world.run(ann.chat.remove_member(sub(bob)))
    await world.clock.advance(SOON_MS)
    cid.chat.destroy()
    back = world.chat("Cid", storage=cid.platform.storage)  # type: ignore[arg-type]
    assert await world.run(back.chat.restore())
    await world.clock.advance(SOON_MS)
    assert roster(back) == ["Ann", "Cid"]
    assert back.chat.get_invite() == ann.chat.get_invite()
    assert len(back.stay.plan.older) == 1


async def test_a_public_room_has_no_invite_to_renew(world: World) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    await world.run(ann.chat.remove_member(sub(bob)))
    await world.clock.advance(SOON_MS)
    assert ann.stay.peers.book.now.invite is None
    assert roster(cid) == ["Ann", "Cid"]


async def test_a_host_or_moderator_renews_the_invite_without_a_removal(world: World) -> None:
    ann, bob = await private_room(world, "Ann", "Bob")
    old = ann.chat.get_invite()
    await world.run(ann.chat.renew_invite())
    await world.clock.advance(SOON_MS)
    assert ann.chat.get_invite() == bob.chat.get_invite() != old
    assert (generation(ann), generation(bob)) == (2, 2)
    dee = await world.person("Dee")
    assert (await world.failing(dee.chat.join_room(old))).code == "invite.wrong"
    await ann.chat.send_message("among ourselves")
    await world.clock.advance(SOON_MS)
    assert roster(ann) == ["Ann", "Bob"]
    assert dee.texts == []
    await world.run(ann.chat.set_moderator(sub(bob), True))
    await world.clock.advance(SOON_MS)
    await world.run(bob.chat.renew_invite())
    await world.clock.advance(SOON_MS)
    assert (generation(ann), generation(bob)) == (3, 3)


async def test_a_member_renews_no_invite_and_a_public_room_has_none(world: World) -> None:
    _, bob = await private_room(world, "Ann", "Bob")
    assert (await world.failing(bob.chat.renew_invite())).code == "room.power"
    cid = await world.person("Cid")
    await world.run(cid.chat.create_room("Open"))
    assert (await world.failing(cid.chat.renew_invite())).code == "room.power"
