"""Staying signed in, over visits and renewals, and signing out."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.auth_service import CODE
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.world import World


async def test_an_earlier_visit_signs_in_silently(world: World) -> None:
    storage = MemoryStorage()
    first = await world.person("Ann", storage=storage)
    first.chat.destroy()
    again = world.chat("Ann", storage=storage)
    await again.chat.authenticate()
    assert again.heard("auth:required") == []
    assert again.chat.get_state().user_id == first.chat.get_state().user_id


async def test_a_first_visit_restores_nothing(world: World) -> None:
    ann = world.chat("Ann")
    assert not await ann.chat.restore()
    assert world.auth.calls == []


async def test_a_refused_restore_forgets_the_token(world: World) -> None:
    storage = MemoryStorage()
    first = await world.person("Ann", storage=storage)
    first.chat.destroy()
    world.auth.refuse["/token"] = "token.invalid"
    again = world.chat("Ann", storage=storage)
    assert not await again.chat.restore()
    assert [name for name in storage.records if name.startswith("refresh")] == []


@pytest.mark.parametrize("code", ["rate.limited", "account.held"])
async def test_a_restore_that_may_go_well_later_keeps_the_token(world: World, code: str) -> None:
    storage = MemoryStorage()
    (await world.person("Ann", storage=storage)).chat.destroy()
    world.auth.refuse["/token"] = code
    again = world.chat("Ann", storage=storage)
    assert (await world.failing(again.chat.restore())).code == code
    world.auth.refuse.clear()
    assert await again.chat.restore()


async def test_an_unreachable_service_keeps_the_token_for_later(world: World) -> None:
    storage = MemoryStorage()
    first = await world.person("Ann", storage=storage)
    first.chat.destroy()
    world.auth.is_down = True
    again = world.chat("Ann", storage=storage)
    error = await world.failing(again.chat.restore())
    assert error.code == "http.unreachable"
    world.auth.is_down = False
    assert await again.chat.restore()


async def test_tokens_are_renewed_before_they_end_and_shown_to_the_room(world: World) -> None:
    ann = await world.person("Ann")
    await world.run(ann.chat.create_room("Room"))
    await world.clock.advance(511_000)
    assert world.auth.calls.count("/token") == 1
    assert world.signaling.renewals == 1
    await world.clock.advance(3 * 511_000)
    assert world.auth.calls.count("/token") == 4
    assert ann.chat.is_authenticated()


async def test_a_renewal_that_fails_for_a_while_is_repeated(world: World) -> None:
    ann = await world.person("Ann")
    world.auth.is_down = True
    await world.clock.advance(560_000)
    world.auth.is_down = False
    await world.clock.advance(40_000)
    assert ann.chat.is_authenticated()
    await world.run(ann.chat.create_room("Room"))


async def test_a_renewal_that_has_to_wait_comes_when_it_may(world: World) -> None:
    ann = await world.person("Ann")
    world.auth.refuse["/token"], world.auth.retry_after_s = "rate.limited", 40
    await world.clock.advance(510_000 + 39_999)
    assert ann.chat.is_authenticated()
    assert world.auth.calls.count("/token") == 1
    world.auth.refuse.clear()
    await world.clock.advance(501)
    assert world.auth.calls.count("/token") == 2
    assert ann.errors == []


async def test_a_chat_that_was_closed_renews_nothing(world: World) -> None:
    ann = await world.person("Ann")
    ann.chat.destroy()
    await world.clock.advance(1_200_000)
    assert "/token" not in world.auth.calls


async def test_a_renewal_that_is_refused_signs_out_and_says_so(world: World) -> None:
    ann = await world.person("Ann")
    world.auth.refuse["/token"] = "token.reused"
    await world.clock.advance(520_000)
    assert not ann.chat.is_authenticated()
    assert ann.heard("auth:change")[-1] == {"authenticated": False, "token": None, "door": ""}
    assert ann.errors == ["token.reused"]


async def test_who_was_signed_out_by_the_service_is_not_asked_for_again(world: World) -> None:
    storage = MemoryStorage()
    ann = await world.person("Ann", storage=storage)
    world.auth.refuse["/token"] = "token.invalid"
    await world.clock.advance(520_000)
    assert not ann.chat.is_authenticated()
    asked = len(world.auth.calls)
    assert not await world.chat("Ann", storage=storage).chat.restore()
    assert len(world.auth.calls) == asked


async def test_several_who_need_a_newer_token_share_one_renewal(world: World) -> None:
    ann = await world.person("Ann")
    world.auth.is_down = True
    await world.clock.advance(575_000)
    world.auth.is_down = False
    auth, earlier = ann.chat._auth, world.auth.calls.count("/token")
    old = auth.who().access
    tokens = await asyncio.gather(auth.access_token(), auth.renew(), auth.access_token(), auth.renew())
    assert world.auth.calls.count("/token") == earlier + 1
    assert tokens[0] == tokens[2] == auth.who().access != old
    await auth.renew()
    assert world.auth.calls.count("/token") == earlier + 2


async def test_two_tabs_share_one_refresh_token(world: World) -> None:
    storage = MemoryStorage()
    ann = await world.person("Ann", storage=storage)
    tab = world.chat("Ann", storage=storage)
    assert await tab.chat.restore()
    await world.clock.advance(1_200_000)
    assert ann.chat.is_authenticated()
    assert tab.chat.is_authenticated()


async def test_logout_leaves_then_revokes_then_wipes(world: World) -> None:
    storage = MemoryStorage()
    ann = await world.person("Ann", storage=storage)
    bob = await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    seen = len(world.signaling.seen)
    await ann.chat.logout()
    assert world.auth.calls[-1] == "/logout"
    assert len(world.signaling.seen) > seen
    assert (storage.personal(), storage.keys) == ([], {})
    state = ann.chat.get_state()
    assert (state.authenticated, state.user_id, state.room, state.messages) == (False, "", None, [])
    assert ann.events[-1] == ("auth:logout", None)
    assert ("room:change", None) in ann.events
    await world.clock.advance(1_000)
    assert bob.news[-1] == "Ann left."


async def test_whoever_signs_in_after_a_logout_has_another_device_key(world: World) -> None:
    ann = await world.person("Ann")
    first = (await ann.chat._auth.device_key()).public
    await ann.chat.logout()
    await ann.chat.request_code("bea@people.test", "Bea")
    await ann.chat.verify_code(CODE)
    assert (await ann.chat._auth.device_key()).public != first


class SlowStorage(MemoryStorage):
    """Answers after others had their turn, as a browser's does."""

    async def load_key(self, name: str) -> object | None:
        found = await super().load_key(name)
        await asyncio.sleep(0)
        return found


async def test_calls_that_need_the_first_device_key_at_once_make_one(world: World) -> None:
    auth = world.chat("Ann", storage=SlowStorage()).chat._auth
    one, other = await asyncio.gather(auth.device_key(), auth.device_key())
    assert one.public == other.public


async def test_logout_works_when_the_service_is_away(world: World) -> None:
    storage = MemoryStorage()
    ann = await world.person("Ann", storage=storage)
    world.auth.is_down = True
    await ann.chat.logout()
    assert (storage.personal(), storage.keys) == ([], {})
    assert not ann.chat.is_authenticated()
    assert ann.errors == ["unreachable"]
