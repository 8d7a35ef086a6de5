"""The machine: files and clocks."""

from __future__ import annotations

import resource
from collections.abc import Callable

import pytest

from auth.checks import machine
from auth.store.shared import Store
from tests.fakes.redis_server import RedisServer


@pytest.mark.parametrize(("off_s", "mark"), [
    (0, "ok"), (2, "ok"), (-2.1, "WARN"), (30, "WARN"), (30.1, "FAIL"), (-31, "FAIL")
])
def test_a_clock_that_is_off_is_told(off_s: float, mark: str) -> None:
    found = machine._against_redis(off_s)
    assert (found.mark, "timesyncd" in found.sentence) == (mark, mark != "ok")


@pytest.mark.parametrize(("state", "mark"), [(None, "WARN"), (5, "WARN"), (0, "ok")])
def test_a_clock_that_nothing_keeps_right_is_told(
    monkeypatch: pytest.MonkeyPatch, state: int | None, mark: str
) -> None:
    monkeypatch.setattr(machine, "_kernel_state", lambda: state)
    assert machine._kept_right().mark == mark


def test_the_kernel_is_asked() -> None:
    assert machine._kernel_state() in (None, 0, 1, 2, 3, 4, 5)


async def test_the_clock_of_redis_is_asked(redis_server: RedisServer, opened: Callable[[str | None], Store]) -> None:
    found = await machine.clock(opened(redis_server.url))
    assert found[0].sentence.startswith("that of Redis differs from ours by 0.")
    assert len(await machine.clock(opened(None))) == 1


@pytest.mark.parametrize(("less", "mark"), [(1, "ok"), (0, "ok"), (-1, "FAIL")])
def test_too_few_files_are_told(monkeypatch: pytest.MonkeyPatch, less: int, mark: str) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (1000 + less, 10_000))
    assert machine.files(1000).mark == mark
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert machine.files(1000).mark == "ok"
