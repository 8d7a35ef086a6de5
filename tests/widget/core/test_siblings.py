"""Several chats of one site in one browser, in one page or in tabs, are one person who signs in and out once."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.siblings import FakeSiblings
from tests.fakes.tabs import Tab
from tests.fakes.world import Someone, World


class BusyDisk(MemoryStorage):
    """Others have their turn while it is read, as in a browser."""

    async def load(self, name: str) -> bytes | None:
        found = await super().load(name)
        await asyncio.sleep(0)
        return found


async def tabs(world: World, storage: MemoryStorage, count: int = 2) -> list[Someone]:
    """Ann, signed in, and other tabs that signed in with her."""
    others = [world.chat("Ann", storage=Tab(storage)) for _ in range(count - 1)]
    ann = await world.person("Ann", storage=storage)
    await world.clock.advance(1_000)
    return [ann, *others]


async def test_who_signs_in_in_one_chat_is_signed_in_in_all(world: World) -> None:
    storage = MemoryStorage()
    tab = world.chat("Ann", storage=Tab(storage))
    waiting = asyncio.create_task(tab.chat.authenticate())
    await world.clock.advance(1_000)
    assert not waiting.done()
    ann = await world.person("Ann", storage=storage)
    await world.clock.advance(1_000)
    assert waiting.done()
    assert tab.chat.get_state().user_id == ann.chat.get_state().user_id != ""
    assert tab.heard("auth:change") == [{"authenticated": True, "token": None, "door": "mail"}]


async def test_who_signs_out_in_one_chat_is_signed_out_in_all(world: World) -> None:
    storage = MemoryStorage()
    ann, tab = await tabs(world, storage)
    await world.run(tab.chat.create_room("Room"))
    await world.run(ann.chat.logout())
    await world.clock.advance(1_000)
    state = tab.chat.get_state()
    assert (state.authenticated, state.user_id, state.room, state.status) == (False, "", None, "disconnected")
    assert tab.events[-1] == ("auth:logout", None)
    assert (storage.personal(), storage.keys) == ([], {})
    assert ann.errors == tab.errors == []


async def test_the_sign_in_that_another_chat_has_renewed_is_ended(world: World) -> None:
    ann, tab = await tabs(world, MemoryStorage())
    for _ in range(3):
        await tab.chat._auth.renew()
    assert len(world.auth._people) == 1
    await world.run(ann.chat.logout())
    assert len(world.auth._people) == 0


async def test_chats_that_renew_at_once_do_so_one_after_the_other(world: World) -> None:
    """A refresh token that is shown twice looks stolen."""
    storage = BusyDisk()
    chats = await tabs(world, storage, 4)
    for _ in range(3):
        await asyncio.gather(*[each.chat._auth.renew() for each in chats])
    await world.clock.advance(1_200_000)
    assert [each.chat.is_authenticated() for each in chats] == [True] * 4
    assert [each.errors for each in chats] == [[]] * 4


async def test_who_signs_out_while_another_chat_renews_stays_signed_out(world: World) -> None:
    storage = BusyDisk()
    ann, tab = await tabs(world, storage)
    world.auth.hangs = True
    renewing = asyncio.create_task(tab.chat._auth.renew())
    leaving = asyncio.create_task(ann.chat.logout())
    await world.clock.advance(100)
    assert not leaving.done()
    world.auth.hangs = False
    world.auth.go_on()
    await asyncio.gather(renewing, leaving)
    await world.clock.advance(1_000)
    assert not tab.chat.is_authenticated()
    assert storage.personal() == []
    assert len(world.auth._people) == 0


async def test_another_person_takes_the_place_of_the_one_before(world: World) -> None:
    storage = MemoryStorage()
    ann, tab = await tabs(world, storage)
    await world.run(ann.chat.logout())
    await ann.chat.request_code("bea@people.test", "Bea")
    await ann.chat.verify_code("12345678")
    await world.clock.advance(1_000)
    assert tab.chat.get_state().user_name == "Bea"


async def test_who_heard_nothing_does_not_end_the_sign_in_of_the_next(world: World) -> None:
    """A browser without channels, or a page that slept: the old sign-in ends alone."""
    storage = MemoryStorage()
    ann, tab = await tabs(world, storage)
    tab.platform.siblings.close()
    await world.run(ann.chat.logout())
    await ann.chat.request_code("bea@people.test", "Bea")
    await ann.chat.verify_code("12345678")
    kept = dict(storage.records)
    await tab.chat._auth._renewal.in_time()
    await world.clock.advance(1_000)
    assert not tab.chat.is_authenticated()
    assert tab.errors == ["token.invalid"]
    assert storage.records == kept
    assert ann.chat.is_authenticated()


async def test_the_sign_in_of_the_next_is_not_shown_as_mine(world: World) -> None:
    storage = MemoryStorage()
    ann, tab = await tabs(world, storage)
    tab.platform.siblings.close()
    tokens = tab.chat._auth._tokens
    mine = tokens.who().refresh
    await world.run(ann.chat.logout())
    await ann.chat.request_code("bea@people.test", "Bea")
    await ann.chat.verify_code("12345678")
    assert await tokens.stored() == ann.chat._auth.who().refresh
    assert await tokens.newest() == mine


async def test_a_sign_in_that_the_service_ended_ends_in_all(world: World) -> None:
    ann, tab = await tabs(world, MemoryStorage())
    world.auth.refuse["/token"] = "token.reused"
    await ann.chat._auth._renewal.in_time()
    await world.clock.advance(1_000)
    assert not tab.chat.is_authenticated()
    assert (ann.errors, tab.errors) == (["token.reused"], [])


async def test_where_nothing_is_kept_each_chat_signs_in_by_itself(world: World) -> None:
    ann, lone = await world.person("Ann"), world.chat("Ann")
    ann.platform.siblings.tell(ann.chat._auth.slot)
    await world.clock.advance(1_000)
    assert not await lone.chat.restore()
    assert ann.chat.is_authenticated()


@pytest.mark.parametrize("word", ["", "refresh https://elsewhere.test", "refresh"])
async def test_what_chats_of_another_service_tell_is_not_ours(world: World, word: str) -> None:
    storage = MemoryStorage()
    (ann,) = await tabs(world, storage, 1)
    storage.records.clear()
    FakeSiblings(storage.browser).tell(word)
    await world.clock.advance(1_000)
    assert ann.chat.is_authenticated()


async def test_a_chat_that_was_closed_follows_nobody(world: World) -> None:
    ann, tab = await tabs(world, MemoryStorage())
    tab.chat.destroy()
    asked = len(tab.events)
    await world.run(ann.chat.logout())
    await world.clock.advance(1_000)
    assert len(tab.events) == asked


async def test_a_service_that_is_away_just_then_is_told(world: World) -> None:
    storage = MemoryStorage()
    ann = await world.person("Ann", storage=storage)
    tab = world.chat("Ann", storage=Tab(storage))
    world.auth.is_down = True
    ann.platform.siblings.tell(ann.chat._auth.slot)
    await world.clock.advance(1_000)
    assert tab.errors == ["http.unreachable"]
    world.auth.is_down = False
    assert await tab.chat.restore()


async def test_a_disk_that_lost_the_sign_in_ends_none(world: World) -> None:
    storage = MemoryStorage()
    (ann,) = await tabs(world, storage, 1)
    storage.records.clear()
    await world.clock.advance(1_200_000)
    assert ann.chat.is_authenticated()
    assert ann.errors == []
