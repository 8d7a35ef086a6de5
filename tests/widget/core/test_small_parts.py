"""The small parts of the core, each by itself."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from tests.fakes.clock import HandClock
from widget.core.config import ChatConfig, check_complete, open_doors, service_url
from widget.core.events import Events
from widget.core.state import State
from widget.core.times import iso_time
from widget.emotes.parse import parse_emotes
from widget.errors import ConfigError
from widget.model import ChatMessage, ChatState, EmoteData
from widget.native.crypto import NativeDigest
from widget.transport.addresses import host_of, socket_url
from widget.transport.bucket import Bucket
from widget.transport.relay import Relay
from widget.transport.waiting import Backoff, Lane
from widget.wire.relayed import read_relay

A, B = "aa" * 16, "bb" * 16


def test_a_time_that_nobody_can_show_becomes_the_last_one() -> None:
    clock = HandClock()
    assert iso_time(clock, 951_782_400_000) == "2000-02-29T00:00:00.000Z"
    assert iso_time(clock, 2**53 - 1) == "9999-12-31T23:59:59.999Z"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://signal.test", "signal.test"),
        ("https://signal.test:8443/chat", "signal.test:8443"),
        ("https://signal.test:443", "signal.test"),
        ("http://localhost:80/x", "localhost"),
        ("http://localhost:8082", "localhost:8082"),
        ("http://[::1]:8082/signal", "[::1]:8082"),
    ],
)
def test_the_host_is_what_the_host_header_says(url: str, host: str) -> None:
    assert host_of(url) == host


def test_the_socket_is_beside_the_rest() -> None:
    assert socket_url("https://signal.test/a") == "wss://signal.test/a/ws"
    assert socket_url("http://localhost:8082") == "ws://localhost:8082/ws"


GOOD = ChatConfig("https://auth.test", "https://signal.test", "cwk1.x")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"auth_api_url": ""}, "config.missing"),
        ({"signaling_url": ""}, "config.missing"),
        ({"otp_encryption_key": ""}, "config.missing"),
        ({"relay": "Always"}, "config.relay"),
        ({"doors": ["phone"]}, "config.doors"),
        ({"doors": ["mail", "site"]}, "config.doors"),
        ({"doors": [""]}, "config.doors"),
    ],
)
def test_a_configuration_that_cannot_work_is_refused(change: dict[str, Any], code: str) -> None:
    check_complete(GOOD)
    with pytest.raises(ConfigError) as raised:
        check_complete(replace(GOOD, **change))
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("given", "site", "guests", "doors"),
    [
        ([], False, False, ["mail"]),
        ([], False, True, ["mail", "guest"]),
        ([], True, False, ["site"]),
        ([], True, True, ["site", "guest"]),
        (["guest", "mail"], False, True, ["guest", "mail"]),
        (["mail", "site"], True, True, ["mail", "site", "guest"]),
        (["guest"], False, False, ["guest"]),
    ],
)
def test_the_preferred_door_is_the_first(given: list[str], site: bool, guests: bool, doors: list[str]) -> None:
    async def token() -> str:
        return ""

    config = replace(GOOD, doors=given, guests=guests, token_provider=token if site else None)
    check_complete(config)
    assert open_doors(config) == doors


@pytest.mark.parametrize("url", ["http://auth.test", "ws://auth.test", "auth.test", "http://localhost.test"])
def test_only_https_or_this_machine_is_a_service(url: str) -> None:
    assert service_url("authApiUrl", "https://auth.test/") == "https://auth.test"
    assert service_url("authApiUrl", "http://localhost:8000/auth/") == "http://localhost:8000/auth"
    with pytest.raises(ConfigError) as raised:
        service_url("authApiUrl", url)
    assert raised.value.code == "config.url"


async def test_a_bucket_holds_its_burst_and_fills_again() -> None:
    clock = HandClock()
    bucket = Bucket(clock, 3, 100)

    def took(count: int) -> bool:
        if not bucket.has():
            return False
        bucket.take(count)
        return True

    assert [took(1) for _ in range(4)] == [True, True, True, False]
    await clock.advance(99)
    assert not took(1)
    await clock.advance(1)
    assert took(5)
    await clock.advance(499)
    assert not took(1)
    await clock.advance(1)
    assert took(1)
    await clock.advance(100_000)
    assert [took(1) for _ in range(4)] == [True, True, True, False]


async def test_relayed_packets_keep_below_the_services_rate() -> None:
    clock = HandClock()
    sent: list[tuple[int, str]] = []
    pace = Relay(clock, lambda packet: sent.append((clock.now_ms(), read_relay(packet)[0])))
    for _ in range(100):
        pace.send(A, bytes(200))
    pace.send(B, b"not behind the others")
    assert [sid for _, sid in sent].count(B) == 1
    await clock.advance(20_000)
    moments = [at_ms for at_ms, sid in sent if sid == A]
    assert len(moments) == 100
    for index, at_ms in enumerate(moments):
        assert index + 1 <= 40 + 10 * (at_ms - moments[0]) / 1000


async def test_large_packets_keep_below_the_services_bytes() -> None:
    clock = HandClock()
    sent: list[tuple[int, int]] = []
    pace = Relay(clock, lambda packet: sent.append((clock.now_ms(), len(packet))))
    for number in range(60):
        pace.send(f"{number % 15:032x}", bytes(16_000))
    await clock.advance(60_000)
    assert len(sent) == 60
    total = 0
    for at_ms, length in sent:
        total += length
        assert total <= 256 * 1024 + 64 * 1024 * (at_ms - sent[0][0]) / 1000


def test_pauses_grow_with_full_jitter_and_start_anew() -> None:
    backoff = Backoff(NativeDigest())
    rounds: list[list[int]] = []
    for _ in range(40):
        rounds.append([backoff.next_ms() for _ in range(12)])
        backoff.reset()
    for index, ceiling_ms in enumerate([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]):
        column = [found[index] for found in rounds]
        assert max(column) <= ceiling_ms
        assert len(set(column)) > 20
        assert max(column) > ceiling_ms * 0.7


async def test_a_lane_keeps_order_survives_errors_and_has_an_end() -> None:
    clock = HandClock()
    done: list[str] = []
    errors: list[Exception] = []
    lane = Lane(clock, 3, errors.append)

    async def work(name: str, ms: int) -> None:
        await clock.sleep(ms)
        done.append(name)
        if name == "b":
            raise ValueError(name)

    taken = [lane.add(partial(work, name, 50)) for name in ("a", "b", "c", "d")]
    assert taken == [True, True, True, False]
    await clock.advance(500)
    assert done == ["a", "b", "c"]
    assert [str(error) for error in errors] == ["b"]


def _emote(name: str, emote_id: str) -> EmoteData:
    return EmoteData(emote_id, name, f"https://cdn.7tv.app/emote/{emote_id}/2x.webp", False, 32, 32, "7tv")


def test_emote_names_become_ids_once_and_in_order() -> None:
    emotes = [_emote("Clap", "01AAA"), _emote("peepo", "01BBB")]
    found = parse_emotes("peepo  Clap :peepo: clap Clap!", emotes)
    assert found.parsed == ":peepo:  :Clap: :peepo: clap Clap!"
    assert found.emote_ids == ["01BBB", "01AAA"]
    assert parse_emotes("", emotes).emote_ids == []


async def test_every_state_is_a_new_value() -> None:
    clock = HandClock()
    state = State(clock, Events(clock))
    seen: list[ChatState] = []
    state.subscribe(seen.append)
    message = ChatMessage("m1", "r", "s", "Ann", "t", "hi", True, delivery="sending", mine=True)
    state.show([message])
    state.show([replace(message, delivery="sent")])
    assert [[found.delivery for found in told.messages] for told in seen] == [["sending"], ["sent"]]
    assert seen[0].messages is not seen[1].messages
