"""Numbers of auth that no other test has at one below, at, and one above."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auth.keys import KeyFolderError, Keys
from auth.origins import MAX_ORIGIN_CHARS, is_origin
from auth.otp import MAX_CODE_CHARS, typed_code
from auth.request_log import KEYS_RETRY_S
from auth.revocations import CHANNEL, REMEMBERED_S, Revoked, announce, recent
from auth.seen import PASS_LIFE_S, new_pass
from auth.settings import Settings
from auth.tokens import MAX_DOCUMENT_CHARS, TokenError, read_key_set
from tests.auth.test_dpop import proof, refused
from tests.auth.test_tokens import NOW_S, accepted, access
from tests.auth.world import World

EMAIL = "ada@example.org"


@pytest.mark.parametrize(("others", "known"), [(1, True), (2, True), (3, False)])
async def test_so_many_devices_of_an_account_are_remembered(
    make_world: Callable[..., World], others: int, known: bool
) -> None:
    world = make_world(devices_kept=3, resend_after_s=0, send_email_15min=9, send_email_hour=9)
    first = await world.signed_in(EMAIL)
    for _ in range(others):
        world.moment.go(1)
        await world.signed_in(EMAIL)
    account = world.keys.secrets.account(EMAIL)
    assert await world.service.memory.is_known(account, first.key.jkt.hex()) is known
    assert await world.store.command("ZCARD", f"cw:{{{account}}}:devices") == min(others + 1, 3)


def test_twenty_devices_ship() -> None:
    assert Settings().devices_kept == 20


@pytest.mark.parametrize(("length", "good"), [(254, True), (255, True), (256, False)])
def test_an_origin_has_so_many_characters(length: int, good: bool) -> None:
    assert MAX_ORIGIN_CHARS == 255
    start = "https://" + ("a" * 59 + ".") * 4
    assert is_origin(start + "a" * (length - len(start))) is good


@pytest.mark.parametrize(("length", "kept"), [(31, 31), (32, 32), (33, 32)])
def test_of_what_is_typed_so_much_is_read(length: int, kept: int) -> None:
    assert MAX_CODE_CHARS == 32
    assert typed_code("1" * length) == "1" * kept


@pytest.mark.parametrize(("length", "reason"), [(MAX_DOCUMENT_CHARS, "shape"), (MAX_DOCUMENT_CHARS + 1, "too long")])
def test_a_key_document_has_so_many_characters(length: int, reason: str) -> None:
    assert MAX_DOCUMENT_CHARS == 65536
    with pytest.raises(TokenError) as caught:
        read_key_set("x" * length, b"\0" * 32, NOW_S)
    assert (caught.value.reason == "too long") is (reason == "too long")


def test_tokens_around_their_limit() -> None:
    made = {len(token): token for pad in range(2400, 2700) if 4090 <= len(token := access(pad="x" * pad)) <= 4100}
    assert min(made) < 4096 < max(made)
    assert [length for length in made if accepted(made[length], NOW_S)] == [n for n in made if n <= 4096]


def test_proofs_around_their_limit() -> None:
    made = {len(text): text for pad in range(1000, 1200) if 2046 <= len(text := proof(pad="x" * pad)) <= 2050}
    assert [refused(made[length]) for length in sorted(made)] == [
        "" if length <= 2048 else "too long" for length in sorted(made)
    ]
    assert min(made) < 2048 < max(made)


async def test_a_pass_of_the_doctor_lives_for_a_minute(world: World) -> None:
    token = await new_pass(world.store, "auth")
    assert PASS_LIFE_S == 60
    assert 58 <= await world.store.command("TTL", f"cw:doctor:auth:{token}") <= 60


@pytest.mark.parametrize(("later_s", "kept"), [(REMEMBERED_S - 1, 1), (REMEMBERED_S, 0), (REMEMBERED_S + 1, 0)])
async def test_an_ended_sign_in_is_kept_in_mind_for_a_quarter_of_an_hour(
    world: World, later_s: int, kept: int
) -> None:
    assert REMEMBERED_S == 900
    first = Revoked("5" * 32, "a" * 64, NOW_S)
    subscription = await world.store.subscribe(CHANNEL)
    await announce(world.store, first)
    await announce(world.store, Revoked("6" * 32, "b" * 64, NOW_S + later_s))
    found = await recent(world.store, NOW_S)
    await subscription.close()
    assert len([one for one in found if one == first]) == kept


async def test_without_keys_one_comes_again_in_half_a_minute(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    device = await world.device()

    def refuse(now_s: int) -> Keys:
        raise KeyFolderError(f"no key at {now_s}")

    monkeypatch.setattr(world.service.book, "current", refuse)
    answer = await device.ask(EMAIL)
    assert (answer.status, answer.code) == (503, "backend.down")
    assert answer.fields["retryAfter"] == KEYS_RETRY_S == 30
