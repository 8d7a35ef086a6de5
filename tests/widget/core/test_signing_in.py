"""Signing in, staying signed in, signing out: through real seals, with a service that may refuse or be away."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict

from tests.fakes.auth_service import CODE
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.world import World


async def test_a_code_signs_in(world: World) -> None:
    ann = world.chat("Ann")
    sent = await ann.chat.request_code("ann@people.test", "Ann")
    assert (sent.email, sent.expires_in_s, sent.resend_after_s) == ("ann@people.test", 600, 60)
    assert not ann.chat.is_authenticated()
    await ann.chat.verify_code("1234 5678")
    state = ann.chat.get_state()
    assert state.authenticated
    assert state.user_name == "Ann"
    assert len(state.user_id) == 32
    assert ann.heard("auth:change") == [{"authenticated": True, "token": None}]


async def test_a_wrong_code_is_told_in_words_and_another_may_be_tried(world: World) -> None:
    ann = world.chat("Ann")
    await ann.chat.request_code("ann@people.test", "Ann")
    error = await world.failing(ann.chat.verify_code("00000000"))
    assert error.message == "This is not the code we sent. Check it and try again."
    assert ann.errors == ["code.wrong"]
    await ann.chat.verify_code(CODE)
    assert ann.chat.is_authenticated()


async def test_a_code_before_a_request_is_an_order_error(world: World) -> None:
    error = await world.failing(world.chat("Ann").chat.verify_code(CODE))
    assert error.code == "order.code"


async def test_authenticate_asks_and_waits_until_somebody_signed_in(world: World) -> None:
    ann = world.chat("Ann")
    waiting = asyncio.ensure_future(ann.chat.authenticate())
    await world.clock.settle()
    assert ann.heard("auth:required") == [None]
    assert not waiting.done()
    await ann.chat.request_code("ann@people.test", "Ann")
    await ann.chat.verify_code(CODE)
    await world.clock.settle()
    assert waiting.done()
    await ann.chat.authenticate()
    assert len(ann.heard("auth:required")) == 1


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


async def test_a_service_that_says_nothing_is_given_up_after_ten_seconds(world: World) -> None:
    world.auth.hangs = True
    ann = world.chat("Ann")
    began_ms = world.clock.now_ms()
    error = await world.failing(ann.chat.request_code("ann@people.test", "Ann"))
    assert error.code == "unreachable"
    assert "did not answer" in error.message
    assert world.clock.now_ms() - began_ms == 10_000


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


async def test_a_renewal_that_is_refused_signs_out_and_says_so(world: World) -> None:
    ann = await world.person("Ann")
    world.auth.refuse["/token"] = "token.reused"
    await world.clock.advance(520_000)
    assert not ann.chat.is_authenticated()
    assert ann.heard("auth:change")[-1] == {"authenticated": False, "token": None}
    assert ann.errors == ["token.reused"]


async def test_two_tabs_share_one_refresh_token(world: World) -> None:
    storage = MemoryStorage()
    ann = await world.person("Ann", storage=storage)
    tab = world.chat("Ann", storage=storage)
    assert await tab.chat.restore()
    await world.clock.advance(1_200_000)
    assert ann.chat.is_authenticated()
    assert tab.chat.is_authenticated()


async def test_a_service_with_a_newer_seal_key_is_understood(world: World) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec

    key = world.realm.service_key
    ann = world.chat("Ann")
    world.realm.sealing = ec.generate_private_key(ec.SECP256R1())
    assert world.realm.service_key != key
    await ann.chat.request_code("ann@people.test", "Ann")
    await ann.chat.verify_code(CODE)
    assert ann.chat.is_authenticated()


async def test_a_service_with_another_root_is_not_trusted(world: World) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec

    ann = world.chat("Ann")
    world.realm.root = ec.generate_private_key(ec.SECP256R1())
    await ann.chat.request_code("ann@people.test", "Ann")
    error = await world.failing(ann.chat.verify_code(CODE))
    assert error.code == "keys.untrusted"
    assert not ann.chat.is_authenticated()


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
    assert storage.records == storage.keys == {}
    state = ann.chat.get_state()
    assert (state.authenticated, state.user_id, state.room, state.messages) == (False, "", None, [])
    assert ann.events[-1] == ("auth:logout", None)
    assert ("room:change", None) in ann.events
    await world.clock.advance(1_000)
    assert bob.news[-1] == "Ann left."


async def test_logout_works_when_the_service_is_away(world: World) -> None:
    storage = MemoryStorage()
    ann = await world.person("Ann", storage=storage)
    world.auth.is_down = True
    await ann.chat.logout()
    assert storage.records == storage.keys == {}
    assert not ann.chat.is_authenticated()
    assert ann.errors == ["unreachable"]


async def test_no_token_is_in_state_or_events(world: World) -> None:
    ann, _ = await world.room("Ann", "Bob")
    await world.clock.advance(600_000)
    signed_in = ann.chat._auth.signed_in
    assert signed_in is not None
    shown = json.dumps(asdict(ann.chat.get_state())) + repr(ann.events) + repr(signed_in) + repr(ann.chat._auth)
    for secret in (signed_in.access, signed_in.refresh, signed_in.identity_jwt):
        assert secret not in shown


async def test_neither_address_nor_code_is_on_the_wire(world: World) -> None:
    await world.person("Ann")
    for body in world.auth.bodies:
        assert b"ann@people.test" not in body
        assert CODE.encode() not in body
