"""Hosts and moderators decide who is in, and every member holds to it, whatever the service and the removed do."""

from __future__ import annotations

import json

import pytest

from tests.fakes.world import Someone, World

pytestmark = pytest.mark.no_cover

SOON_MS = 10_000


def sub(someone: Someone) -> str:
    return someone.chat.get_state().user_id


def roster(someone: Someone) -> list[str]:
    """The names of those who can read what that one says."""
    group = someone.stay.peers.group
    peers = [group.member(sid) for sid in group.roster]
    return sorted(peer.name for peer in peers if peer is not None)


def standing(someone: Someone, name: str) -> str:
    """What the list of people says about that one."""
    people = someone.chat.get_state().participants
    return next((f"{one.role} {one.standing}" for one in people if one.user_name == name), "")


def stubborn(someone: Someone, monkeypatch: pytest.MonkeyPatch) -> None:
    """That one's program does not end when it is removed."""
    stay = someone.stay
    monkeypatch.setattr(stay, "_end", lambda error: None)


async def test_who_is_removed_is_out_for_everybody(world: World) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    bobs = bob.stay.me.sid
    await world.run(ann.chat.remove_member(sub(bob), True))
    assert ann.stay.peers.neighbours.known[bobs].pair.is_closed
    await world.clock.advance(SOON_MS)
    assert roster(ann) == roster(cid) == ["Ann", "Cid"]
    assert bob.errors == ["room.removed"]
    assert all(one.stay.peers.neighbours.known.get(bobs) is None for one in (ann, cid))
    assert bob.chat.get_state().status == "error"
    await ann.chat.send_message("without Bob")
    await world.clock.advance(1_000)
    assert (cid.texts, bob.texts) == (["without Bob"], [])
    assert ann.news[-1] == cid.news[-1] == "Ann removed Bob."
    assert standing(ann, "Bob") == "member removed"
    assert standing(cid, "Bob") == ""


async def test_who_does_not_go_reads_and_says_nothing_any_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    stubborn(bob, monkeypatch)
    await world.run(ann.chat.remove_member(sub(bob), True))
    await ann.chat.send_message("at once")
    await world.clock.advance(SOON_MS)
    await bob.chat.send_message("I am still here")
    await cid.chat.send_message("later")
    await world.clock.advance(SOON_MS)
    assert sorted(ann.texts) == sorted(cid.texts) == ["at once", "later"]
    assert [text for text in bob.texts if text != "I am still here"] == []
    assert (standing(ann, "Bob"), standing(cid, "Bob")) == ("member removed", "")


async def test_a_member_who_helps_cannot_let_the_removed_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cid holds to nothing that is decided: he stays with Bob, and the others go on without both."""
    ann, bob, cid, dee = await world.room("Ann", "Bob", "Cid", "Dee")
    for helper in (bob, cid):
        stubborn(helper, monkeypatch)
        monkeypatch.setattr(helper.stay.peers.book, "take", lambda entries, refused: False)
    await world.run(ann.chat.remove_member(sub(bob), True))
    await world.clock.advance(SOON_MS)
    await ann.chat.send_message("without Bob")
    await world.clock.advance(SOON_MS)
    assert "without Bob" in dee.texts
    assert "without Bob" not in bob.texts
    assert "Bob" not in roster(ann) + roster(dee)


async def test_who_is_banned_is_not_let_in_again_though_the_service_does(world: World) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(ann.chat.remove_member(sub(bob), True))
    await world.clock.advance(SOON_MS)
    world.clock.spawn(_join(bob, room.room_id))
    await world.clock.advance(SOON_MS)
    await ann.chat.send_message("without Bob")
    await world.clock.advance(SOON_MS)
    assert (cid.texts, bob.texts) == (["without Bob"], [])
    assert roster(ann) == roster(cid) == ["Ann", "Cid"]
    assert ann.sees(bob).pair.is_closed


async def test_nothing_is_said_under_a_key_that_the_removed_has(world: World) -> None:
    """Bob removes Dee and speaks at once; the next key comes from Ann, who is slow."""
    ann, bob, cid, dee = await world.room("Ann", "Bob", "Cid", "Dee")
    await world.run(ann.chat.set_moderator(sub(bob), True))
    await world.clock.advance(1_000)
    dees = dee.stay.me.sid
    await world.run(bob.chat.remove_member(sub(dee), True))
    assert dees in bob.stay.peers.group.roster
    await bob.chat.send_message("without Dee")
    assert bob.deliveries == ["sending"]
    await world.clock.advance(SOON_MS)
    entry = bob.stay.peers.replica.log.chain(bob.stay.me.sid).entries[-1]
    assert entry.event.kid == bob.stay.peers.group.kid
    assert dees not in bob.stay.peers.group.roster
    assert ann.texts == cid.texts == ["without Dee"]


async def test_without_a_ban_a_removed_person_may_come_again(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(ann.chat.remove_member(sub(bob)))
    await world.clock.advance(SOON_MS)
    assert roster(ann) == ["Ann"]
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(SOON_MS)
    await ann.chat.send_message("you again")
    await world.clock.advance(1_000)
    assert bob.texts == ["you again"]
    assert standing(ann, "Bob") == "member in"


async def test_a_ban_can_be_lifted(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(ann.chat.remove_member(sub(bob), True))
    await world.clock.advance(SOON_MS)
    await world.run(ann.chat.readmit_member(sub(bob)))
    assert standing(ann, "Bob") == ""
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(SOON_MS)
    assert roster(ann) == ["Ann", "Bob"]
    assert ann.news[-2] == "Ann took back that Bob was removed."


@pytest.mark.parametrize("hide", [False, True])
async def test_what_was_said_before_stays_or_goes_by_the_removers_choice(world: World, hide: bool) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    await bob.chat.send_message("before")
    await world.clock.advance(1_000)
    await world.run(ann.chat.remove_member(sub(bob), True, hide))
    await world.clock.advance(SOON_MS)
    assert ann.texts == cid.texts == ([] if hide else ["before"])
    await world.run(ann.chat.readmit_member(sub(bob)))
    await world.clock.advance(SOON_MS)
    assert ann.texts == cid.texts == ["before"]


async def test_what_races_the_removal_is_shown_by_all_or_by_none(world: World) -> None:
    ann, bob, cid, dee = await world.room("Ann", "Bob", "Cid", "Dee")
    world.signaling.strangers.append({"Ann", "Bob"})
    ann.sees(bob).pair.direct.give_up()
    await bob.chat.send_message("in the last moment")
    await world.run(ann.chat.remove_member(sub(bob), True))
    await world.clock.advance(SOON_MS)
    assert ann.texts == cid.texts == dee.texts


async def test_only_who_may_removes(world: World) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    for call in (
        bob.chat.remove_member(sub(cid)),
        bob.chat.remove_member(sub(ann)),
        bob.chat.set_moderator(sub(bob), True),
        ann.chat.remove_member(sub(ann)),
    ):
        assert (await world.failing(call)).code == "room.power"
    assert (await world.failing(ann.chat.remove_member("0" * 32))).code == "room.person"
    assert (await world.failing(ann.chat.readmit_member(sub(bob)))).code == "room.person"
    assert roster(ann) == ["Ann", "Bob", "Cid"]


async def test_who_may_not_decide_decides_nothing_by_saying_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    monkeypatch.setattr(bob.stay.peers.book.now, "may", lambda peer, seq, decision: True)
    await world.run(bob.chat.remove_member(sub(cid), True))
    await world.clock.advance(SOON_MS)
    assert roster(ann) == roster(cid) == ["Ann", "Bob", "Cid"]
    assert "Bob removed Cid." not in ann.news + cid.news


async def test_a_moderator_removes_members_but_no_moderator_and_no_host(world: World) -> None:
    ann, bob, cid, dee = await world.room("Ann", "Bob", "Cid", "Dee")
    for someone in (bob, cid):
        await world.run(ann.chat.set_moderator(sub(someone), True))
    await world.clock.advance(1_000)
    assert standing(dee, "Bob") == "moderator in"
    for other in (ann, cid):
        assert (await world.failing(bob.chat.remove_member(sub(other)))).code == "room.power"
    assert (await world.failing(bob.chat.set_moderator(sub(dee), True))).code == "room.power"
    await world.run(bob.chat.remove_member(sub(dee), True))
    await world.clock.advance(SOON_MS)
    assert roster(ann) == roster(cid) == ["Ann", "Bob", "Cid"]


async def test_a_moderator_removes_while_the_host_is_away(world: World) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    await world.run(ann.chat.set_moderator(sub(bob), True))
    await world.clock.advance(1_000)
    await world.run(ann.chat.leave_room())
    await world.run(bob.chat.remove_member(sub(cid), True))
    await world.clock.advance(SOON_MS)
    assert roster(bob) == ["Bob"]
    assert cid.errors == ["room.removed"]


async def test_who_is_no_moderator_any_more_removes_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    await world.run(ann.chat.set_moderator(sub(bob), True))
    await world.clock.advance(1_000)
    await world.run(ann.chat.set_moderator(sub(bob), False))
    await world.clock.advance(1_000)
    assert standing(bob, "Bob") == "member in"
    monkeypatch.setattr(bob.stay.peers.book.now, "may", lambda peer, seq, decision: True)
    await world.run(bob.chat.remove_member(sub(cid), True))
    await world.clock.advance(SOON_MS)
    assert roster(ann) == roster(cid) == ["Ann", "Bob", "Cid"]


async def test_two_moderators_remove_the_same_person_at_once(world: World) -> None:
    ann, bob, cid, dee = await world.room("Ann", "Bob", "Cid", "Dee")
    for someone in (bob, cid):
        await world.run(ann.chat.set_moderator(sub(someone), True))
    await world.clock.advance(1_000)
    world.clock.spawn(bob.chat.remove_member(sub(dee), True))
    world.clock.spawn(cid.chat.remove_member(sub(dee), True))
    await world.clock.advance(SOON_MS)
    assert roster(ann) == roster(bob) == roster(cid) == ["Ann", "Bob", "Cid"]
    await world.run(ann.chat.readmit_member(sub(dee)))
    await world.clock.advance(1_000)
    assert [standing(someone, "Dee") for someone in (ann, bob, cid)] == ["", "", ""]


async def test_who_comes_later_knows_what_was_decided(world: World) -> None:
    """Cid never met Bob, nor was there when he was removed; the host who did it is gone."""
    ann, bob, dee = await world.room("Ann", "Bob", "Dee")
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(ann.chat.set_moderator(sub(dee), True))
    await world.run(ann.chat.remove_member(sub(bob), True))
    await world.clock.advance(SOON_MS)
    await world.run(ann.chat.leave_room())
    cid = await world.person("Cid")
    await world.run(cid.chat.join_room(room.room_id))
    await world.clock.advance(SOON_MS)
    assert roster(cid) == roster(dee) == ["Cid", "Dee"]
    assert standing(cid, "Dee") == "moderator in"
    assert cid.stay.peers.book.hash == dee.stay.peers.book.hash
    world.clock.spawn(_join(bob, room.room_id))
    await world.clock.advance(SOON_MS)
    await dee.chat.send_message("without Bob")
    await world.clock.advance(SOON_MS)
    assert (cid.texts, bob.texts) == (["without Bob"], [])


async def test_the_service_is_told(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    room_id = ann.stay.plan.address.room_id
    await world.run(ann.chat.set_moderator(sub(bob), True))
    await world.run(ann.chat.remove_member(sub(bob), True))
    await world.clock.advance(1_000)
    calls = [call for call in world.signaling.calls if call.startswith(f"POST /rooms/{room_id}")]
    assert calls == [f"POST /rooms/{room_id}/moderators", f"POST /rooms/{room_id}/removals"]


async def test_a_service_that_forgot_is_told_of_bans_and_moderators_again(world: World) -> None:
    ann, bob, cid, dee = await world.room("Ann", "Bob", "Cid", "Dee")
    await world.run(ann.chat.set_moderator(sub(bob), True))
    await world.run(ann.chat.remove_member(sub(cid), True))
    await world.run(ann.chat.remove_member(sub(dee), False))
    await world.clock.advance(1_000)
    world.signaling.calls.clear()
    world.signaling.seen.clear()
    world.signaling.forget()
    await world.clock.advance(35_000)
    told = [json.loads(data) for data in world.signaling.seen if b'"sub"' in data]
    assert told == [{"sub": sub(cid), "ban": True, "lift": False}, {"sub": sub(bob), "on": True}]


async def test_a_reload_remembers_what_was_decided(world: World) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    await world.run(ann.chat.remove_member(sub(bob), True, True))
    await world.clock.advance(SOON_MS)
    before = ann.stay.peers.book.hash
    cid.chat.destroy()
    ann.chat.destroy()
    back = world.chat("Ann", storage=ann.platform.storage)  # type: ignore[arg-type]
    assert await world.run(back.chat.restore())
    await world.clock.advance(SOON_MS)
    assert back.stay.peers.book.hash == before
    assert standing(back, "Bob") == "member removed"


async def _join(someone: Someone, room_id: str) -> None:
    await someone.chat.join_room(room_id)
