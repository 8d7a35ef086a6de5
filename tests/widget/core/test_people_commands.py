"""The terminal's lines about people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.world import World
from tests.widget.core.test_moderation import roster, standing, sub
from widget.errors import ChatError
from widget.native.people_commands import PeopleCommands


async def test_people_are_named_by_name_or_by_the_beginning_of_their_id(world: World) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    lines: list[str] = []
    people = PeopleCommands(ann.chat, lines.append)
    people.list()
    assert lines == [
        f"# Ann (direct, me, host) {sub(ann)[:8]}", f"# Bob (direct) {sub(bob)[:8]}", f"# Cid (direct) {sub(cid)[:8]}",
    ]  # fmt: skip
    assert people.knows("/ban")
    assert not people.knows("/dance")
    await world.run(people.act("/moderator", "Bob"))
    await world.run(people.act("/number", sub(bob)[:8]))
    await world.run(people.act("/same", "Bob"))
    assert lines[-1] == f"# number {await bob.chat.safety_number(sub(ann))}"
    lines.clear()
    people.list()
    assert lines[1] == f"# Bob (direct, moderator, compared) {sub(bob)[:8]}"
    await world.run(people.act("/different", "Bob"))
    await world.run(people.act("/member", "Bob"))
    assert standing(ann, "Bob") == "member in"
    await world.run(people.act("/remove", "Cid"))
    await world.run(people.act("/ban", "Bob"))
    await world.clock.advance(10_000)
    assert roster(ann) == ["Ann"]
    await world.run(people.act("/readmit", "Bob"))
    assert standing(ann, "Bob") == ""


@pytest.mark.parametrize("who", ["", "Eve", "ffffffffffff"])
async def test_nobody_is_meant_by_that(world: World, who: str) -> None:
    (ann,) = await world.room("Ann")
    with pytest.raises(ChatError) as caught:
        await PeopleCommands(ann.chat, print).act("/ban", who)
    assert caught.value.code == "room.person"


async def test_a_name_that_two_have_means_neither(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    people = PeopleCommands(ann.chat, print)
    twins = [replace(person, user_name="Twin") for person in ann.chat.get_state().participants]
    ann.chat._state.participants(twins)
    with pytest.raises(ChatError, match="More than one"):
        await people.act("/ban", "Twin")
    assert roster(bob) == ["Ann", "Bob"]
