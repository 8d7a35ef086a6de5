"""Signing in: through real seals, with a service that may refuse, be away or be another's."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict

import pytest

from tests.fakes.auth_service import CODE
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.world import AUTH, Someone, World
from widget.account.sign_in_service import KEYS
from widget.errors import AWAY


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
    assert ann.heard("auth:change") == [{"authenticated": True, "token": None, "door": "mail"}]


class SlowStorage(MemoryStorage):
    """Writes what renews a sign-in when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.goes_on = asyncio.Event()

    async def save(self, name: str, value: bytes) -> None:
        if name.startswith("refresh "):
            await self.goes_on.wait()
        await super().save(name, value)


async def test_who_is_signed_in_has_a_name(world: World) -> None:
    """The page may ask at any moment."""
    storage = SlowStorage()
    ann = world.chat("Ann", storage=storage)
    await ann.chat.request_code("ann@people.test", "Ann")
    showing = asyncio.create_task(ann.chat.verify_code(CODE))
    await world.clock.advance(100)
    assert ann.chat._auth.signed_in is not None
    assert (ann.chat.is_authenticated(), ann.chat.get_state().user_name) == (False, "")
    storage.goes_on.set()
    await world.run(asyncio.wait_for(showing, None))
    assert (ann.chat.is_authenticated(), ann.chat.get_state().user_name) == (True, "Ann")


async def test_a_wrong_code_is_told_in_words_and_another_may_be_tried(world: World) -> None:
    ann = world.chat("Ann")
    await ann.chat.request_code("ann@people.test", "Ann")
    error = await world.failing(ann.chat.verify_code("00000000"))
    assert error.message == "This is not the code we sent. Check it and try again."
    assert ann.errors == ["code.wrong"]
    await ann.chat.verify_code(CODE)
    assert ann.chat.is_authenticated()


async def test_a_code_is_shown_to_the_service_once(world: World) -> None:
    ann = await world.person("Ann")
    assert (await world.failing(ann.chat.verify_code(CODE))).code == "order.code"
    assert world.auth.calls.count("/otp/verify") == 1


async def test_a_logout_forgets_the_code_that_is_on_its_way(world: World) -> None:
    ann = world.chat("Ann")
    await ann.chat.request_code("ann@people.test", "Ann")
    await ann.chat.logout()
    assert (await world.failing(ann.chat.verify_code(CODE))).code == "order.code"


@pytest.mark.parametrize("is_other", ["device", "site"])
async def test_an_identity_of_another_device_or_site_is_not_taken(
    world: World, monkeypatch: pytest.MonkeyPatch, is_other: str
) -> None:
    identity = world.realm.identity
    eve = (await (await world.person("Eve")).chat._auth.device_key()).public

    def answer(device: bytes, sub: str, name: str, org: str, _via: str) -> str:
        return identity(eve, sub, name, org) if is_other == "device" else identity(device, sub, name, AUTH)

    monkeypatch.setattr(world.realm, "identity", answer)
    storage = MemoryStorage()
    ann = world.chat("Ann", storage=storage)
    await ann.chat.request_code("ann@people.test", "Ann")
    assert (await world.failing(ann.chat.verify_code(CODE))).code == "identity.wrong"
    assert not ann.chat.is_authenticated()
    assert storage.personal() == ["device"]


async def test_a_code_before_a_request_is_an_order_error(world: World) -> None:
    error = await world.failing(world.chat("Ann").chat.verify_code(CODE))
    assert error.code == "order.code"


async def asked_to_sign_in(world: World, ann: Someone) -> None:
    """`authenticate` waits until she has."""
    waiting = asyncio.ensure_future(ann.chat.authenticate())
    await world.clock.settle()
    assert ann.heard("auth:required") == [None]
    assert not waiting.done()
    await ann.chat.request_code("ann@people.test", "Ann")
    await ann.chat.verify_code(CODE)
    await world.clock.settle()
    assert waiting.done()


async def test_authenticate_asks_and_waits_until_somebody_signed_in(world: World) -> None:
    ann = world.chat("Ann")
    await asked_to_sign_in(world, ann)
    await ann.chat.authenticate()
    assert len(ann.heard("auth:required")) == 1


async def test_authenticate_waits_again_after_a_logout(world: World) -> None:
    ann = await world.person("Ann")
    await ann.chat.logout()
    await asked_to_sign_in(world, ann)


async def test_a_service_that_says_nothing_is_given_up_after_ten_seconds(world: World) -> None:
    world.auth.hangs = True
    ann = world.chat("Ann")
    began_ms = world.clock.now_ms()
    error = await world.failing(ann.chat.request_code("ann@people.test", "Ann"))
    assert error.code == "unreachable"
    assert error.message == AWAY
    assert world.clock.now_ms() - began_ms == 10_000


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


async def test_the_published_keys_are_fetched_once_and_again_when_they_run_out(world: World) -> None:
    world.auth.access_life_s = 86_000
    ann = await world.person("Ann")
    service = ann.chat._auth._service
    one, other = await asyncio.gather(service.fetch_trust(), service.fetch_trust())
    assert one is other
    assert world.auth.calls.count(KEYS) == 2
    await world.clock.advance(86_000_000)
    assert (world.auth.calls.count("/token"), world.auth.calls.count(KEYS)) == (1, 2)
    await world.clock.advance(86_000_000)
    assert (world.auth.calls.count("/token"), world.auth.calls.count(KEYS)) == (2, 3)


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
