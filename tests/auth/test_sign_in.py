"""Signing in, from the request for a code to the tokens."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auth.tokens import check_access, check_identity
from tests.auth.world import World
from widget.crypto.service_key import parse_service_key
from widget.native.crypto import native_crypto

pytestmark = pytest.mark.no_cover

EMAIL = "ada@example.org"


@pytest.fixture(params=["redis", "in the process"])
def any_world(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> World:
    return make_world() if request.param == "redis" else make_world(redis_url=None)


async def test_a_code_by_mail_signs_in(any_world: World) -> None:
    device = await any_world.device()
    asked = await device.ask(EMAIL)
    assert set(asked.fields) == {"challenge", "nonce", "expiresIn", "resendAfter", "now"}
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
    assert (await device.leave()).fields == {"now": int(any_world.moment.now_s() * 1000)}
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


@pytest.mark.parametrize("zero", ["\u0660", "\u06f0", "\u0966", "\uff10", "\U0001e950"])
async def test_a_code_may_be_typed_in_digits_of_any_script(world: World, zero: str) -> None:
    device = await world.device()
    await device.ask(EMAIL)
    typed = "".join(chr(ord(zero) + int(digit)) for digit in await world.code())
    assert (await device.enter(EMAIL, typed)).status == 200


@pytest.mark.parametrize("typed", ["{a} {b}", "{a}{b}", " {a}-{b} ", "{a}\u00a0{b}"])
async def test_a_code_may_be_typed_with_spaces(world: World, typed: str) -> None:
    device = await world.device()
    await device.ask(EMAIL)
    code = await world.code()
    assert (await device.enter(EMAIL, typed.format(a=code[:4], b=code[4:]))).status == 200


async def test_a_wrong_code_says_how_many_tries_are_left(world: World) -> None:
    device = await world.device()
    await device.ask(EMAIL)
    code = await world.code()
    answer = await device.enter(EMAIL, other_than(code))
    assert (answer.status, answer.code, answer.fields["attemptsLeft"]) == (403, "code.wrong", 4)
    assert (await device.enter(EMAIL, code)).status == 200


async def test_a_used_code_cannot_be_used_again(world: World) -> None:
    device = await world.signed_in()
    assert (await device.enter(EMAIL, await world.code())).code == "code.used"


@pytest.mark.parametrize(("later_s", "outcome"), [(599.999, ""), (600, "code.expired"), (600.001, "code.expired")])
async def test_a_code_lives_ten_minutes(world: World, later_s: float, outcome: str) -> None:
    device = await world.device()
    await device.ask(EMAIL)
    code = await world.code()
    world.moment.go(later_s)
    assert (await device.enter(EMAIL, code)).code == outcome


@pytest.mark.parametrize(("wrong", "outcome"), [(3, ""), (4, ""), (5, "code.locked"), (6, "code.locked")])
async def test_a_code_takes_five_tries(world: World, wrong: int, outcome: str) -> None:
    device = await world.device()
    await device.ask(EMAIL)
    code = await world.code()
    answers = [(await device.enter(EMAIL, other_than(code))).code for _ in range(wrong)]
    assert answers == ["code.wrong"] * min(wrong, 4) + ["code.locked"] * (wrong - 4)
    assert (await device.enter(EMAIL, code)).code == outcome


async def test_a_code_lives_no_longer_after_the_clock_was_set_back(world: World) -> None:
    device = await world.device()
    await device.ask("ann@example.org")
    code = await world.code()
    world.moment.go(30)
    world.moment.step(-20)
    assert (await device.enter("ann@example.org", other_than(code))).code == "code.wrong"
    world.moment.step(-3600)
    assert (await device.enter("ann@example.org", code)).code == "code.expired"


async def test_nobody_is_held_for_longer_after_the_clock_was_set_back(make_world: Callable[..., World]) -> None:
    world = make_world(hold_after=1, resend_after_s=0)
    world.moment.go(7200)  # no key counts before the moment that it was made at
    device = await world.device()
    await device.ask("ann@example.org")
    assert (await device.enter("ann@example.org", other_than(await world.code()))).code == "code.wrong"
    world.moment.step(-3600)
    await device.ask("ann@example.org")
    code = await world.code()
    held = await device.enter("ann@example.org", code)
    assert (held.status, held.fields["retryAfter"]) == (429, 30)
    world.moment.go(30)
    assert (await device.enter("ann@example.org", code)).status == 200


async def test_only_the_newest_code_counts(world: World) -> None:
    device = await world.device()
    await device.ask(EMAIL)
    first, challenge, nonce = await world.code(), device.challenge, device.nonce
    world.moment.go(60)
    await device.ask(EMAIL)
    newest = (device.challenge, device.nonce)
    device.challenge, device.nonce = challenge, nonce
    assert (await device.enter(EMAIL, first)).code == "code.expired"
    device.challenge, device.nonce = newest
    assert (await device.enter(EMAIL, await world.code())).status == 200


async def test_the_old_code_does_not_fit_the_new_challenge(world: World) -> None:
    device = await world.device()
    await device.ask(EMAIL)
    first = await world.code()
    world.moment.go(60)
    await device.ask(EMAIL)
    assert (await device.enter(EMAIL, first)).code == "code.wrong"


async def test_another_devices_request_does_not_end_a_code(world: World) -> None:
    mine, other = await world.device(), await world.device()
    await mine.ask(EMAIL)
    code = await world.code()
    world.moment.go(60)
    await other.ask(EMAIL)
    assert (await mine.enter(EMAIL, code)).status == 200


async def test_another_device_cannot_redeem_a_code(world: World) -> None:
    mine, thief = await world.device(), await world.device()
    await mine.ask(EMAIL)
    code = await world.code()
    thief.challenge, thief.nonce = mine.challenge, mine.nonce
    assert (await thief.enter(EMAIL, code)).code == "seal.broken"
    assert (await mine.enter(EMAIL, code)).status == 200


async def test_a_code_does_not_fit_another_address(world: World) -> None:
    device = await world.device()
    await device.ask(EMAIL)
    assert (await device.enter("bob@example.org", await world.code())).code == "code.expired"


async def test_a_guess_at_another_address_counts_nothing_against_it(world: World) -> None:
    device, victim = await world.device(), await world.device()
    await device.ask(EMAIL)
    for _ in range(12):
        assert (await device.enter("bob@example.org", "00000000")).code == "code.expired"
    await victim.ask("bob@example.org")
    assert (await victim.enter("bob@example.org", await world.code())).status == 200


async def test_a_changed_signature_costs_no_try(world: World) -> None:
    device = await world.device()
    await device.ask(EMAIL)
    code = await world.code()
    assert (await device.enter(EMAIL, code, sig="00" * 64)).code == "seal.broken"
    answer = await device.enter(EMAIL, other_than(code))
    assert answer.fields["attemptsLeft"] == 4


@pytest.mark.parametrize(
    "email", ["", "ada", "ada@", "@example.org", "ada@example.org\r\nBcc: b@c.de", "a" * 65 + "@example.org",
              "ada@" + "a" * 250 + ".org", "ada@localhost", "\ud800@example.org", "ada@example.org\x00"]
)  # fmt: skip
async def test_what_is_no_address_is_told(world: World, email: str) -> None:
    device = await world.device()
    assert (await device.ask(email)).code == "email.invalid"
    assert world.kinds() == []


async def test_a_strange_code_is_a_wrong_code(world: World) -> None:
    device = await world.device()
    await device.ask(EMAIL)
    await world.mail()
    for code in ("", "\ud800", "9" * 200, "ä"):
        assert (await device.enter(EMAIL, code)).code == "code.wrong"


async def test_the_spelling_of_the_domain_does_not_matter(world: World) -> None:
    device = await world.device()
    await device.ask("ada@EXAMPLE.org")
    assert (await device.enter("ada@example.ORG", await world.code())).status == 200


async def test_a_person_is_the_same_on_every_device_of_one_site(world: World) -> None:
    first = await world.signed_in()
    world.moment.go(60)
    second = await world.signed_in()
    assert first.tokens["sub"] == second.tokens["sub"]


async def test_two_sites_see_two_pseudonyms(world: World) -> None:
    here = await world.signed_in()
    world.moment.go(60)
    there = await world.signed_in(origin="https://other.test")
    assert here.tokens["sub"] != there.tokens["sub"]


async def test_a_name_is_kept_for_the_next_time(world: World) -> None:
    device = await world.device()
    await device.ask(EMAIL)
    await device.enter(EMAIL, await world.code(), "  Ada\u202e  L\u200b. ")
    assert device.tokens["name"] == "Ada L."
    world.moment.go(60)
    await device.ask(EMAIL)
    await device.enter(EMAIL, await world.code())
    assert device.tokens["name"] == "Ada L."


async def test_without_a_name_the_pseudonym_tells_nothing(world: World) -> None:
    device = await world.signed_in("zebulon@example.org")
    words = device.tokens["name"].split(" ")
    assert len(words) == 3
    assert words[2].isdecimal()
    assert "zebulon" not in device.tokens["name"].lower()


async def test_the_owner_hears_of_a_new_device(world: World) -> None:
    await world.signed_in()
    assert world.kinds() == ["code"]
    world.moment.go(60)
    device = await world.signed_in()
    await world.mail()
    assert world.kinds() == ["code", "code", "new device"]
    world.moment.go(60)
    await device.ask(EMAIL)
    await device.enter(EMAIL, await world.code())
    await world.mail()
    assert world.kinds() == ["code", "code", "new device", "code"]


async def test_codes_on_their_way_outlive_a_new_pepper(world: World) -> None:
    from auth.key_folder import new_pepper, rotate

    device = await world.device()
    await device.ask(EMAIL)
    code = await world.code()
    new_pepper(world.folder)
    rotate(world.folder, int(world.moment.now_s()))
    world.moment.go(60)
    assert (await device.enter(EMAIL, code)).status == 200
    assert len(world.keys.secrets.peppers) == 2


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08d}"
