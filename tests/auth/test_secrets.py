"""What must not leave: no code, address, token or key in logs, metrics, problems, or what Redis holds."""

from __future__ import annotations

import asyncio
import inspect
import json
import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType

import pytest

from tests.auth.device import Device
from tests.auth.world import World
from tests.fakes.redis_server import RedisServer

pytestmark = pytest.mark.no_cover

EMAIL = "canary.ada@example.org"
WAITING = inspect.CO_COROUTINE | inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR


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
    """Known, unknown and limited addresses are the same work: the same functions as often, the same steps of the store.

    A clock would show the machine's other work with it: what is counted here is all that is the service's own.
    """
    world = make_world(send_domain_hour=10**6, send_origin_hour=10**6, send_all_hour=10**6, mail_queue=10**6)
    await world.signed_in("known@example.org")
    world.moment.go(3600)
    await (await world.device()).ask("limited@example.org")
    await world.mail()
    device = await world.device()
    await _work(world, device, "warm@example.org")  # what is done once for all calls
    emails = [f"{who}@example.org" for who in ("known", "unknown", "limited")]
    known, unknown, limited = [await _work(world, device, email) for email in emails]
    assert sum(known.values()) > 50
    assert known == unknown == limited
    mailed = [mail.to for mail in world.mailbox.mails]
    assert [mailed.count(email) for email in emails] == [2, 1, 1]


async def _work(world: World, device: Device, email: str) -> Counter[str]:
    """How often a call for a code enters each function of the service; one that waits is entered once or not at all."""
    sealed = await device.seal("/otp/request", {"email": email, "jkt": device.key.jkt.hex()})
    entered: Counter[str] = Counter()
    mine = asyncio.current_task()  # not the worker's own loops

    def seen(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        name = f"{frame.f_globals['__name__']}.{code.co_qualname}"
        if event == "call" and name.startswith(("auth.", "widget.")) and asyncio.current_task() is mine:
            entered[name] = 1 if code.co_flags & WAITING else entered[name] + 1

    sys.setprofile(seen)
    try:
        answer = await device.post("/otp/request", sealed)
    finally:
        sys.setprofile(None)
    assert answer.status == 200
    await world.mail()
    return entered
