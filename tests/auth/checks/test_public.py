"""The public address, as it looks from outside."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from auth.checks import public
from auth.store.shared import Store
from tests.auth.checks.findings import only
from tests.fakes.redis_server import RedisServer
from tests.fakes.serving import free_port

URL = "https://auth.example.org"


async def test_without_redis_the_public_address_is_not_tried(opened: Callable[[str], Store]) -> None:
    away = opened(f"redis://127.0.0.1:{free_port()}")
    assert "not tried" in only(await public.findings(away, "public address", URL, ("none",), "auth"), "FAIL")


@pytest.mark.parametrize(("arrived", "trusted", "told"), [
    ({}, ("10.0.0.7",), ""),
    ({"address": "10.0.0.7"}, ("127.0.0.1",), "not in TRUSTED_PROXIES"),
    ({"address": "10.0.0.7"}, ("none",), "TRUSTED_PROXIES says none"),
    ({"forwarded": [], "address": "10.0.0.7"}, ("10.0.0.7",), "takes X-Forwarded-For out"),
    ({"forwarded": [public.MADE_UP], "address": public.MADE_UP}, ("10.0.0.7",), "passes on what visitors write"),
    ({"forwarded": [public.MADE_UP], "address": "198.51.100.4", "peer": "198.51.100.4"}, ("none",), ""),
])
def test_what_proxies_do_to_the_address_is_told(arrived: dict[str, Any], trusted: tuple[str, ...], told: str) -> None:
    seen = {
        "address": "198.51.100.4", "peer": "10.0.0.7", "forwarded": [public.MADE_UP, "198.51.100.4"],
        "host": "auth.example.org", "scheme": "https", **arrived,
    }  # fmt: skip
    found = public._judged("public address", URL, seen, trusted)
    faults = [finding.sentence for finding in found if finding.mark == "FAIL"]
    assert len(faults) == (told != "")
    assert all(told in sentence for sentence in faults)


@pytest.mark.parametrize("url", ["https://10.0.0.5", "https://auth.test", "https://auth"])
def test_an_address_of_a_network_of_ones_own_is_a_doubt(url: str) -> None:
    assert url in only(public.reach("public address", url, own_network=True), "WARN")
    assert public.reach("public address", url, own_network=False) == []  # a fault of the settings


@pytest.mark.parametrize("url", [URL, "https://localhost:8081", "http://127.0.0.1:8081"])
def test_of_any_other_address_it_says_nothing(url: str) -> None:
    assert public.reach("public address", url, own_network=True) == []


def test_a_host_that_a_proxy_changes_and_an_address_without_tls_are_told() -> None:
    seen = {"address": "1.1.1.1", "peer": "10.0.0.7", "forwarded": ["1.1.1.1"], "host": "localhost:8081", "scheme": ""}
    found = public._judged("public address", "http://auth.example.org", seen, ("10.0.0.7",))
    assert "proxy_set_header Host" in only(found, "WARN")
    assert "is not https" in only(found, "FAIL")


async def test_an_address_where_nothing_answers_is_told(
    redis_server: RedisServer, opened: Callable[[str], Store]
) -> None:
    store = opened(redis_server.url)
    found = await public.findings(store, "public address", f"http://127.0.0.1:{free_port()}", (), "auth")
    assert "(nothing listens there): look whether the proxy runs" in only(found, "FAIL")


async def test_an_address_where_something_else_answers_is_told(
    redis_server: RedisServer, opened: Callable[[str], Store]
) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n[]")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", port := free_port())
    found = await public.findings(opened(redis_server.url), "public address", f"http://127.0.0.1:{port}", (), "auth")
    server.close()
    assert "look at where the proxy leads" in only(found, "FAIL")


@pytest.mark.parametrize(("changes", "ours", "told"), [
    ({}, "198.51.100.4", ""), ({}, "", ""),
    ({}, "127.0.0.1", "a proxy or CDN stands before yours"),
    ({"scheme": "http"}, "198.51.100.4", "X-Forwarded-Proto"),
])
def test_what_a_proxy_before_the_proxy_does_is_told(changes: dict[str, Any], ours: str, told: str) -> None:
    seen = {
        "address": "198.51.100.4", "peer": "10.0.0.7", "forwarded": ["198.51.100.4"], "host": "auth.example.org",
        "scheme": "https", **changes,
    }  # fmt: skip
    doubts = [found.sentence for found in public._judged("public address", URL, seen, ("10.0.0.7",), ours)[1:]]
    assert len(doubts) == (told != "")
    assert all(told in sentence for sentence in doubts)
