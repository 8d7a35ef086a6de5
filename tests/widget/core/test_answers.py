"""What the core makes of the services' answers: rooms, refusals."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.fakes.clock import HandClock
from widget.core.api import Api, refusal
from widget.errors import ChatError, RefusedError, UnreachableError
from widget.ports import HttpResponse, Platform
from widget.room.rooms_api import MAX_ROOMS, RoomsApi
from widget.transport.refusals import OUT_OF_ORDER, REFUSED


class Answers:
    """An Http that gives one answer and notes what was asked."""

    def __init__(self, answer: HttpResponse) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []

    async def request(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        body: bytes,
        limit_ms: int = 15000,
        is_cached: bool = False,
    ) -> HttpResponse:
        self.asked.append((method, url, headers, body))
        return self.answer


def api(answer: HttpResponse) -> tuple[RoomsApi, Answers]:
    clock, http = HandClock(), Answers(answer)
    platform = cast(Platform, SimpleNamespace(clock=clock, http=http))
    return RoomsApi(clock, Api(platform, "https://signal.test", {"x-page": "1"})), http


def ok(fields: dict[str, Any]) -> HttpResponse:
    return HttpResponse(200, json.dumps(fields).encode())


def problem(status: int, **fields: Any) -> HttpResponse:
    return HttpResponse(status, json.dumps(fields).encode())


@pytest.mark.parametrize("answer", [
    {},
    {"rooms": [], "next": ""},
    {"rooms": [{}], "tag": "1"},
    {"rooms": [{}] * (MAX_ROOMS + 1), "tag": "1"},
])
async def test_a_strange_list_of_rooms_is_no_list(answer: dict[str, Any]) -> None:
    rooms, _ = api(ok(answer))
    with pytest.raises(UnreachableError, match="strange") as caught:
        await rooms.listed("")
    assert caught.value.code == "unreachable"


async def test_a_room_is_made_with_token_and_proof() -> None:
    rooms, http = api(HttpResponse(201, b""))
    await rooms.post("", b"room", "token", "proof")
    headers = {"x-page": "1", "content-type": "application/json", "authorization": "DPoP token", "dpop": "proof"}
    assert http.asked == [("POST", "https://signal.test/rooms", headers, b"room")]


@pytest.mark.parametrize(("status", "good"), [(199, False), (200, True), (299, True), (300, False)])
async def test_only_2xx_is_a_success(status: int, good: bool) -> None:
    rooms, _ = api(HttpResponse(status, b""))
    if good:
        assert await rooms.post("", b"", "", "") == b""
        return
    with pytest.raises(ChatError):
        await rooms.post("", b"", "", "")


def test_a_problem_is_told_by_its_code_and_when_to_come_again() -> None:
    told = refusal(problem(429, code="rate.limited", retryAfter=7))
    assert isinstance(told, RefusedError)
    assert (told.code, told.retry_after_s) == ("rate.limited", 7)
    assert str(told) == "Too many attempts. Wait a moment and try again. (Possible again in 7 s.)"


def test_without_a_time_to_come_again_none_is_told() -> None:
    told = refusal(problem(410, code="code.used"))
    assert isinstance(told, RefusedError)
    assert (told.code, told.retry_after_s) == ("code.used", 0)
    assert "again in" not in str(told)


@pytest.mark.parametrize(("status", "code", "words"), [
    (499, "refused", REFUSED),
    (500, "unreachable", OUT_OF_ORDER),
    (503, "unreachable", OUT_OF_ORDER),
])
def test_what_is_no_problem_is_told_by_its_status(status: int, code: str, words: str) -> None:
    told = refusal(HttpResponse(status, b"<html>"))
    assert (told.code, str(told)) == (code, words)
    assert isinstance(told, UnreachableError if status >= 500 else RefusedError)


@pytest.mark.parametrize("fields", [{"code": "c" * 65}, {"code": "x", "retryAfter": 31_536_001}])
def test_a_problem_outside_its_bounds_is_none(fields: dict[str, Any]) -> None:
    assert refusal(problem(400, **fields)).code == "refused"
    assert refusal(problem(400, code="c" * 64, retryAfter=31_536_000)).code == "c" * 64


def test_of_a_site_that_is_refused_the_service_says_what_is_to_be_done() -> None:
    told = refusal(problem(403, code="origin.refused", detail="Do this."))
    assert (told.code, told.message) == ("origin.refused", "Do this.")
    assert refusal(problem(403, code="origin.refused")).message == REFUSED
    assert refusal(problem(403, code="origin.refused", detail="x" * 300)).message == "x" * 300
    assert refusal(problem(403, code="origin.refused", detail="x" * 301)).code == "refused"
    assert refusal(problem(403, code="room.full", detail="Do this.")).message != "Do this."
