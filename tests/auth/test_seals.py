"""What a seal refuses: changed, old, repeated, moved, for other keys."""

from __future__ import annotations

import dataclasses

import pytest

from auth.key_folder import rotate
from auth.keys import service_key
from tests.auth.device import Device
from tests.auth.world import World
from widget.errors import CwError

pytestmark = pytest.mark.no_cover

EMAIL = "ada@example.org"


async def sealed_request(device: Device) -> dict[str, str]:
    return {"email": EMAIL, "jkt": device.key.jkt.hex()}


async def test_every_changed_byte_breaks_the_seal(world: World) -> None:
    device = await world.device()
    sealed = await device.seal("/otp/request", await sealed_request(device))
    for at in range(0, len(sealed.body), 7):
        body = bytes([*sealed.body[:at], sealed.body[at] ^ 1, *sealed.body[at + 1 :]])
        answer = await device.post("/otp/request", dataclasses.replace(sealed, body=body))
        assert answer.code == ("key.unknown" if at < 8 else "seal.broken")
    assert world.kinds() == []


@pytest.mark.parametrize("length", [0, 1, 7, 8, 9, 72, 73, 80, 88, 100])
async def test_a_shortened_body_breaks_the_seal(world: World, length: int) -> None:
    device = await world.device()
    sealed = await device.seal("/otp/request", await sealed_request(device))
    answer = await device.post("/otp/request", dataclasses.replace(sealed, body=sealed.body[:length]))
    assert (answer.status, answer.code) == (400, "key.unknown" if length < 8 else "seal.broken")


@pytest.mark.parametrize(
    ("off_s", "code"), [(-900.001, "seal.stale"), (-900, ""), (-899, ""), (0, ""), (900, ""), (900.001, "seal.stale")]
)
async def test_a_request_may_be_a_quarter_of_an_hour_off(world: World, off_s: float, code: str) -> None:
    device = await world.device()
    device.now_s = lambda: world.moment.now_s() + off_s
    assert (await device.ask(EMAIL)).code == code


async def test_k15_a_copy_is_refused(world: World) -> None:
    device = await world.device()
    sealed = await device.seal("/otp/request", await sealed_request(device))
    assert (await device.post("/otp/request", sealed)).status == 200
    assert (await device.post("/otp/request", sealed)).code == "seal.replay"
    world.moment.go(900)
    assert (await device.post("/otp/request", sealed)).code == "seal.replay"


@pytest.mark.parametrize(("later_s", "code"), [(1799.999, "seal.replay"), (1800, ""), (1800.001, "")])
async def test_an_id_may_return_after_half_an_hour(world: World, later_s: float, code: str) -> None:
    device = await world.device()
    fields = await sealed_request(device)
    rid = device.calls.new_rid()
    assert (await device.call("/otp/request", fields, rid)).status == 200
    world.moment.go(later_s)
    assert (await device.call("/otp/request", fields, rid)).code == code


async def test_k16_a_body_moved_to_another_path_breaks(world: World) -> None:
    device = await world.device()
    sealed = await device.seal("/otp/request", await sealed_request(device))
    assert (await device.post("/otp/verify", sealed)).code == "seal.broken"
    assert (await device.post("/token", sealed)).code == "seal.broken"


async def test_k16_a_body_moved_to_another_site_breaks(world: World) -> None:
    device = await world.device()
    sealed = await device.seal("/otp/request", await sealed_request(device))
    assert (await device.post("/otp/request", sealed, origin="https://other.test")).code == "seal.broken"


async def test_k17_an_answer_opens_only_its_own_request(world: World) -> None:
    device = await world.device()
    first = await device.seal("/otp/request", await sealed_request(device))
    second = await device.seal("/otp/request", {"email": "bob@example.org", "jkt": device.key.jkt.hex()})
    answer = await device.post("/otp/request", first)
    with pytest.raises(CwError):
        await device.calls.reply(second, answer.response.content)


@pytest.mark.parametrize(
    "changed", [{"jkt": "ab"}, {"jkt": None}, {"rid": "xy"}, {"key": ""}, {"ts": "now"}, {"ts": -1}]
)
async def test_a_field_of_the_wrong_shape_is_refused(world: World, changed: dict[str, object]) -> None:
    device = await world.device()
    fields = {**await sealed_request(device), **changed}
    import json

    from auth.hpke import SUITE
    from auth.p256 import load_public
    from widget.crypto.service_key import parse_service_key
    from widget.wire.sign_in import seal_info

    whole = {"key": "ab" * 32, "rid": "cd" * 16, "ts": int(world.moment.now_s() * 1000), **fields}
    public = parse_service_key(service_key(world.folder)).seal_public
    sealed = await device.seal("/otp/request", fields)
    info = seal_info("POST", "/otp/request", device.origin)
    body = sealed.body[:8] + SUITE.encrypt(json.dumps(whole).encode(), load_public(public), info)
    answer = await device.post("/otp/request", dataclasses.replace(sealed, body=body))
    assert answer.code == "seal.broken"


async def test_the_seal_key_of_before_works_until_it_ends(world: World) -> None:
    device = await world.device()
    day_s = 86400
    for _ in range(3):
        world.moment.go(26 * day_s)
        rotate(world.folder, int(world.moment.now_s()))
    assert (await device.ask(EMAIL)).status == 200
    world.moment.go(12 * day_s)
    rotate(world.folder, int(world.moment.now_s()))
    assert (await device.ask(EMAIL)).code == "key.unknown"
    newer = await world.device()
    assert (await newer.ask("bob@example.org")).status == 200
