"""A service that stops lets its members go one after another."""

from __future__ import annotations

import asyncio
import random
from typing import Any
from unittest.mock import Mock

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from signaling import serve
from signaling.limits import Limits
from signaling.serve import server_options
from signaling.settings import Settings
from signaling.sockets import FirmSocketProtocol
from tests.signaling.world import World, until
from widget.wire.socket import Signal

RESTARTS = 1012
NEVER_S = 3600.0


async def test_who_has_not_been_sent_away_yet_still_talks(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter((0.0, NEVER_S, NEVER_S))
    spans: list[tuple[float, float]] = []

    def uniform(low: float, high: float) -> float:
        spans.append((low, high))
        return next(moments)

    monkeypatch.setattr(FirmSocketProtocol, "drain_s", 20.0)
    monkeypatch.setattr(random, "uniform", uniform)
    ada, ben, cleo = (world.member(name) for name in ("Ada", "Ben", "Cleo"))
    room = await ada.make()
    lines = [await ada.join(room), await ben.join(room), await cleo.join(room)]
    stopping = asyncio.create_task(world.servers[0].stop())
    await until(lambda: [line.socket.close_code for line in lines].count(RESTARTS) == 1)
    assert spans == [(0, 20.0)] * 3
    one, other = [line for line in lines if line.socket.close_code is None]
    one.signal(other.sid)
    said = await other.read()
    while not isinstance(said, Signal):
        said = await other.read()
    assert said == Signal(one.sid, "offer", "sdp")
    for line in (one, other):
        await line.cut()
    await stopping


@pytest.mark.parametrize("gone", [True, False])
def test_who_is_gone_by_then_is_not_closed_again(gone: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[object] = []
    monkeypatch.setattr(WebSocketsSansIOProtocol, "shutdown", lambda self: closed.append(self))
    protocol = FirmSocketProtocol.__new__(FirmSocketProtocol)
    protocol.disconnected = gone
    protocol.loop = Mock(call_later=lambda _after_s, call: call())
    protocol.shutdown()
    assert closed == ([] if gone else [protocol])


def test_the_server_waits_longer_than_the_last_one_is_told() -> None:
    limits = Limits(drain_s=7)
    assert server_options(Settings(limits=limits))["timeout_graceful_shutdown"] > limits.drain_s


@pytest.mark.parametrize(("development", "drain_s"), [("0", 3), ("1", 0)])
def test_a_worker_spreads_over_what_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, development: str, drain_s: float
) -> None:
    monkeypatch.setattr(FirmSocketProtocol, "drain_s", 9.0)
    monkeypatch.setenv("SIGNALING_DRAIN_S", "3")
    monkeypatch.setenv("CHAT_DEVELOPMENT", development)
    made: list[Any] = []
    for name in ("open_store", "published_keys", "create_app"):
        monkeypatch.setattr(serve, name, lambda *given, **named: made.append(given))
    serve.app_from_environment()
    assert FirmSocketProtocol.drain_s == drain_s
