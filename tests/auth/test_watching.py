"""What an operator sees: health to the second, the lines of the log, the counters, and hanging up on the slow."""

from __future__ import annotations

import asyncio
import io
import json
import re
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount
from starlette.types import Message, Receive, Scope, Send

from auth.deadline import DeadlineProtocol, with_deadline
from auth.log import Log
from auth.mail.mailers import Mailbox, console_mailbox
from auth.metrics import Metrics
from auth.request_log import RequestLog
from tests.auth.device import ORIGIN
from tests.auth.mails import MAILS
from tests.auth.world import World

EMAIL = "ada@example.org"


def lines(world: World, event: str) -> list[dict[str, Any]]:
    read = [json.loads(line) for line in world.log.getvalue().splitlines()]
    return [line for line in read if line["event"] == event]


async def gone() -> Message:
    """Nothing more comes from a caller who has hung up."""
    return {"type": "http.disconnect"}


async def unread(message: Message) -> None:
    """Nor does she hear anything."""


@pytest.mark.parametrize(("left_s", "status"), [(1, 200), (0, 503)])
async def test_health_tells_when_the_last_second_of_the_keys_has_passed(
    world: World, left_s: int, status: int
) -> None:
    world.moment.go(45 * 86400 - left_s)
    answer = await world.http.get("/health")
    assert (answer.status_code, answer.json()["keysExpireIn"]) == (status, left_s)


async def test_keys_are_served_as_what_they_are(world: World) -> None:
    document = await world.http.get("/.well-known/cw-keys")
    assert document.headers["content-type"] == "application/jwt"
    assert document.text == world.keys.document
    jwks = await world.http.get("/.well-known/jwks.json")
    assert jwks.headers["content-type"] == "application/json"
    assert jwks.json() == world.keys.jwks
    assert {key["kid"] for key in jwks.json()["keys"]} == set(world.keys.key_set.keys)
    assert (await world.http.get("/metrics")).headers["content-type"].startswith("text/plain; version=0.0.4")


@pytest.mark.parametrize(("method", "path", "status", "code", "route"), [
    ("GET", "/nothing", 404, "route.unknown", "other"),
    ("GET", "/otp/request", 405, "method.refused", "/otp/request"),
    ("POST", "/token", 403, "", "/token"),
    ("GET", "/health", 200, "", "/health"),
])
async def test_a_request_is_one_line_and_one_count(
    world: World, method: str, path: str, status: int, code: str, route: str
) -> None:
    await world.http.request(method, path)
    (line,) = lines(world, "request")
    assert (line["method"], line["route"], line["status"], line["code"]) == (method, route, status, code)
    assert line["ip"] == world.service.log.hashed("127.0.0.1")
    text = world.service.metrics.text().decode()
    assert f'auth_requests_total{{code="{code}",route="{route}",status="{status}"}} 1.0' in text
    assert f'auth_request_seconds_count{{route="{route}"}} 1.0' in text


async def test_a_refusal_is_told_by_its_code(world: World) -> None:
    await world.http.post("/token", headers={"origin": ORIGIN}, content=b"x")
    (line,) = lines(world, "request")
    assert (line["status"], line["code"]) == (415, "body.type")


async def test_a_route_is_told_without_the_place_where_the_service_is_mounted(world: World) -> None:
    outer = Starlette(routes=[Mount("/auth", app=world.app)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(outer), base_url="https://all.test") as http:
        await http.get("/auth/health")
        await http.get("/auth/nothing/auth")
    assert [line["route"] for line in lines(world, "request")] == ["/health", "other"]


async def test_a_made_up_method_takes_ten_characters_of_the_log(world: World) -> None:
    await world.http.request("ABCDEFGHIJKL", "/health")
    (line,) = lines(world, "request")
    assert line["method"] == "ABCDEFGHIJ"


async def test_the_time_of_an_answer_is_told_in_tenths_of_a_millisecond(monkeypatch: pytest.MonkeyPatch) -> None:
    sink, metrics = io.StringIO(), Metrics()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await Response(status_code=204)(scope, receive, send)

    moments = iter((100.0, 100.02544))
    monkeypatch.setattr("auth.request_log.time", SimpleNamespace(perf_counter=lambda: next(moments)))
    layer = RequestLog(app, Log(b"k" * 32, sink), metrics, {"/x"}, ())
    await layer({"type": "http", "method": "GET", "path": "/x", "headers": []}, gone, unread)
    line = json.loads(sink.getvalue())
    assert (line["status"], line["route"], line["ms"]) == (204, "/x", 25.4)
    told = re.search(r'auth_request_seconds_sum{route="/x"} ([0-9.]+)', metrics.text().decode())
    assert told is not None
    assert float(told.group(1)) == pytest.approx(0.02544)


async def test_a_caller_who_hangs_up_is_no_bug_of_ours(world: World) -> None:
    headers = [(b"origin", ORIGIN.encode()), (b"content-type", b"application/cw-hpke")]
    await world.app({"type": "http", "method": "POST", "path": "/token", "headers": headers}, gone, unread)
    assert lines(world, "request.broken") == []
    assert [line["route"] for line in lines(world, "request")] == ["/token"]


async def test_a_bug_of_ours_is_told_by_type_and_place_and_not_by_its_text(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("quotes ada@example.org")

    monkeypatch.setattr("auth.sign_in.normal_email", broken)
    answer = await (await world.device()).ask(EMAIL)
    assert (answer.status, answer.code) == (500, "internal")
    (line,) = lines(world, "request.broken")
    assert line["error"] == "RuntimeError"
    assert line["place"].startswith("test_watching.py:")
    assert "quotes" not in world.log.getvalue()


def test_without_another_place_the_log_goes_where_errors_go(capsys: pytest.CaptureFixture[str]) -> None:
    Log(b"k" * 32).write("here")
    captured = capsys.readouterr()
    assert (captured.out, json.loads(captured.err)["event"]) == ("", "here")


def test_a_person_is_the_same_sixteen_digits_in_every_line() -> None:
    assert Log(b"k" * 32).hashed("ada") == "a8b373bd9a0f9800"


def test_an_error_that_was_never_raised_has_no_place() -> None:
    sink = io.StringIO()
    Log(b"k" * 32, sink).broken("strange", ValueError("text"), route="/x")
    line = json.loads(sink.getvalue())
    assert (line["event"], line["place"], line["error"], line["route"]) == ("strange", "", "ValueError", "/x")
    assert line["timestamp"].endswith("Z")


async def test_the_development_mailbox_prints_where_the_owner_looks(capsys: pytest.CaptureFixture[str]) -> None:
    mailbox = console_mailbox()
    await mailbox.send(MAILS[0])
    printed = capsys.readouterr().out
    assert f"--- mail to {EMAIL}: {MAILS[0].subject}\n{MAILS[0].text()}---\n" in printed


async def test_a_mailbox_keeps_200_mails_and_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    mailbox = Mailbox()
    for _ in range(201):
        await mailbox.send(MAILS[0])
    assert len(mailbox.mails) == 200
    assert capsys.readouterr().out == ""


class Line:
    """A transport that notes whether it was hung up."""

    def __init__(self, closing: bool) -> None:
        self.closing = closing
        self.aborted = 0

    def is_closing(self) -> bool:
        return self.closing

    def abort(self) -> None:
        self.aborted += 1


@pytest.mark.parametrize(("closing", "aborted"), [(False, 1), (True, 0)])
def test_a_caller_who_does_not_finish_is_hung_up_on_once(closing: bool, aborted: int) -> None:
    line = Line(closing)
    DeadlineProtocol._hang_up(cast(DeadlineProtocol, SimpleNamespace(transport=line)))
    assert line.aborted == aborted


async def test_the_deadline_runs_from_its_first_arming_and_can_be_called_off() -> None:
    hung_up: list[str] = []
    protocol = cast(Any, SimpleNamespace(
        deadline_s=0, _deadline=None, loop=asyncio.get_running_loop(), _hang_up=lambda: hung_up.append("now")
    ))
    DeadlineProtocol._arm(protocol)
    first = protocol._deadline
    DeadlineProtocol._arm(protocol)
    assert protocol._deadline is first
    DeadlineProtocol._disarm(protocol)
    assert protocol._deadline is None
    DeadlineProtocol._disarm(protocol)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert (first.cancelled(), hung_up) == (True, [])


def test_another_deadline_is_another_protocol() -> None:
    chosen = with_deadline(0.5)
    assert issubclass(chosen, DeadlineProtocol)
    assert (chosen.deadline_s, DeadlineProtocol.deadline_s) == (0.5, 10.0)


async def test_a_renewal_and_a_logout_are_told_without_names(world: World) -> None:
    device = await world.signed_in(EMAIL)
    account = world.service.log.hashed(world.keys.secrets.account(EMAIL))
    ip = world.service.log.hashed("127.0.0.1")
    assert (await device.renew()).response.headers["content-type"] == "application/cw-hpke"
    assert (await device.renew("ab" * 48)).code == "token.invalid"
    assert (await device.leave()).response.headers["content-type"] == "application/cw-hpke"
    for event, whose in (("refresh.ok", account), ("refresh.ended", ""), ("logout.ok", account)):
        (line,) = lines(world, event)
        assert (line["account"], line["ip"], line["origin"]) == (whose, ip, device.origin)
    text = world.service.metrics.text().decode()
    for outcome in ("ok", "ended"):
        assert f'auth_refreshes_total{{outcome="{outcome}"}} 1.0' in text


async def test_a_code_is_told_without_names(world: World) -> None:
    device = await world.device()
    await device.ask(EMAIL)
    await device.enter(EMAIL, "00000000")
    await device.enter(EMAIL, await world.code())
    account = world.service.log.hashed(world.keys.secrets.account(EMAIL))
    (issued,) = lines(world, "code.issued")
    assert (issued["account"], issued["origin"], issued["sent"]) == (account, device.origin, True)
    for event, failures in (("code.wrong", 1), ("code.ok", 0)):
        (line,) = lines(world, event)
        assert (line["account"], line["origin"], line["failures"]) == (account, device.origin, failures)
        assert line["ip"] == world.service.log.hashed("127.0.0.1")


async def test_a_mail_is_told_by_kind_and_outcome(world: World) -> None:
    await world.signed_in(EMAIL)
    (line,) = lines(world, "mail.sent")
    assert (line["kind"], line["tries"], line["reason"]) == ("code", 1, "")
