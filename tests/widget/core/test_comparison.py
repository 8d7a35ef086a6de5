"""Whom I know by which device, and numbers to compare."""

from __future__ import annotations

import pytest

from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.siblings import Browser, FakeSiblings
from tests.fakes.tabs import Tab
from tests.fakes.world import Someone, World
from tests.widget.core.test_moderation import sub
from widget.model import Device
from widget.room.acquaintances import KEY, Acquaintances
from widget.room.kinds.vouch import VOUCH
from widget.room.limits import DEVICES_KNOWN, PEOPLE_KNOWN


def known(someone: Someone, name: str) -> str:
    people = someone.chat.get_state().participants
    return next(person.acquaintance for person in people if person.user_name == name)


async def second_device(world: World, name: str, of: Someone) -> Someone:
    """The same person signs in elsewhere and comes to the room."""
    room = of.chat.get_state().room
    assert room is not None
    other = await world.person(name)
    await world.run(other.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    assert sub(other) in [person.user_id for person in of.chat.get_state().participants]
    return other


async def test_two_people_see_one_number(world: World) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    numbers = [await ann.chat.safety_number(sub(bob)), await bob.chat.safety_number(sub(ann))]
    assert len(set(numbers)) == 1
    groups = numbers[0].split(" ")
    assert len(groups) == 12
    assert all(len(group) == 5 and group.isdigit() for group in groups)
    assert await ann.chat.safety_number(sub(cid)) != numbers[0]
    half = set(groups[:6]) & set((await ann.chat.safety_number(sub(cid))).split(" "))
    assert len(half) in (0, 6)  # Ann's half is the same, wherever it stands


async def test_another_device_changes_the_number(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    before = await ann.chat.safety_number(sub(bob))
    await second_device(world, "Bob", ann)
    assert await ann.chat.safety_number(sub(bob)) != before
    assert await ann.chat.safety_number(sub(bob)) == await bob.chat.safety_number(sub(ann))


async def test_there_is_no_number_of_who_is_not_here(world: World) -> None:
    (ann,) = await world.room("Ann")
    assert (await world.failing(ann.chat.safety_number("0" * 32))).code == "room.person"
    assert (await world.failing(ann.chat.compare("0" * 32, True))).code == "room.person"
    await world.run(ann.chat.leave_room())
    assert (await world.failing(ann.chat.safety_number("0" * 32))).code == "order.room"


async def test_who_was_compared_is_marked_until_another_device_comes(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    assert known(ann, "Bob") == "met"
    await ann.chat.compare(sub(bob), True)
    assert known(ann, "Bob") == "compared"
    assert known(bob, "Ann") == "met"
    await second_device(world, "Bob", ann)
    assert known(ann, "Bob") == "new"
    await ann.chat.compare(sub(bob), True)
    assert known(ann, "Bob") == "compared"


async def test_a_second_device_of_mine_shows_on_my_own_row(world: World) -> None:
    _, bob = await world.room("Ann", "Bob")
    assert known(bob, "Bob") == "met"
    await second_device(world, "Bob", bob)
    assert known(bob, "Bob") == "new"


@pytest.mark.parametrize("mark", ["met", "compared"])
async def test_a_device_is_known_as_the_one_that_vouches_for_it(world: World, mark: str) -> None:
    ann, bob = await world.room("Ann", "Bob")
    if mark == "compared":
        await ann.chat.compare(sub(bob), True)
    other = await second_device(world, "Bob", bob)
    assert known(ann, "Bob") == known(bob, "Bob") == "new"
    await bob.chat.compare(sub(bob), True)
    assert known(bob, "Bob") == "met"
    await world.clock.advance(100)
    assert known(ann, "Bob") == mark
    assert known(other, "Bob") == "new"  # which has not met the first
    assert [line for line in ann.news if "Bob" in line] == ["Bob joined."]


async def test_who_comes_later_hears_of_a_device_that_was_let_in_before(world: World) -> None:
    """Cid knows Bob by his first device; the other one was let in where none of them was."""
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    await world.run(cid.chat.leave_room())
    other = await second_device(world, "Bob", ann)
    people = bob.chat._rooms._shared.acquaintances
    people.vouch(sub(bob), bob.stay.me.jkt.hex(), other.stay.me.jkt.hex())
    assert known(ann, "Bob") == "new"
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(cid.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    assert known(cid, "Bob") == known(ann, "Bob") == "met"
    assert known(other, "Bob") == "new"  # which has not met the first


async def test_a_device_that_is_new_itself_vouches_for_nothing(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    other = await second_device(world, "Bob", bob)
    await other.chat.compare(sub(other), True)
    await other.stay._say(VOUCH, other.stay.me.jkt)
    await world.clock.advance(1_000)
    assert known(ann, "Bob") == known(bob, "Bob") == "new"


async def test_nobody_vouches_for_a_device_of_another(world: World) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    other = await second_device(world, "Bob", bob)
    await cid.stay._say(VOUCH, other.stay.me.jkt)
    await world.clock.advance(1_000)
    assert known(ann, "Bob") == known(cid, "Bob") == "new"


async def test_a_device_that_is_not_mine_stays_new(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await second_device(world, "Bob", bob)
    await bob.chat.compare(sub(bob), False)
    await world.clock.advance(1_000)
    assert known(ann, "Bob") == known(bob, "Bob") == "new"


async def test_what_a_second_device_says_is_not_shown_as_mine(world: World) -> None:
    _, bob = await world.room("Ann", "Bob")
    other = await second_device(world, "Bob", bob)
    await other.chat.send_message("by whoever that is")
    await world.clock.advance(1_000)
    await bob.chat.send_message("by me")
    await world.clock.advance(1_000)
    assert [(message.content, message.mine) for message in bob.messages if message.type == "message"] == [
        ("by whoever that is", False), ("by me", True),
    ]  # fmt: skip


async def test_a_device_that_came_after_the_number_was_not_compared(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await ann.chat.safety_number(sub(bob))
    await second_device(world, "Bob", ann)
    await ann.chat.compare(sub(bob), True)
    assert known(ann, "Bob") == "new"
    await ann.chat.safety_number(sub(bob))
    await ann.chat.compare(sub(bob), True)
    assert known(ann, "Bob") == "compared"


async def test_numbers_that_differ_unmark(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await ann.chat.compare(sub(bob), True)
    await ann.chat.compare(sub(bob), False)
    assert known(ann, "Bob") == "new"


async def test_the_mark_outlives_a_reload_and_ends_with_the_sign_in(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await ann.chat.compare(sub(bob), True)
    await world.clock.advance(1_000)
    ann.chat.destroy()
    storage = ann.platform.storage
    assert isinstance(storage, MemoryStorage)
    back = world.chat("Ann", storage=storage)
    assert await world.run(back.chat.restore())
    await world.clock.advance(4_000)
    assert known(back, "Bob") == "compared"
    await world.run(back.chat.logout())
    assert await storage.load(KEY) is None


@pytest.fixture
def people(world: World) -> Acquaintances:
    return Acquaintances(world.clock, MemoryStorage(), FakeSiblings(Browser()))


async def test_a_record_that_cannot_be_read_is_none(world: World) -> None:
    storage = MemoryStorage()
    await storage.save(KEY, b"{")
    people = Acquaintances(world.clock, storage, FakeSiblings(Browser()))
    await people.load()
    people.meet("a", "1")
    await people.load()
    assert list(people._people) == ["a"]


async def test_so_many_people_and_devices_are_known(people: Acquaintances) -> None:
    for number in range(PEOPLE_KNOWN + 1):
        people.meet(f"{number}", "1")
    assert len(people._people) == PEOPLE_KNOWN
    assert "0" not in people._people
    people.compare("7", [f"{number}" for number in range(DEVICES_KNOWN + 3)], True)
    assert len(people._people["7"]) == DEVICES_KNOWN


async def test_so_many_devices_are_vouched_for(people: Acquaintances) -> None:
    people.meet("a", "0")
    for number in range(1, DEVICES_KNOWN + 2):
        people.vouch("a", "0", f"{number}")
    assert len(people._people["a"]) == DEVICES_KNOWN


async def test_a_mark_is_not_taken_back_by_who_vouches(people: Acquaintances) -> None:
    people.meet("a", "0")
    people.compare("a", ["1"], True)
    people.vouch("a", "0", "1")
    assert people._people["a"]["1"]


async def test_a_device_let_in_in_one_tab_is_known_in_the_other_at_once(world: World) -> None:
    storage = MemoryStorage()
    tab = world.chat("Ann", storage=Tab(storage))
    ann, bob = await world.person("Ann", storage=storage), await world.person("Bob")
    await world.clock.advance(1_000)
    room = await world.run(tab.chat.create_room("Room"))
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    phone = await second_device(world, "Ann", tab)
    assert (known(tab, "Ann"), known(bob, "Ann")) == ("new", "new")
    device_id = phone.stay.me.jkt.hex()

    async def devices() -> list[Device]:
        return [Device(device_id, "Firefox", "Android", "", "", False)]

    ann.chat._auth.devices = devices  # type: ignore[method-assign]
    await world.run(ann.chat.approve_device(device_id))
    await world.clock.advance(500)
    assert (known(tab, "Ann"), known(bob, "Ann")) == ("met", "met")
    said = [entry for entry in tab.stay.peers.replica.log.entries() if entry.event.kind == VOUCH]
    await world.run(ann.chat.create_room("Another"))
    cid = await world.person("Cid")
    another = ann.chat.get_state().room
    assert another is not None
    await world.run(cid.chat.join_room(another.room_id))
    await world.clock.advance(4_000)
    assert sub(cid) in tab.chat._rooms._shared.acquaintances._people, "whom the other tab has met"
    vouches = [entry for entry in tab.stay.peers.replica.log.entries() if entry.event.kind == VOUCH]
    assert vouches == said, "nothing is said again for it"
    await world.run(ann.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    await world.run(tab.chat.compare(sub(bob), True))
    await world.clock.advance(500)
    assert known(ann, "Bob") == "compared"
