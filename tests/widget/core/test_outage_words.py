"""What the screen says of a service or a network that is away: true, whichever ways between members are left."""

from __future__ import annotations

from tests.fakes.world import World
from tests.widget.core.test_back_soon import SOON_MS, back, deafen, said


async def test_what_flows_directly_is_not_lost(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.is_down = True
    world.signaling.cut()
    await world.clock.advance(1_000)
    assert said(ann) == ("connected", "The service is away. Messages go directly.")
    await ann.chat.send_message("still here")
    await world.clock.advance(1_000)
    assert bob.texts == ["still here"]
    assert ann.deliveries == ["delivered"]
    world.net.silence_all()
    await world.clock.advance(31_000)
    assert said(ann) == ("connecting", "The service is away. Messages wait.")


async def test_a_relayed_room_waits_and_says_whose_network_it_is(world: World) -> None:
    world.net.blocked = True
    ann, bob = await world.room("Ann", "Bob")
    deafen(world, ann)
    world.signaling.is_down = True
    ann.chat.hurry(False)
    await world.clock.until(lambda: said(ann)[0] == "connecting", SOON_MS)
    assert said(ann)[1] == "Your network is away. Messages wait."
    await ann.chat.send_message("later")
    world.signaling.is_down = False
    ann.chat.hurry(True)
    await world.clock.until(lambda: bob.texts == ["later"], SOON_MS)
    assert said(ann) == ("connected", None)


async def test_who_was_removed_or_left_does_not_make_what_flows_directly_wait(world: World) -> None:
    ann, bob, eve = await world.room("Ann", "Bob", "Eve")
    await ann.chat.remove_member(eve.chat.get_state().user_id)
    await world.clock.advance(1_000)
    assert ann.links == {"Bob": "direct", "Eve": "lost"}
    world.signaling.is_down = True
    world.signaling.cut()
    await world.clock.advance(1_000)
    assert said(ann) == said(bob) == ("connected", "The service is away. Messages go directly.")


async def test_what_flows_directly_to_some_is_told_so(world: World) -> None:
    """Cid has no direct way to anybody: he gets it when the service is back."""
    ann, bob = await world.room("Ann", "Bob")
    world.net.blocked = True
    cid = await world.person("Cid")
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(cid.chat.join_room(room.room_id))
    await world.clock.advance(20_000)
    assert ann.links == {"Bob": "direct", "Cid": "relayed"}
    world.signaling.is_down = True
    world.signaling.cut()
    await world.clock.advance(1_000)
    assert said(ann) == ("connected", "The service is away. Messages go directly to some, to the others later.")
    assert said(cid) == ("connecting", "The service is away. Messages wait.")
    await ann.chat.send_message("who hears this?")
    await world.clock.advance(5_000)
    assert (bob.texts, cid.texts) == (["who hears this?"], [])
    world.signaling.is_down = False
    await back(world, ann)
    await back(world, cid)
    await world.clock.until(lambda: cid.texts == ["who hears this?"], SOON_MS)  # a beat says what is missing


async def test_a_network_that_is_away_takes_direct_ways_with_it_at_once(world: World) -> None:
    """The page says so sooner than any channel notices. One that speaks is believed again."""
    ann, _bob = await world.room("Ann", "Bob")
    world.signaling.is_down = True
    world.net.silence_all()
    deafen(world, ann)
    ann.chat.hurry(False)
    await world.clock.until(lambda: said(ann)[0] == "connecting", SOON_MS)
    assert said(ann)[1] == "Your network is away. Messages wait."
    assert ann.links == {"Bob": "lost"}


async def test_a_direct_way_that_outlives_the_network_is_believed_again(world: World) -> None:
    """As between two tabs of one machine."""
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.is_down = True
    world.signaling.cut()
    ann.chat.hurry(False)
    await ann.chat.send_message("still here")
    await world.clock.until(lambda: bob.texts == ["still here"], 4_000)
    assert said(ann) == ("connected", "The service is away. Messages go directly.")


async def test_a_room_that_empties_while_the_service_is_away_says_so(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.is_down = True
    world.signaling.cut()
    await world.clock.advance(1_000)
    await bob.chat.leave_room()
    await world.clock.advance(1_000)
    assert said(ann) == ("connecting", "The service is away. Messages wait.")
    assert ann.links == {}
    assert ann.news[-1] == "Bob left."
    await ann.chat.send_message("anybody?")
    world.signaling.is_down = False
    await back(world, ann)
    await world.clock.advance(1_000)
    assert ann.deliveries == ["unheard"]
