"""K12: proofs name a nonce of the service's, which it tells to who has none, and which lasts minutes (RFC 9449, 9)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from signaling.nonces import WINDOW_S, Nonces
from tests.fakes.moment import START_S
from tests.signaling.member import ORIGIN, Member
from tests.signaling.world import World

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]


async def tried(member: Member, nonce: str, worker: int = 0, **changes: Any) -> Any:
    """To make a room, with that nonce in the proof."""
    url, token = f"{member.world.servers[worker].http_url}/rooms", member.token()
    proof = member.dpop("POST", url, token, nonce=nonce, **changes)
    headers = {"authorization": f"DPoP {token}", "dpop": proof}
    return await member.post({"genesis": member.genesis().hex(), "name": "Kitchen"}, headers, worker)


async def test_who_has_none_is_told_which_and_comes_in_with_it(world: World) -> None:
    ada = world.member()
    for nonce in ("", "AAAAAAAAAAAAAAAAAAAAAA"):
        told = await tried(ada, nonce)
        assert (told.status_code, told.json()["code"]) == (401, "proof.nonce")
        assert told.headers["www-authenticate"] == 'DPoP error="use_dpop_nonce"'
        assert told.headers["dpop-nonce"] == told.json()["nonce"]
        assert told.headers["access-control-expose-headers"] == "DPoP-Nonce, WWW-Authenticate"
    assert (await tried(ada, told.json()["nonce"])).status_code == 201


async def test_pages_of_the_service_ask_for_it_ahead(world: World) -> None:
    """A browser shows each refusal as an error, even one that is answered."""
    ada = world.member()
    url = f"{world.servers[0].http_url}/nonce"
    async with httpx.AsyncClient() as client:
        told = await client.get(url, headers={"origin": ORIGIN})
        assert (told.status_code, told.headers["cache-control"]) == (200, "no-store")
        assert (await tried(ada, told.json()["nonce"])).status_code == 201
        assert (await client.get(url, headers={"origin": "https://elsewhere.test"})).status_code == 403


async def test_nobody_else_is_told_one(world: World) -> None:
    ada, eve = world.member(), world.member()
    url, token = f"{world.servers[0].http_url}/rooms", ada.token()
    stolen = {"authorization": f"DPoP {token}", "dpop": eve.dpop("POST", url, token, nonce="")}
    answer = await ada.post({}, stolen)
    assert (answer.json()["code"], "nonce" in answer.json()) == ("proof.invalid", False)
    stale = await tried(ada, "", iat=START_S - 61)
    assert (stale.json()["code"], "dpop-nonce" in stale.headers) == ("proof.invalid", False)


@pytest.mark.parametrize(("age_s", "status"), [
    (0, 201), (WINDOW_S - 1, 201), (WINDOW_S, 201), (2 * WINDOW_S - 1, 201), (2 * WINDOW_S, 401)
])  # fmt: skip
async def test_one_lasts_for_its_window_and_the_next(world: World, age_s: int, status: int) -> None:
    began_s = -(-START_S // WINDOW_S) * WINDOW_S
    world.moment.go(began_s - world.moment.now_s())
    ada = world.member()
    nonce = ada.nonce()
    world.moment.go(age_s)
    assert (await tried(ada, nonce)).status_code == status


async def test_all_workers_know_the_same(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    ada = world.member()
    told = (await tried(ada, "")).json()["nonce"]
    assert (await tried(ada, told, worker=1)).status_code == 201


async def test_a_proof_that_only_lacks_it_is_not_used_up_and_no_fault(make_world: MakeWorld) -> None:
    world = await make_world(failed_auths_per_ip_min=1)
    ada = world.member()
    for _ in range(3):
        told = await tried(ada, "", jti="ab" * 16)
        assert told.json()["code"] == "proof.nonce"
    assert (await tried(ada, told.json()["nonce"], jti="ab" * 16)).status_code == 201


def test_another_secret_gives_others() -> None:
    assert Nonces(b"one").newest(START_S) != Nonces(b"other").newest(START_S)
