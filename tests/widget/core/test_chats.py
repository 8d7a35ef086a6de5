"""Two, three and five whole chats talk: real core, real crypto, fake network."""

from __future__ import annotations

import pytest

from tests.fakes.rtc import FakeRtc
from tests.fakes.world import Someone, World
from widget.core.config import Relay
from widget.crypto import live_epoch
from widget.errors import OrderError
from widget.model import IceServer
from widget.native.drops import drops_of
from widget.room import chain, voice

pytestmark = pytest.mark.no_cover

HOP_MS = 2


async def test_two_people_exchange_messages(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await ann.chat.send_message("hello Bob")
    await bob.chat.send_message("hello Ann")
    await world.clock.advance(300)
    assert sorted(ann.texts) == ["hello Ann", "hello Bob"]
    assert sorted(bob.texts) == ["hello Ann", "hello Bob"]
    assert ann.deliveries == ["delivered"]
    assert ann.links == {"Bob": "direct"}
    assert bob.links == {"Ann": "direct"}


async def test_a_newcomer_speaks_within_a_few_hops(world: World) -> None:
    ann = await world.person("Ann")
    bob = await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    began_ms = world.clock.now_ms()
    await world.run(bob.chat.join_room(room.room_id))
    joined_ms = world.clock.now_ms() - began_ms
    await bob.chat.send_message("first")
    await world.clock.until(lambda: ann.texts == ["first"])
    # open, hello, auth, joined; then HELLO, BIND, GRANT and the frame, each to the relay and on
    assert joined_ms <= 4 * HOP_MS + 3 * 2 * HOP_MS
    assert world.clock.now_ms() - began_ms <= 4 * HOP_MS + 4 * 2 * HOP_MS


async def test_three_people_hear_each_other_in_order(world: World) -> None:
    people = await world.room("Ann", "Bob", "Cid")
    for number in range(5):
        for someone in people:
            await someone.chat.send_message(f"{someone.name} {number}")
    await world.clock.advance(200)
    for someone in people:
        for other in people:
            mine = [text for text in someone.texts if text.startswith(other.name)]
            assert mine == [f"{other.name} {number}" for number in range(5)]


async def test_five_people_who_join_at_once_all_hear_everything(world: World) -> None:
    people = [await world.person(name) for name in ("Ann", "Bob", "Cid", "Dee", "Eve")]
    room = await world.run(people[0].chat.create_room("Room"))
    for someone in people[1:]:
        world.clock.spawn(_join(someone, room.room_id))
    await world.clock.advance(6000)
    for someone in people:
        await someone.chat.send_message(f"I am {someone.name}")
    await world.clock.advance(300)
    everything = sorted(f"I am {someone.name}" for someone in people)
    assert [sorted(someone.texts) for someone in people] == [everything] * 5
    assert len({someone.chat.room_code() for someone in people}) == 1
    assert all(set(someone.links.values()) == {"direct"} for someone in people)


async def test_what_is_typed_before_the_keys_are_agreed_is_sent_once(world: World) -> None:
    ann = await world.person("Ann")
    bob = await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    await world.run(bob.chat.join_room(room.room_id))
    for number in range(3):
        await bob.chat.send_message(f"early {number}")
    assert bob.deliveries == ["sending"] * 3
    await world.clock.advance(10_000)
    assert ann.texts == ["early 0", "early 1", "early 2"]
    assert bob.deliveries == ["delivered"] * 3


async def test_a_message_carries_author_room_emotes_and_time(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await ann.chat.send_message("hi", ["01F6MQ33FG000FFJ97ZB8MWV52"], ["party"])
    await world.clock.advance(100)
    message = bob.messages[-1]
    assert message == bob.heard("message:received")[-1]
    assert message.sender_name == "Ann"
    assert message.sender_id == ann.chat.get_state().user_id
    assert message.emote_ids == ["01F6MQ33FG000FFJ97ZB8MWV52"]
    assert message.custom_emoji_ids == ["party"]
    assert message.encrypted
    assert message.delivery == "received"
    assert message.timestamp.endswith("Z")
    assert message.room_id == bob.chat.get_state().room.room_id  # type: ignore[union-attr]
    assert message.flags == []


async def test_who_comes_and_goes_is_told(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await bob.chat.leave_room()
    await world.clock.advance(2000)
    assert ann.news == ["Bob joined.", "Bob left."]
    assert bob.messages == []
    assert ann.links == {}


async def test_two_tabs_are_one_participant(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    room = ann.chat.get_state().room
    assert room is not None
    tab = world.chat("Bob", storage=bob.platform.storage)  # type: ignore[arg-type]
    assert await world.run(tab.chat.restore())
    await world.run(tab.chat.join_room(room.room_id))
    await world.clock.advance(4000)
    assert [person.user_name for person in ann.chat.get_state().participants] == ["Ann", "Bob"]
    assert [person.user_name for person in tab.chat.get_state().participants] == ["Bob", "Ann"]
    await tab.chat.send_message("from the other tab")
    await world.clock.advance(200)
    assert [message.mine for message in bob.messages if message.type == "message"] == [True]
    await tab.chat.leave_room()
    await world.clock.advance(2000)
    assert [person.is_online for person in ann.chat.get_state().participants] == [True, True]
    assert ann.news == ["Bob joined."]


async def test_a_room_without_relay_talks_directly(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob", relay="never")
    relayed = world.signaling.fates.count
    await ann.chat.send_message("only direct")
    await world.clock.advance(200)
    assert bob.texts == ["only direct"]
    assert relayed == world.signaling.fates.count == 0


async def test_who_hides_the_address_makes_no_connection(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob", relay="always")
    await ann.chat.send_message("only relayed")
    await world.clock.advance(200)
    assert bob.texts == ["only relayed"]
    assert bob.links == {"Ann": "relayed"}
    assert world.net.ice_seen == []


async def test_a_private_room_is_entered_with_the_invite_only(world: World) -> None:
    ann = await world.person("Ann")
    bob = await world.person("Bob")
    cid = await world.person("Cid")
    room = await world.run(ann.chat.create_room("Hideout", False))
    assert not room.is_public
    assert await world.run(bob.chat.get_active_rooms()) == []
    error = await world.failing(cid.chat.join_room(room.room_id))
    assert error.code == "invite.missing"
    await world.run(bob.chat.join_room(ann.chat.get_invite()))
    await world.clock.advance(4000)
    await ann.chat.send_message("between us")
    await world.clock.advance(200)
    assert bob.texts == ["between us"]
    state = bob.chat.get_state()
    assert state.room is not None
    assert state.room.custom_name == "Hideout"
    assert not any(b"Hideout" in data for data in world.signaling.seen)


async def test_an_invite_is_given_to_who_asks_for_it_alone(world: World) -> None:
    """States and events go to every listener of the page, and into its logs."""
    ann = await world.person("Ann")
    with pytest.raises(OrderError, match="Not in a room"):
        ann.chat.get_invite()
    room = await world.run(ann.chat.create_room("Hideout", False))
    public, secret = ann.chat.get_invite().split(".")
    assert public == room.room_id
    assert len(secret) == 26
    assert secret not in repr((room, ann.chat.get_state(), ann.events))
    room = await world.run(ann.chat.create_room("Open house"))
    assert ann.chat.get_invite() == room.room_id


async def test_a_wrong_invite_opens_nothing(world: World) -> None:
    ann = await world.person("Ann")
    bob = await world.person("Bob")
    await world.run(ann.chat.create_room("Hideout", False))
    invite = ann.chat.get_invite()
    wrong = invite[:-4] + ("aaaa" if invite[-4:] != "aaaa" else "qqqq")
    assert (await world.failing(bob.chat.join_room(wrong))).code == "invite.wrong"
    await ann.chat.send_message("secret")
    await world.clock.advance(500)
    assert bob.texts == []
    assert drops_of(ann.chat)["cw.28"] > 0


async def _join(someone: Someone, room_id: str) -> None:
    await someone.chat.join_room(room_id)


async def test_the_pages_own_ice_servers_are_asked_before_the_services(world: World) -> None:
    mine = IceServer(["stun:stun.page.test"])
    theirs = IceServer(["turn:turn.service.test"], "user", "pass")
    world.ice_servers = [mine]
    world.signaling.ice = [theirs]
    await world.room("Ann", "Bob")
    assert world.net.ice_seen == [[mine, theirs]] * 2


async def test_sent_is_what_somebody_confirmed(world: World) -> None:
    world.net.blocked = True
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.fates.all_lost = True
    await ann.chat.send_message("into the void")
    await world.clock.advance(3_000)
    assert ann.deliveries == ["sending"]
    world.signaling.fates.all_lost = False
    await world.clock.advance(6_000)
    assert bob.texts == ["into the void"]
    assert ann.deliveries == ["delivered"]


async def test_who_speaks_to_an_empty_room_is_told_so(world: World) -> None:
    (ann,) = await world.room("Ann")
    await ann.chat.send_message("anybody here?")
    await world.clock.advance(300)
    assert ann.deliveries == ["unheard"]
    bob = await world.person("Bob")
    await world.run(bob.chat.join_room(next(iter(world.signaling.rooms))))
    await world.clock.advance(3_000)
    assert bob.texts == []
    await ann.chat.send_message("hello Bob")
    await world.clock.advance(300)
    assert (bob.texts, ann.deliveries) == (["hello Bob"], ["unheard", "delivered"])


async def test_what_nobody_has_stays_on_its_way(world: World) -> None:
    """The way loses everything, and the member is still listed: who is silent for too long is not here."""
    world.net.blocked = True
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.fates.all_lost = True
    await ann.chat.send_message("into the void")
    await world.clock.advance(60_000)
    assert (ann.deliveries, bob.texts) == (["sending"], [])
    await world.clock.advance(60_000)
    assert (ann.deliveries, bob.texts) == (["unheard"], [])
    world.signaling.fates.all_lost = False
    await world.clock.advance(8_000)
    assert (ann.deliveries, bob.texts) == (["delivered"], ["into the void"])


async def test_who_says_very_much_gets_another_epoch_in_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_epoch, "EPOCH_EVENTS", 20)
    monkeypatch.setattr(chain, "EVENTS_IN_EPOCH", 100)
    monkeypatch.setattr(voice, "EVENTS_IN_EPOCH", 100)
    ann, bob = await world.room("Ann", "Bob")
    code = ann.chat.room_code()
    for number in range(300):
        await ann.chat.send_message(f"line {number}")
    await world.clock.advance(60_000)
    assert ann.chat.room_code() == bob.chat.room_code() != code
    assert bob.texts == [f"line {number}" for number in range(300)]
    assert set(ann.deliveries) == {"delivered"}


@pytest.mark.parametrize(("relay", "times"), [("fallback", 1), ("never", 1), ("turn", 1), ("always", 0)])
async def test_who_goes_into_a_room_gets_ready_for_direct_ways(world: World, relay: Relay, times: int) -> None:
    ann = await world.person("Ann", relay)
    rtc = ann.platform.rtc
    assert isinstance(rtc, FakeRtc)
    assert rtc.warmed == 0
    await world.run(ann.chat.create_room("Room"))
    assert rtc.warmed == times
