"""Signing in, from the request for a code to the tokens."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auth.tokens import check_access, check_identity
from tests.auth.world import World
from widget.crypto.service_key import parse_service_key
from widget.native.crypto import native_crypto

EMAIL = "ada@example.org"


@pytest.fixture(params=["redis", "in the process"])
def any_world(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> World:
    return make_world() if request.param == "redis" else make_world(redis_url=None)


async def test_a_code_by_mail_signs_in(any_world: World) -> None:
    device = await any_world.device()
    asked = await device.ask(EMAIL)
    assert set(asked.fields) == {"challenge", "nonce", "expiresIn", "resendAfter"}
    assert (asked.fields["expiresIn"], asked.fields["resendAfter"]) == (600, 60)
    answer = await device.enter(EMAIL, await any_world.code(), "Ada")
    assert answer.status == 200
    now_s = int(any_world.moment.now_s())
    claims = check_access(answer.fields["access"], any_world.keys.key_set, now_s)
    assert (claims.name, claims.org, claims.jkt, claims.exp - claims.iat) == ("Ada", device.origin, device.key.jkt, 600)
    identity = check_identity(answer.fields["identity"], any_world.keys.key_set, now_s)
    assert (identity.sub, identity.exp - identity.iat) == (answer.fields["sub"], 3600)
    assert answer.fields["expiresIn"] == 600


async def test_the_main_path_holds_to_its_end(any_world: World) -> None:
    device = await any_world.signed_in()
    first = device.refresh
    any_world.moment.go(600)
    assert (await device.renew()).status == 200
    assert device.refresh != first
    assert (await device.leave()).fields == {}
    any_world.moment.go(1)
    assert (await device.renew()).code == "token.invalid"


async def test_the_clients_own_trust_accepts_the_tokens(world: World) -> None:
    from auth.keys import service_key
    from widget.crypto.trust import open_trust

    device = await world.signed_in()
    document = (await world.http.get("/.well-known/cw-keys")).text
    pinned = parse_service_key(service_key(world.folder))
    now_ms = int(world.moment.now_s() * 1000)
    trust = await open_trust(native_crypto(), pinned, document, now_ms)
    identity = await trust.check_identity(device.tokens["identity"], now_ms)
    assert (identity.sub, identity.jkt) == (device.tokens["sub"], device.key.jkt)
