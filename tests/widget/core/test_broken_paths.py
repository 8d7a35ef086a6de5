"""Links break, packets are lost, sockets are cut: nothing typed is lost and nothing is shown twice."""

from __future__ import annotations

import pytest

from tests.fakes.world import World
from widget.errors import OrderError
from widget.native.drops import drops_of
from widget.room import written
from widget.room.status import SERVICE_AWAY_DIRECT
from widget.transport.limits import DIRECT_DEAD_MS
from widget.wire.socket import PeerLeft

pytestmark = pytest.mark.no_cover


async def test_a_broken_direct_link_falls_back_to_the_relay_without_loss(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    sent: list[str] = []
    for number in range(12):
        if number == 6:
            world.net.blocked = True
            world.net.break_all()
        sent.append(f"line {number}")
        await ann.chat.send_message(sent[-1])
        await world.clock.advance(150)
    await world.clock.advance(1000)
    assert bob.texts == sent
    assert ann.links == {"Bob": "relayed"}
    assert bob.links == {"Ann": "relayed"}


async def test_frames_swallowed_by_a_dead_channel_go_out_again(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    world.net.silence_all()
    for number in range(5):
        await ann.chat.send_message(f"line {number}")
    await world.clock.advance(1000)
    assert bob.texts == []
    await world.clock.advance(12_000)
    assert bob.texts == [f"line {number}" for number in range(5)]
    assert ann.links == {"Bob": "relayed"}


async def test_what_a_silent_channel_does_not_confirm_goes_through_the_relay(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await bob.chat.send_message("a sign of life")
    await world.clock.until(lambda: ann.texts == ["a sign of life"])
    world.net.silence_all()
    await ann.chat.send_message("once more")
    await world.clock.advance(8_000)
    assert bob.texts[1:] == ["once more"]
    assert ann.links == {"Bob": "relayed"}


async def test_a_channel_that_the_browser_doubts_is_left_at_once(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    world.net.unsettle_all()
    await ann.chat.send_message("which way?")
    await world.clock.advance(1_000)
    assert bob.texts == ["which way?"]
    assert ann.links == {"Bob": "relayed"}
    world.net.heal_all()
    await world.clock.advance(7_000)
    assert ann.links == {"Bob": "direct"}


async def test_who_is_not_listed_any_more_stays_while_the_channel_speaks(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    ann.stay.heard(PeerLeft(bob.stay.me.sid))
    await bob.chat.send_message("still here")
    await world.clock.advance(20_000)
    assert (ann.links, ann.texts) == ({"Bob": "direct"}, ["still here"])
    world.net.blocked = True
    world.net.break_all()
    await world.clock.advance(1)
    assert ann.links == {}


async def test_what_was_taken_and_never_confirmed_is_confirmed_after_all(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await ann.chat.send_message("once")
    await world.clock.until(lambda: bob.texts == ["once"])
    world.net.silence_all()  # what Bob tells of it is lost
    assert ann.deliveries == ["sending"]
    await world.clock.advance(15_000)
    assert (bob.texts, ann.deliveries) == (["once"], ["delivered"])


async def test_a_channel_that_speaks_again_is_used_again(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    world.net.silence_all()
    await world.clock.advance(15_000)
    assert ann.links == {"Bob": "relayed"}
    world.net.heal_all()
    await world.clock.advance(7_000)
    assert ann.links == {"Bob": "direct"}
    assert bob.links == {"Ann": "direct"}


async def test_a_channel_that_stays_silent_is_given_up_for_a_new_one(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    connections = len(world.net.channels)
    world.net.silence_all()
    await world.clock.advance(DIRECT_DEAD_MS - 1_000)
    assert len(world.net.channels) == connections
    await world.clock.advance(12_000)
    assert len(world.net.channels) == connections + 1
    assert (ann.links, bob.links) == ({"Bob": "direct"}, {"Ann": "direct"})


async def test_a_new_direct_connection_is_made_after_a_break(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    connections = len(world.net.channels)
    world.net.break_all()
    await world.clock.advance(6_000)
    assert len(world.net.channels) == connections + 1
    assert ann.links == {"Bob": "direct"}
    await bob.chat.send_message("again direct")
    await world.clock.advance(200)
    assert ann.texts == ["again direct"]


async def test_people_whose_networks_never_meet_talk_through_the_relay(world: World) -> None:
    world.net.blocked = True
    ann, bob = await world.room("Ann", "Bob")
    await ann.chat.send_message("over there?")
    await world.clock.advance(100)
    assert bob.texts == ["over there?"]
    assert bob.links == {"Ann": "relayed"}


async def test_a_relay_that_loses_repeats_and_delays_costs_nothing(world: World) -> None:
    world.net.blocked = True
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.fates.words = ["lost", "twice", "late 300", "lost", "", "twice", "lost", "late 50", "lost"]
    for number in range(8):
        await ann.chat.send_message(f"line {number}")
        await world.clock.advance(60)
    await world.clock.advance(30_000)
    assert sorted(bob.texts) == [f"line {number}" for number in range(8)]


async def test_a_lost_hello_is_said_again(world: World) -> None:
    world.net.blocked = True
    ann = await world.person("Ann")
    bob = await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    world.signaling.fates.words = ["lost", "lost"]
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(5_000)
    await ann.chat.send_message("hello")
    await world.clock.advance(100)
    assert bob.texts == ["hello"]


async def test_a_cut_socket_resumes_and_what_was_typed_meanwhile_arrives_once(world: World) -> None:
    world.net.blocked = True
    ann, bob = await world.room("Ann", "Bob")
    kid = ann.chat.room_code()
    world.signaling.cut(ann.chat.get_state().user_id)
    await world.clock.until(lambda: ann.chat.get_state().status == "connecting")
    await ann.chat.send_message("typed while away")
    await bob.chat.send_message("said meanwhile")
    assert ann.deliveries == ["sending"]
    await world.clock.advance(12_000)
    assert ann.chat.get_state().status == "connected"
    assert bob.texts.count("typed while away") == 1
    assert ann.texts.count("said meanwhile") == 1
    assert ann.deliveries == ["delivered"]
    assert ann.chat.room_code() == kid
    assert ann.news == ["Bob joined."]


async def test_everybody_cut_comes_back(world: World) -> None:
    people = await world.room("Ann", "Bob", "Cid")
    world.signaling.is_down = True
    world.signaling.cut()
    await world.clock.advance(5_000)
    assert {someone.chat.get_state().error for someone in people} == {SERVICE_AWAY_DIRECT}
    await people[0].chat.send_message("peer to peer goes on")
    await world.clock.advance(300)
    assert people[1].texts == people[2].texts == ["peer to peer goes on"]
    world.signaling.is_down = False
    await world.clock.advance(3_000)
    assert {someone.chat.get_state().error for someone in people} == {None}
    await people[2].chat.send_message("all back")
    await world.clock.advance(300)
    assert people[0].texts == ["peer to peer goes on", "all back"]
    assert people[0].news == ["Bob joined.", "Cid joined."]


async def test_ten_minutes_without_the_service_do_not_end_a_room(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.is_down = True
    world.signaling.cut()
    for minute in range(10):
        await ann.chat.send_message(f"minute {minute}")
        await world.clock.advance(60_000)
    assert bob.texts == [f"minute {minute}" for minute in range(10)]
    assert bob.links == {"Ann": "direct"}


async def test_who_was_away_too_long_for_the_service_is_met_again(world: World) -> None:
    world.net.blocked = True
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.is_down = True  # before the cut: the first pause on the way back may be no pause at all
    world.signaling.cut(bob.chat.get_state().user_id)
    await world.clock.advance(20)
    await bob.chat.send_message("typed in the tunnel")
    await world.clock.advance(45_000)
    assert ann.links == {}
    world.signaling.is_down = False
    await world.clock.advance(50_000)
    assert ann.texts == ["typed in the tunnel"]
    await ann.chat.send_message("welcome back")
    await world.clock.advance(3_000)
    assert bob.texts == ["typed in the tunnel", "welcome back"]


async def test_a_silent_socket_is_taken_for_dead(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    for place in world.signaling.rooms.values():
        for seat in place.seats.values():
            if seat.socket is not None and seat.member.name == "Ann":
                seat.socket.is_deaf = True
    joins = world.signaling.joins
    await world.clock.advance(45_000)
    assert world.signaling.joins == joins + 1
    assert ann.chat.get_state().status == "connected"
    assert bob.chat.get_state().status == "connected"


async def test_a_service_that_forgot_the_room_gets_it_back_from_the_host(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.forget()
    await world.clock.advance(35_000)
    assert [ann.chat.get_state().status, bob.chat.get_state().status] == ["connected", "connected"]
    await ann.chat.send_message("still here")
    await world.clock.advance(200)
    assert bob.texts == ["still here"]


async def test_a_room_that_is_gone_ends_with_a_sentence_and_keeps_what_was_said(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await ann.chat.send_message("last words")
    await world.clock.advance(200)
    await ann.chat.leave_room()
    world.signaling.forget()
    await bob.chat.send_message("anybody?")
    await world.clock.advance(120_000)
    state = bob.chat.get_state()
    assert state.status == "error"
    assert state.error == "There is no such room, or it has ended. Check the room's address."
    assert state.room is None
    assert "last words" in bob.texts
    assert bob.errors == ["room.unknown"]
    assert bob.heard("room:change")[-1] is None


async def test_another_room_begins_without_what_was_said_in_one_that_ended(world: World) -> None:
    _, bob = await world.room("Ann", "Bob")
    await bob.chat.send_message("over there")
    world.signaling.cut(bob.chat.get_state().user_id, 4410)
    await world.clock.advance(100)
    assert bob.texts == ["over there"]
    await world.run(bob.chat.create_room("Another"))
    assert bob.texts == []


async def test_a_failed_message_is_said_once_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, bob = await world.room("Ann", "Bob")

    async def refuse(*given: object) -> None:
        raise OrderError("room.not_ready", "Not now.")

    with monkeypatch.context() as broken:
        broken.setattr(written, "sign_event", refuse)
        await ann.chat.send_message("twice typed?")
        await world.clock.advance(100)
    assert ann.deliveries == ["failed"]
    (failed,) = [message for message in ann.messages if message.mine]
    await ann.chat.retry(failed.id)
    assert ann.deliveries == ["sending"]
    await world.clock.advance(300)
    assert ann.deliveries == ["delivered"]
    assert ann.texts == bob.texts == ["twice typed?"]
    said = bob.messages[-1].id
    assert said == ann.messages[-1].id
    for message_id in (said, failed.id):
        assert (await world.failing(ann.chat.retry(message_id))).code == "message.retry"
        assert (await world.failing(bob.chat.retry(message_id))).code == "message.retry"


async def test_what_failed_when_a_room_ended_is_sent_again_after_coming_back(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob", relay="always")
    room = ann.chat.get_state().room
    assert room is not None
    world.signaling.refuse_next = "session.replaced"
    world.signaling.is_down = True
    world.signaling.cut(bob.chat.get_state().user_id)
    await world.clock.advance(10)
    await bob.chat.send_message("unheard")
    world.signaling.is_down = False
    await world.clock.advance(30_000)
    assert (bob.errors, bob.deliveries) == (["session.replaced"], ["failed"])
    await world.run(bob.chat.join_room(room.room_id))
    (failed,) = [message for message in bob.messages if message.mine]
    await bob.chat.retry(failed.id)
    await world.clock.advance(5_000)
    assert (bob.deliveries, bob.texts, ann.texts) == (["delivered"], ["unheard"], ["unheard"])


async def test_whom_i_know_from_others_alone_leaves_for_me_too(world: World) -> None:
    world.net.blocked = True
    ann, bob = await world.room("Ann", "Bob")
    cid = await world.person("Cid")
    world.signaling.strangers = [{"Bob", "Cid"}]
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(cid.chat.join_room(room.room_id))
    await world.clock.advance(12_000)
    assert bob.chat.room_code() == cid.chat.room_code() == ann.chat.room_code()
    for someone in (ann, cid):
        someone.chat.destroy()
    await world.clock.advance(4_000)
    await bob.chat.send_message("alone now")
    await world.clock.advance(100)
    assert bob.deliveries == ["unheard"]


async def test_a_session_taken_over_elsewhere_ends_here(world: World) -> None:
    ann, _ = await world.room("Ann", "Bob")
    world.signaling.cut(ann.chat.get_state().user_id, 4410)
    await world.clock.advance(100)
    assert ann.chat.get_state().status == "error"
    assert ann.errors == ["session.replaced"]


async def test_an_expired_token_is_renewed_on_the_way_back(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.cut(ann.chat.get_state().user_id, 4401)
    world.signaling.refuse_next = "token.invalid"
    tokens = world.auth.calls.count("/token")
    await world.clock.advance(10_000)
    assert world.auth.calls.count("/token") == tokens + 1
    assert ann.chat.get_state().status == "connected"
    assert bob.links == {"Ann": "direct"}


async def test_a_channel_outlives_the_service(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.cut()
    await world.clock.advance(20_000)
    assert ann.links == {"Bob": "direct"}
    await ann.chat.send_message("fine")
    await world.clock.advance(200)
    assert bob.texts == ["fine"]


async def test_a_long_outbox_does_not_run_into_the_receivers_budget(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    for number in range(60):
        await ann.chat.send_message(f"line {number}")
    await world.clock.advance(20_000)
    assert bob.texts == [f"line {number}" for number in range(60)]
    assert drops_of(bob.chat) == {}


async def test_nothing_is_sent_into_the_void_while_members_are_out_of_reach(world: World) -> None:
    world.net.blocked = True
    ann, bob = await world.room("Ann", "Bob", relay="never")
    await world.clock.advance(20_000)
    await bob.chat.send_message("can you hear me?")
    await world.clock.advance(5_000)
    assert bob.deliveries == ["sending"]
    world.net.blocked = False
    await world.clock.advance(90_000)
    assert ann.texts == ["can you hear me?"]
    assert bob.deliveries == ["delivered"]


async def test_a_hello_that_was_lost_or_overtaken_costs_a_hop_and_not_seconds(world: World) -> None:
    for word in ("lost", "late 12"):
        ann, bob = await world.person(f"Ann {word}"), await world.person(f"Bob {word}")
        world.net.blocked = True
        room = await world.run(ann.chat.create_room("Room"))
        world.signaling.fates.words = [word]
        began_ms = world.clock.now_ms()
        await world.run(bob.chat.join_room(room.room_id))
        await bob.chat.send_message("quick")
        await world.clock.until(lambda chat=ann: chat.texts == ["quick"])  # type: ignore[misc]
        assert world.clock.now_ms() - began_ms < 100
