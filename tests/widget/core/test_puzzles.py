"""Working for a code: solved in slices, again when it was not enough, and stopped when nobody waits any more."""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Callable

import pytest

from tests.fakes.auth_service import CODE
from tests.fakes.world import World
from widget.account.solving import SLICE_MS, TRIES, solve
from widget.account.working import PUZZLES
from widget.core.api import MAX_PUZZLE_BITS, refusal
from widget.errors import OrderError, RefusedError
from widget.ports import HttpResponse
from widget.wire.sign_in import ANSWER_BITS, ANSWERS


async def test_a_device_works_for_its_code_where_the_service_wants_it(world: World) -> None:
    world.auth.puzzles = [9]
    ann = await world.person("Ann")
    assert ann.chat.is_authenticated()
    assert world.auth.calls.count("/otp/request") == 2
    assert ann.errors == []


async def test_each_request_is_signed_by_the_device(world: World) -> None:
    world.auth.puzzles = [5]
    ann = await world.person("Ann")
    device = await ann.chat._auth.device_key()
    first, second = world.auth.requests
    assert first["jkt"] == second["jkt"] == device.jkt.hex()
    assert first["dk"] == second["dk"] == device.public.hex()
    assert (first["sig"] != second["sig"], first["rid"] != second["rid"]) == (True, True)
    assert "puzzle" not in first


@pytest.mark.parametrize(("count", "code"), [(PUZZLES - 1, ""), (PUZZLES, ""), (PUZZLES + 1, "puzzle.needed")])
async def test_who_gets_one_puzzle_after_the_other_gives_up(world: World, count: int, code: str) -> None:
    world.auth.puzzles = [4] * count
    ann = world.chat("Ann")
    if code == "":
        await ann.chat.request_code("ann@people.test", "Ann")
        await ann.chat.verify_code(CODE)
    else:
        assert (await world.failing(ann.chat.request_code("ann@people.test", "Ann"))).code == code


async def test_who_stops_asks_no_more(world: World) -> None:
    world.auth.puzzles = [MAX_PUZZLE_BITS]
    ann = world.chat("Ann")
    error = await world.failing(ann.chat.request_code("ann@people.test", "Ann", lambda: False))
    assert isinstance(error, OrderError)
    assert error.code == "order.stopped"
    assert world.auth.calls.count("/otp/request") == 1


class Slow:
    """A search that takes a millisecond for every 64 numbers, by hand-moved time, and finds these `answers`."""

    def __init__(self, world: World, answers: list[int]) -> None:
        self.asked: list[tuple[int, int]] = []
        self.bits: set[int] = set()
        self._world = world
        self._answers = answers

    def search(self, puzzle: bytes, start: int, count: int, bits: int) -> int:
        self.asked.append((start, count))
        self._world.clock._now_ms += count // 64
        self.bits.add(bits)
        return next((answer for answer in self._answers if start <= answer < start + count), -1)


async def test_the_page_is_let_go_on_every_few_milliseconds(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [*range(ANSWERS - 1), 100 * TRIES]
    slow = Slow(world, answers)
    platform = dataclasses.replace(world.platform(), search=slow.search)
    moments: list[int] = []
    rests_ms: list[int] = []
    after = world.clock.after

    def noted(delay_ms: int, action: Callable[[], None]) -> Callable[[], None]:
        rests_ms.append(delay_ms)
        return after(delay_ms, action)

    monkeypatch.setattr(world.clock, "after", noted)

    def goes_on() -> bool:
        moments.append(world.clock.steady_ms())
        return True

    assert await world.run(solve(platform, bytes(32), 20, goes_on)) == answers
    begun = ANSWERS - 1
    assert [start for start, _ in slow.asked] == [*range(begun), *range(begun, 100 * TRIES + 1, TRIES)]
    assert slow.bits == {20 - ANSWER_BITS}
    assert len(moments) > 10
    assert rests_ms == [0] * (len(moments) - 1)
    assert max(later - sooner for sooner, later in itertools.pairwise(moments)) <= SLICE_MS + TRIES // 64


@pytest.mark.parametrize(("bits", "taken"), [(0, False), (1, True), (20, True), (21, False)])
def test_no_service_makes_a_device_work_for_long(bits: int, taken: bool) -> None:
    body = {"code": "puzzle.needed", "puzzle": "ab" * 32, "bits": bits}
    error = refusal(HttpResponse(429, json.dumps(body).encode()))
    assert isinstance(error, RefusedError)
    assert (error.code, error.bits) == (("puzzle.needed", bits) if taken else ("refused", 0))


@pytest.mark.parametrize("puzzle", ["ab" * 31, "ab" * 33, "AB" * 32, 5, None])
def test_a_malformed_puzzle_is_not_worked_on(puzzle: object) -> None:
    body = {"code": "puzzle.needed", "puzzle": puzzle, "bits": 4}
    error = refusal(HttpResponse(429, json.dumps(body).encode()))
    assert isinstance(error, RefusedError)
    assert (error.code, error.bits) == ("refused", 0)
