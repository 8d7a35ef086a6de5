"""What must not leave: no code, address, token or key in logs, metrics, problems, or what Redis holds."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable

import pytest

from tests.auth.world import World
from tests.fakes.redis_server import RedisServer

pytestmark = pytest.mark.no_cover

EMAIL = "canary.ada@example.org"


async def whole_story(world: World) -> list[str]:
    """Everything that can happen once; returns what must be found nowhere."""
    device = await world.device()
    await device.ask(EMAIL)
    code = await world.code()
    await device.enter(EMAIL, "0" * 8)
    await device.enter(EMAIL, code, "Canary Name")
    first, tokens = device.refresh, dict(device.tokens)
    await device.renew()
    second, renewed = device.refresh, dict(device.tokens)
    world.moment.go(60)
    other = await world.device()
    await other.ask(EMAIL)
    await other.enter(EMAIL, await world.code())
    await device.renew(first)
    await other.leave()
    await device.ask("nobody")
    await device.post("/token", await device.seal("/token", {"refresh": "zz"}))
    await world.mail()
    codes = [mail.code for mail in world.mailbox.mails if mail.code != ""]
    spaced = [f"{mailed[:4]} {mailed[4:]}" for mailed in codes]
    parts = [tokens["access"], tokens["identity"], renewed["access"], renewed["identity"]]
    signatures = [token.rpartition(".")[2] for token in parts]
    return [EMAIL, "canary", *codes, *spaced, first, second, first[32:], second[32:], *signatures, *parts]


async def test_the_log_holds_no_secret(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    secrets = await whole_story(world)
    captured = capfd.readouterr()
    log = world.log.getvalue()
    for secret in [*secrets, "127.0.0.1", "Canary Name"]:
        assert secret not in log
        assert secret not in captured.out + captured.err
    events = [json.loads(line)["event"] for line in log.splitlines()]
    happened = "code.issued code.wrong code.ok refresh.ok refresh.reused logout.ok mail.sent request"
    assert set(happened.split(" ")) <= set(events)


async def test_a_thief_of_the_store_finds_no_secret(world: World, redis_server: RedisServer) -> None:
    secrets = await whole_story(world)
    device = await world.device()
    world.moment.go(3600)
    await device.ask(EMAIL)
    waiting = await world.code()
    dump = redis_server.dump()
    assert len(dump) > 1000
    for secret in [*secrets, waiting]:
        assert secret.encode() not in dump


async def test_an_error_of_our_own_is_logged_without_its_text(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*args: object) -> bool:
        raise RuntimeError(f"canary about {EMAIL}")

    monkeypatch.setattr(world.service.memory, "is_known", broken)
    answer = await (await world.device()).ask(EMAIL)
    assert (answer.status, answer.code) == (500, "internal")
    assert "canary" not in world.log.getvalue() + json.dumps(answer.fields)
    assert '"RuntimeError"' in world.log.getvalue()
    assert "test_secrets.py:" in world.log.getvalue()


async def test_known_unknown_and_limited_addresses_get_the_same_answer(world: World) -> None:
    await world.signed_in("known@example.org")
    world.moment.go(3600)
    await (await world.device()).ask("limited@example.org")
    answers = [await (await world.device()).ask(f"{who}@example.org") for who in ("known", "unknown", "limited")]
    assert {answer.status for answer in answers} == {200}
    assert len({tuple(sorted(answer.fields)) for answer in answers}) == 1
    assert len({(answer.fields["expiresIn"], answer.fields["resendAfter"]) for answer in answers}) == 1
    assert len({len(answer.response.content) for answer in answers}) == 1
    assert len({tuple(sorted(answer.response.headers.items())) for answer in answers}) == 1


async def test_a_limited_address_answers_a_guess_like_any_other(world: World) -> None:
    await (await world.device()).ask("limited@example.org")
    device = await world.device()
    await device.ask("limited@example.org")
    await world.mail()
    assert len(world.mailbox.mails) == 1
    answers = [await device.enter("limited@example.org", str(n) * 8) for n in range(6)]
    assert [answer.code for answer in answers] == ["code.wrong"] * 4 + ["code.locked"] * 2


async def test_no_code_fits_the_challenge_of_a_limited_address(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auth.sign_in.new_code", lambda: "12345678")
    await (await world.device()).ask("limited@example.org")
    device = await world.device()
    await device.ask("limited@example.org")
    assert (await device.enter("limited@example.org", "12345678")).code == "code.wrong"


async def test_the_time_of_an_answer_tells_nothing(make_world: Callable[..., World]) -> None:
    """Known, unknown and limited addresses, asked in turn: their fastest tenths end within 2 ms of each other.

    Noise only adds, so the low end tells most about the work itself (Crosby, Wallach, Riedi: Opportunities and Limits
    of Remote Timing Attacks, 2009, compare it for the same reason).
    """
    world = make_world(send_domain_hour=10**6, send_origin_hour=10**6, send_all_hour=10**6, mail_queue=10**6)
    rounds = 120
    for number in range(rounds):
        await world.signed_in(f"known{number}@example.org")
    world.moment.go(3600)
    for number in range(rounds):
        await (await world.device()).ask(f"limited{number}@example.org")
    await world.mail()
    device = await world.device()
    took: dict[str, list[float]] = {"known": [], "unknown": [], "limited": []}
    for number in range(rounds):
        for turn in range(3):
            who = ("known", "unknown", "limited")[(number + turn) % 3]
            fields = {"email": f"{who}{number}@example.org", "jkt": device.key.jkt.hex()}
            sealed = await device.seal("/otp/request", fields)
            began_s = time.perf_counter()
            answer = await device.post("/otp/request", sealed)
            took[who].append(time.perf_counter() - began_s)
            assert answer.status == 200
            await world.mail()
    fast = [statistics.quantiles(times, n=10)[0] for times in took.values()]
    assert max(fast) - min(fast) < 0.002
