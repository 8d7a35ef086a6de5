"""Who may read /metrics: who has the token; without one, programs of this machine and nobody through a proxy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, Counter
from pydantic import ValidationError
from starlette.requests import Request

from auth.exposition import exposed
from auth.metrics_folder import SHARED
from auth.problems import Problem
from auth.settings import Settings, settings_from

TOKEN = "t" * 32
NO_PROCESS = 2**22 + 1  # proc(5): more than the highest number that a process may have


def status(token: str, peer: str | None, **headers: str) -> int:
    registry = CollectorRegistry()
    Counter("seen", "Something", registry=registry).inc()
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    client = None if peer is None else (peer, 1)
    try:
        answer = exposed(Request({"type": "http", "headers": given, "client": client}), token, registry)
    except Problem as problem:
        return problem.kind.status
    assert b"seen_total 1.0" in bytes(answer.body)
    return answer.status_code


@pytest.mark.parametrize(("headers", "expected"), [
    ({"authorization": f"Bearer {TOKEN}"}, 200), ({"authorization": f"Bearer {TOKEN}x"}, 404),
    ({"authorization": TOKEN}, 404), ({"authorization": "Bearer "}, 404), ({"authorization": "Bearer \u00e9"}, 404),
    ({}, 404),
])
@pytest.mark.parametrize("peer", ["127.0.0.1", "198.51.100.4"])
def test_with_a_token_it_is_for_who_has_it(peer: str, headers: dict[str, str], expected: int) -> None:
    assert status(TOKEN, peer, **headers) == expected


@pytest.mark.parametrize(("peer", "headers", "expected"), [
    ("127.0.0.1", {}, 200), ("::1", {}, 200), ("127.8.8.8", {}, 200),
    ("127.0.0.1", {"x_forwarded_for": "127.0.0.1"}, 404), ("127.0.0.1", {"forwarded": "for=127.0.0.1"}, 404),
    ("198.51.100.4", {}, 404), ("10.0.0.1", {}, 404), ("nonsense", {}, 404), (None, {}, 404),
])
def test_without_a_token_it_is_for_this_machine(peer: str | None, headers: dict[str, str], expected: int) -> None:
    assert status("", peer, **headers) == expected


def test_what_workers_hold_is_no_longer_counted_once_they_have_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = 'from prometheus_client import Gauge; Gauge("sockets", "Open", multiprocess_mode="livesum").set(3)'
    subprocess.run([sys.executable, "-c", hold], env={**os.environ, SHARED: str(tmp_path)}, check=True)
    (held,) = tmp_path.glob("gauge_livesum_*.db")
    shutil.copy(held, tmp_path / f"gauge_livesum_{os.getpid()}.db")
    held.rename(tmp_path / f"gauge_livesum_{NO_PROCESS}.db")
    monkeypatch.setenv(SHARED, str(tmp_path))
    answer = exposed(Request({"type": "http", "headers": [], "client": ("127.0.0.1", 1)}), "", CollectorRegistry())
    assert b"\nsockets 3.0\n" in bytes(answer.body)


@pytest.mark.parametrize(("length", "good"), [(0, True), (31, False), (32, True), (33, True)])
def test_a_token_is_not_short(length: int, good: bool) -> None:
    if good:
        assert Settings(metrics_token="x" * length).metrics_token == "x" * length
    else:
        with pytest.raises(ValidationError, match="openssl rand"):
            Settings(metrics_token="x" * length)


def test_a_token_is_never_shown(tmp_path: Path) -> None:
    settings = settings_from({"AUTH_KEY_FOLDER": str(tmp_path), "AUTH_METRICS_TOKEN": TOKEN})
    assert TOKEN not in repr(settings)
