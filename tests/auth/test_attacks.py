"""The named attacks on tokens, K01 to K17, where they meet every door and every call; the others are in their files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from auth.guests import set_guests
from auth.issuers import Issuer, add_issuer
from tests.auth.device import ORIGIN, Answer, Device
from tests.auth.world import World
from tests.fakes.login_site import LoginSite
from widget.crypto.sealed_call import SealedRequest
from widget.errors import CwError

Make = Callable[..., World]
ADA = "ada@example.org"
PATHS = [
    *("/otp/request", "/otp/verify", "/site/verify", "/guest/verify"),
    *("/token", "/devices", "/devices/end", "/logout"),
]


Sent = dict[str, tuple[SealedRequest, Answer]]


@pytest.fixture
async def calls(make_world: Make) -> tuple[Device, Sent]:
    """A device that has made every call there is, and what it sent and got."""
    world, site = make_world(guest_bits=7), LoginSite()
    await add_issuer(world.store, ORIGIN, Issuer(keys=(site.public(),)))
    await set_guests(world.store, "talk", ORIGIN)
    device, sent = await world.device(), Sent()
    post = device.post

    async def noted(path: str, sealed: SealedRequest, **headers: str) -> Answer:
        sent[path] = sealed, await post(path, sealed, **headers)
        return sent[path][1]

    device.post = noted  # type: ignore[method-assign]
    await device.vouch(site.token())
    await device.be_guest()
    await device.ask(ADA)
    await device.enter(ADA, await world.code())
    await device.renew()
    await device.devices()
    await device.end(others=True)
    await device.leave()
    device.post = post  # type: ignore[method-assign]
    assert {path: answer.status for path, (_, answer) in sent.items()} == dict.fromkeys(PATHS, 200)
    return device, sent


async def test_k15_a_copy_of_any_call_is_refused(calls: tuple[Device, Sent]) -> None:
    device, sent = calls
    for path in PATHS:
        answer = await device.post(path, sent[path][0])
        assert answer.code == ("puzzle.used" if path == "/guest/verify" else "seal.replay"), path


async def test_k16_no_call_can_be_moved_to_another_address_or_site(calls: tuple[Device, Sent]) -> None:
    device, sent = calls
    for path in PATHS:
        sealed = sent[path][0]
        for other in PATHS:
            if other != path:
                assert (await device.post(other, sealed)).code == "seal.broken", (path, other)
        assert (await device.post(path, sealed, origin="https://other.test")).code == "seal.broken", path


async def test_k17_no_answer_opens_for_another_request(calls: tuple[Device, Sent]) -> None:
    device, sent = calls
    for path in PATHS:
        mine, answer = sent[path]
        for other in PATHS:
            if other != path:
                with pytest.raises(CwError):
                    await device.calls.reply(sent[other][0], answer.response.content)
        changed = bytearray(answer.response.content)
        changed[20] ^= 1
        with pytest.raises(CwError):
            await device.calls.reply(mine, bytes(changed))
        with pytest.raises(CwError):
            await device.calls.reply(replace(mine, rid=bytes(16)), answer.response.content)


async def test_k12_a_nonce_of_before_is_none_for_the_next_code(world: World) -> None:
    device = await world.device()
    await device.ask(ADA)
    before = device.nonce
    world.moment.go(60)
    await device.ask(ADA)
    device.nonce, newest = before, device.nonce
    assert (await device.enter(ADA, await world.code())).code == "seal.broken"
    device.nonce = newest
    assert (await device.enter(ADA, await world.code())).status == 200


ODD: list[Any] = [None, 5, True, "", "\ud800", ["a"], "0" * 6000, [2**60] * 64]
SHOWN = ("token", "name", "refresh")  # what is signed
FIELDS = {
    "/site/verify": ("token", "dk", "sig"),
    "/guest/verify": ("name", "puzzle", "answers", "dk", "sig"),
    "/devices": ("refresh", "dk", "sig"),
    "/devices/end": ("refresh", "id", "others", "dk", "sig"),
    "/logout": ("refresh", "everywhere", "dk", "sig"),
}


async def test_no_shape_of_a_call_breaks_the_service(make_world: Make) -> None:
    """Each field in turn, and all that the others make of it: refused with a code of ours, or good."""
    world, site = make_world(guest_bits=7), LoginSite()
    await add_issuer(world.store, ORIGIN, Issuer(keys=(site.public(),)))
    await set_guests(world.store, "talk", ORIGIN)
    device = await world.device()
    assert (await device.vouch(site.token())).status == 200
    puzzle = (await device.visit()).fields["puzzle"]
    good = {"/guest/verify": {"puzzle": puzzle, "answers": [0] * 64}, "/devices/end": {"id": device.id}}
    callers: dict[str, Callable[..., Any]] = {
        "/site/verify": lambda **odd: device.vouch(site.token(), **odd),
        "/guest/verify": device.visit, "/devices": device.devices, "/devices/end": device.end, "/logout": device.leave,
    }  # fmt: skip
    for path, names in FIELDS.items():
        for name in names:
            for odd in ODD:
                changed = {**good.get(path, {}), name: odd}
                call = partial(_odd, device, path, changed) if name in SHOWN else partial(callers[path], **changed)
                answer = await call()
                assert answer.status < 500, (path, name, odd, answer)


async def _odd(device: Device, path: str, fields: dict[str, Any]) -> Answer:
    return await device.call(path, {"dk": device.key.public.hex(), "sig": "00" * 64, **fields})


def test_each_attack_on_tokens_has_a_test_of_its_name() -> None:
    names = [name for path in Path(__file__).parent.glob("test_*.py") for name in _tests(path.read_text("utf-8"))]
    assert [number for number in range(1, 18) if not any(f"_k{number:02}_" in name for name in names)] == []


def _tests(text: str) -> list[str]:
    return re.findall(r"^(?:async )?def (test_\w+)", text, re.M)
