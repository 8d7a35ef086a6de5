"""Calls that come too early, and everything a service can say no with."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.auth_service import problem
from tests.fakes.world import AUTH, SIGNAL, World
from widget.chat.chat import ChatCore
from widget.core.config import ChatConfig
from widget.errors import ChatError, ConfigError, OrderError


async def test_rooms_need_a_sign_in(world: World) -> None:
    ann = world.chat("Ann")
    for call in (ann.chat.create_room(), ann.chat.join_room("a" * 26)):
        error = await world.failing(call)
        assert isinstance(error, OrderError)
        assert error.message == "Not authenticated. Call authenticate() first."
    assert ann.errors == ["order.authenticate"] * 2


async def test_messages_need_a_room(world: World) -> None:
    ann = await world.person("Ann")
    error = await world.failing(ann.chat.send_message("hello?"))
    assert isinstance(error, OrderError)
    assert error.message == "Not in a room. Call createRoom() or joinRoom() first."


async def test_leaving_no_room_is_nothing(world: World) -> None:
    ann = await world.person("Ann")
    await ann.chat.leave_room()
    assert ann.heard("room:change") == []


async def test_rooms_are_listed_without_a_sign_in(world: World) -> None:
    ann = await world.person("Ann")
    room = await world.run(ann.chat.create_room("Open house"))
    someone = world.chat("Someone")
    listed = await world.run(someone.chat.get_active_rooms())
    assert [(found.room_id, found.custom_name, found.participant_count) for found in listed] == [
        (room.room_id, "Open house", 1)
    ]


async def test_a_list_says_that_there_is_more_and_is_searched_by_any_text(world: World) -> None:
    world.signaling.page = 1
    for name in ("Zo\u00eb's & Ben's 100% tea?", "Larks"):
        await world.run((await world.person("Ann")).chat.create_room(name))
    someone = world.chat("Someone")
    listed = await world.run(someone.chat.listed_rooms("", False))
    assert listed is not None
    assert (len(listed.rooms), listed.is_part) == (1, True)
    found = await world.run(someone.chat.listed_rooms("", False, "\u00eb's & Ben's 100% tea?"))
    assert found is not None
    assert ([room.custom_name[:3] for room in found.rooms], found.is_part) == (["Zo\u00eb"], False)


async def test_an_unknown_room_says_so(world: World) -> None:
    ann = await world.person("Ann")
    error = await world.failing(ann.chat.join_room("a" * 26))
    assert error.message == "There is no such room, or it has ended. Check the room's address."
    state = ann.chat.get_state()
    assert (state.status, state.error, state.room) == ("error", error.message, None)
    assert ann.heard("connection:change") == ["connecting", "error"]


async def test_an_address_that_is_none_is_not_even_asked_for(world: World) -> None:
    ann = await world.person("Ann")
    error = await world.failing(ann.chat.join_room("not a room!"))
    assert error.code == "room.address"
    assert world.signaling.joins == 0


async def test_a_full_room_says_so(world: World) -> None:
    ann = await world.person("Ann")
    bob = await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    place = next(iter(world.signaling.rooms.values()))
    place.seats.update({f"{number:032x}": place.seats[next(iter(place.seats))] for number in range(15)})
    error = await world.failing(bob.chat.join_room(room.room_id))
    assert error.message == "The room is full. Try again when someone has left."


@pytest.mark.parametrize("hangs", [True, False])
async def test_an_absent_service_is_told_in_time(world: World, hangs: bool) -> None:
    ann = await world.person("Ann")
    world.signaling.hangs = hangs
    world.signaling.is_down = not hangs
    for call in (ann.chat.create_room("Room"), ann.chat.get_active_rooms()):
        began_ms = world.clock.now_ms()
        error = await world.failing(call)
        assert error.code in ("unreachable", "socket.unreachable", "http.unreachable")
        assert world.clock.now_ms() - began_ms <= 10_000
    assert ann.chat.get_state().status == "error"


@pytest.mark.parametrize("hangs", [True, False])
async def test_a_first_join_waits_a_minute_for_the_service_and_says_so(world: World, hangs: bool) -> None:
    ann = await world.person("Ann")
    world.signaling.hangs = hangs
    world.signaling.is_down = not hangs
    joining = asyncio.ensure_future(ann.chat.join_room("a" * 26))
    await world.clock.until(lambda: ann.chat.get_state().error is not None, 11_000)
    assert ann.chat.get_state().status == "connecting"
    await world.clock.until(joining.done, 75_000)
    error = joining.exception()
    assert isinstance(error, ChatError)
    assert error.code in ("unreachable", "socket.unreachable")
    assert ann.chat.get_state().status == "error"


async def test_another_room_leaves_the_first(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await ann.chat.send_message("in the first room")
    second = await world.run(ann.chat.create_room("Second"))
    await world.clock.advance(1_000)
    state = ann.chat.get_state()
    assert state.room is not None
    assert state.room.room_id == second.room_id
    assert state.messages == []
    assert bob.news[-1] == "Ann left."


async def test_leaving_while_entering_ends_the_entering(world: World) -> None:
    import asyncio

    ann = await world.person("Ann")
    entering = asyncio.ensure_future(ann.chat.create_room("Room"))
    await world.clock.advance(3)
    await ann.chat.leave_room()
    await world.clock.until(entering.done)
    error = entering.exception()
    assert isinstance(error, ChatError)
    assert error.code == "order.left"
    assert ann.errors == []
    assert ann.chat.get_state().status == "disconnected"
    await world.clock.advance(11_000)
    assert all(len(place.seats) == 0 for place in world.signaling.rooms.values())


async def test_what_fails_after_one_has_left_is_no_failure(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service refuses to make the room of somebody who has left already."""
    ann = await world.person("Ann")
    monkeypatch.setattr(world.signaling, "_make", lambda fields: problem(503, "service.busy"))
    entering = asyncio.ensure_future(ann.chat.create_room("Room"))
    await world.clock.advance(1)
    await ann.chat.leave_room()
    await world.clock.until(entering.done)
    error = entering.exception()
    assert isinstance(error, ChatError)
    assert (error.code, ann.errors) == ("order.left", [])


async def test_messages_have_limits(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await ann.chat.send_message("x" * 4000)
    for content, ids, code in (
        ("", [], "message.empty"),
        ("  \n", [], "message.empty"),
        ("x" * 4001, [], "message.long"),
        ("x", ["id"] * 41, "message.emotes"),
        ("x", ["no id!"], "message.emotes"),
        ("half \ud83d", [], "message.text"),
    ):
        assert (await world.failing(ann.chat.send_message(content, ids))).code == code
    await world.clock.advance(200)
    assert bob.texts == ["x" * 4000]
    assert len(ann.texts) == 1


async def test_the_longest_message_in_the_widest_characters_arrives(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    text = "€" * 4000
    await ann.chat.send_message(text)
    await world.clock.advance(200)
    assert bob.texts == [text]


async def test_a_destroyed_chat_is_silent_and_gone(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    ann.chat.destroy()
    events = len(ann.events)
    await world.clock.advance(60_000)
    assert len(ann.events) == events
    assert bob.links == {}


async def test_who_waits_for_a_sign_in_hears_of_the_end(world: World) -> None:
    import asyncio

    ann = world.chat("Ann")
    waiting = asyncio.ensure_future(ann.chat.authenticate())
    await world.clock.settle()
    ann.chat.destroy()
    await world.clock.settle()
    assert isinstance(waiting.exception(), OrderError)


async def test_a_listener_that_raises_disturbs_nobody(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")

    def broken(payload: object) -> None:
        raise ValueError("the page's own mistake")

    stop = bob.chat.on("message:received", broken)
    unsubscribe = bob.chat.subscribe(broken)
    await ann.chat.send_message("one")
    await world.clock.advance(100)
    stop()
    unsubscribe()
    await ann.chat.send_message("two")
    await world.clock.advance(100)
    assert bob.texts == ["one", "two"]
    assert {str(error) for error in world.clock.errors} == {"the page's own mistake"}
    world.clock.errors.clear()


@pytest.mark.parametrize(
    ("auth", "signaling", "key", "message"),
    [
        ("", SIGNAL, "k", "authApiUrl is required"),
        (AUTH, "", "k", "signalingUrl is required"),
        (AUTH, SIGNAL, "", "the 'cwk1...' line that `python -m auth keys service-key`"),
        ("auth.test", SIGNAL, "k", "authApiUrl must begin with https://"),
        (AUTH, "http://signal.test", "k", "signalingUrl must begin with https://"),
        (AUTH, SIGNAL, "your-encryption-key-here", "otpEncryptionKey"),
    ],
)
async def test_a_configuration_that_cannot_work_says_what_to_write(
    world: World, auth: str, signaling: str, key: str, message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        ChatCore(ChatConfig(auth, signaling, key), world.platform())
    assert message in str(caught.value)
    assert len(str(caught.value)) > len(message)


@pytest.mark.parametrize("text", ["one\r\ntwo", "one\rtwo", "one\ntwo"])
async def test_a_line_ends_the_same_whoever_wrote_it(world: World, text: str) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await ann.chat.send_message(text)
    await world.clock.advance(500)
    assert ann.texts == bob.texts == ["one\ntwo"]
