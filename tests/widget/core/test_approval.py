"""Rooms in which a host or a moderator lets each person in."""

from __future__ import annotations

import pytest

from tests.fakes.world import Someone, World
from tests.widget.core.test_moderation import roster, standing, sub
from widget.core.limits import WAITING_MS
from widget.native.drops import drops_of
from widget.wire.notes import write_book

SOON_MS = 10_000


async def with_approval(world: World, *names: str) -> list[Someone]:
    """The first has made the room and lets the others in."""
    people = [await world.person(name) for name in names]
    room = await world.run(people[0].chat.create_room("Room", approval=True))
    assert room.approval
    for someone in people[1:]:
        coming = someone.chat.join_room(room.room_id)
        world.clock.spawn(_ignore(coming))
        await world.clock.advance(2_000)
        await world.run(people[0].chat.approve(sub(someone)))
        await world.clock.advance(2_000)
    return people


async def ask_in(world: World, name: str, host: Someone) -> Someone:
    """Somebody comes to the room and waits."""
    room = host.chat.get_state().room
    assert room is not None
    someone = await world.person(name)
    world.clock.spawn(_ignore(someone.chat.join_room(room.room_id)))
    await world.clock.advance(2_000)
    return someone


async def _ignore(call: object) -> None:
    try:
        await call  # type: ignore[misc]
    except Exception:
        return


async def test_who_waits_reads_nothing_until_let_in(world: World) -> None:
    (ann,) = await with_approval(world, "Ann")
    bob = await ask_in(world, "Bob", ann)
    await ann.chat.send_message("among ourselves")
    await world.clock.advance(SOON_MS)
    assert roster(ann) == ["Ann"]
    assert (standing(ann, "Bob"), standing(bob, "Bob")) == ("member waiting", "member waiting")
    state = bob.chat.get_state()
    assert (state.status, state.error, bob.texts) == ("connecting", "Waiting to be let in.", [])
    assert ann.news == []
    await world.run(ann.chat.approve(sub(bob)))
    await world.clock.advance(2_000)
    assert bob.chat.get_state().status == "connected"
    await ann.chat.send_message("welcome")
    await world.clock.advance(1_000)
    assert bob.texts == ["welcome"]
    assert ann.news == ["Ann let Bob in.", "Bob joined."]


async def test_two_who_wait_do_not_make_a_room_of_their_own(world: World) -> None:
    (ann,) = await with_approval(world, "Ann")
    bob, cid = await ask_in(world, "Bob", ann), await ask_in(world, "Cid", ann)
    await bob.chat.send_message("anybody?")
    await world.clock.advance(SOON_MS)
    assert (roster(bob), roster(cid)) == (["Bob"], ["Cid"])
    assert bob.deliveries == ["sending"]
    assert cid.texts == []
    await world.run(ann.chat.approve(sub(cid)))
    await world.clock.advance(SOON_MS)
    assert roster(cid) == roster(ann) == ["Ann", "Cid"]
    assert roster(bob) == ["Bob"]


async def test_a_moderator_lets_in_whom_the_host_never_met(world: World) -> None:
    ann, bob = await with_approval(world, "Ann", "Bob")
    await world.run(ann.chat.set_moderator(sub(bob), True))
    await world.clock.advance(1_000)
    host_left = ann.chat.leave_room()
    cid = await ask_in(world, "Cid", ann)
    await world.run(host_left)
    await world.clock.advance(2_000)
    assert cid.chat.get_state().error == "Waiting to be let in. The host is not here."
    await world.run(bob.chat.approve(sub(cid)))
    await world.clock.advance(SOON_MS)
    assert roster(bob) == roster(cid) == ["Bob", "Cid"]
    await bob.chat.send_message("welcome")
    await world.clock.advance(1_000)
    assert cid.texts == ["welcome"]


async def test_a_member_lets_nobody_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by a decision that is none, nor by an epoch."""
    ann, bob = await with_approval(world, "Ann", "Bob")
    cid = await ask_in(world, "Cid", ann)
    assert (await world.failing(bob.chat.approve(sub(cid)))).code == "room.power"
    monkeypatch.setattr(bob.stay.peers.book.now, "may", lambda peer, seq, decision: True)
    await world.run(bob.chat.approve(sub(cid)))
    monkeypatch.setattr(bob.stay.peers.book, "lets_in", lambda peer: True)
    await world.run(bob.stay.peers.epochs.admit(cid.stay.me))
    await world.clock.advance(20_000)
    await ann.chat.send_message("among ourselves")
    await world.clock.advance(SOON_MS)
    assert "Cid" not in roster(ann)
    assert cid.texts == []


async def test_a_book_that_nobody_asked_for_is_not_read(world: World) -> None:
    (ann,) = await with_approval(world, "Ann")
    bob = await ask_in(world, "Bob", ann)
    before = drops_of(ann.chat).get("note.stranger", 0)
    await bob.stay.peers.send_blob(ann.stay.me.sid, write_book(True, [], []))
    await world.clock.advance(1_000)
    assert drops_of(ann.chat)["note.stranger"] == before + 1


async def test_who_is_turned_away_is_told_so_and_may_ask_again(world: World) -> None:
    (ann,) = await with_approval(world, "Ann")
    bob = await ask_in(world, "Bob", ann)
    await world.run(ann.chat.remove_member(sub(bob)))
    await world.clock.advance(2_000)
    assert standing(ann, "Bob") == "member removed"
    again = await ask_in(world, "Bob", ann)
    assert standing(ann, "Bob") == "member waiting"
    await world.run(ann.chat.approve(sub(again)))
    await world.clock.advance(2_000)
    assert roster(ann) == ["Ann", "Bob"]


async def test_who_was_let_in_and_removed_has_to_be_let_in_anew(world: World) -> None:
    ann, bob = await with_approval(world, "Ann", "Bob")
    await world.run(ann.chat.remove_member(sub(bob)))
    await world.clock.advance(SOON_MS)
    await ask_in(world, "Bob", ann)
    await world.clock.advance(SOON_MS)
    assert standing(ann, "Bob") == "member waiting"
    assert roster(ann) == ["Ann"]


async def test_who_was_let_in_comes_back_without_asking(world: World) -> None:
    ann, bob = await with_approval(world, "Ann", "Bob")
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(bob.chat.leave_room())
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(2_000)
    assert roster(ann) == ["Ann", "Bob"]


async def test_who_waits_alone_says_nothing_to_nobody(world: World) -> None:
    (ann,) = await with_approval(world, "Ann")
    bob = await ask_in(world, "Bob", ann)
    ann.chat.destroy()
    await world.clock.advance(SOON_MS * 3)
    await bob.chat.send_message("anybody?")
    await world.clock.advance(1_000)
    assert bob.deliveries == ["sending"]


async def test_who_is_not_let_in_gives_up(world: World) -> None:
    (ann,) = await with_approval(world, "Ann")
    room = ann.chat.get_state().room
    assert room is not None
    bob = await world.person("Bob")
    world.clock.spawn(_ignore(bob.chat.join_room(room.room_id)))
    await world.clock.advance(WAITING_MS - 1)
    assert bob.errors == []
    await world.clock.advance(1_000)
    assert set(bob.errors) == {"room.waited"}
    assert bob.chat.get_state().status == "error"
