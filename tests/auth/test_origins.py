"""Who may embed the chat: what counts on the list, how a change of it is heard, and what is done while it is away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from auth.origins import (
    KEY,
    KNOWN_S,
    SHOWN_CHARS,
    Origins,
    advice_for,
    allow,
    allowed,
    is_origin,
    refusal,
    remove,
    site_list,
)
from auth.problems import ORIGIN_REFUSED
from auth.store.opening import open_store
from auth.store.shared import Store, StoreDown
from tests.fakes.moment import Moment
from tests.fakes.redis_server import RedisServer

NO_SITES = ["http://plain.test", "https://a.test/", "https://A.test", "https://", "null", "*", "https://*.a.test", ""]
NO_SITES += ["https://localhost", "https://a.localhost", "https://93.184.216.34", "https://[::1]", "https://a..b"]


@pytest.fixture
async def store(redis_server: RedisServer) -> AsyncIterator[Store]:
    opened = open_store(redis_server.url)
    yield opened
    await opened.close()


@pytest.mark.parametrize("text", ["https://", "https://:5", "http:///"])
def test_without_a_host_it_is_no_origin(text: str) -> None:
    assert not is_origin(text)


@pytest.mark.parametrize("text", NO_SITES)
async def test_what_is_no_https_origin_counts_on_no_list(text: str, store: Store) -> None:
    await store.command("SADD", KEY, text, "https://a.test")
    for origins in (Origins(store, False), Origins(store, False, [text, "https://a.test"])):
        assert await origins.permits("https://a.test")
        assert not await origins.permits(text)


@pytest.mark.parametrize("origin", ["http://localhost:8000/", "http://u@localhost", "http://LOCALHOST", "ws://localhost"])
async def test_in_development_too_an_origin_is_written_as_browsers_write_it(origin: str, store: Store) -> None:
    origins = Origins(store, True)
    for good in ("http://localhost:8000", "http://localhost", "https://localhost:1", "http://[::1]:65535"):
        assert await origins.permits(good)
        assert not await Origins(store, False).permits(good)
    assert not await origins.permits(origin)


async def test_a_change_is_heard_within_a_second_without_a_restart(store: Store) -> None:
    moment = Moment()
    origins = Origins(store, False, (), moment.now_s)
    assert not await origins.permits("https://a.test")
    await allow(store, "https://a.test")
    moment.go(0.9)
    assert not await origins.permits("https://a.test")
    moment.go(0.1)
    assert await origins.permits("https://a.test")
    await remove(store, "https://a.test")
    moment.go(0.9)
    assert await origins.permits("https://a.test")
    moment.go(0.1)
    assert not await origins.permits("https://a.test")
    await allow(store, "https://a.test")
    moment.go(-3600)
    assert await origins.permits("https://a.test")


async def test_a_list_that_was_emptied_stays_empty_and_one_that_was_lost_comes_back(store: Store) -> None:
    moment = Moment()
    origins = Origins(store, False, (), moment.now_s)
    await allow(store, "https://a.test", "https://b.test")
    await remove(store, "https://b.test")
    assert await origins.permits("https://a.test")
    await store.command("FLUSHALL")
    moment.go(1)
    assert await origins.permits("https://a.test")
    assert await allowed(store) == frozenset({"https://a.test"})
    await remove(store, "https://a.test")
    moment.go(1)
    assert not await origins.permits("https://a.test")
    assert await allowed(store) == frozenset()


@pytest.mark.parametrize(("idle_s", "is_back"), [(KNOWN_S - 1, True), (KNOWN_S, False), (KNOWN_S + 1, False)])
async def test_who_has_not_looked_for_long_puts_nothing_back(store: Store, idle_s: float, is_back: bool) -> None:
    """Meanwhile a site may have been removed."""
    moment = Moment()
    origins = Origins(store, False, (), moment.now_s)
    await allow(store, "https://a.test")
    assert await origins.permits("https://a.test")
    await store.command("FLUSHALL")
    moment.go(idle_s)
    assert await origins.permits("https://a.test") == is_back
    assert await allowed(store) == (frozenset({"https://a.test"}) if is_back else None)


async def test_nobody_makes_a_list_where_there_has_never_been_one(store: Store) -> None:
    assert not await Origins(store, False).permits("https://a.test")
    assert await allowed(store) is None


class Away:
    """A store that has gone, and counts who asks it."""

    def __init__(self) -> None:
        self.asked = 0

    async def command(self, *_parts: Any) -> Any:
        self.asked += 1
        raise StoreDown


async def test_while_redis_is_away_the_list_counts_as_it_was(store: Store) -> None:
    moment, away = Moment(), Away()
    origins = Origins(store, False, (), moment.now_s)
    await allow(store, "https://a.test")
    assert await origins.permits("https://a.test")
    origins._store = away  # type: ignore[assignment]
    moment.go(1)
    assert await origins.permits("https://a.test")
    assert not await origins.permits("https://b.test")
    assert away.asked == 1


async def test_who_has_never_read_the_list_lets_nobody_in_and_says_that_it_cannot() -> None:
    origins = Origins(Away(), True, ["https://given.test"])  # type: ignore[arg-type]
    for _ in range(2):
        with pytest.raises(StoreDown):
            await origins.permits("https://a.test")
    assert await origins.permits("https://given.test")
    assert await origins.permits("http://localhost:1")
    assert not await origins.permits("null")


def test_a_list_leaves_out_what_is_empty() -> None:
    assert site_list(" https://a.test,, https://b.test ,") == ("https://a.test", "https://b.test")
    assert site_list(()) == ()


@pytest.mark.parametrize("text", [text for text in NO_SITES if text != ""])
def test_what_cannot_be_on_the_list_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="no site that can be allowed; "):
        site_list(f"https://a.test,{text}")


def test_a_password_that_got_into_a_list_is_not_shown() -> None:
    with pytest.raises(ValueError, match=r"'https://a\.test' is no site that can be allowed; write https://a\.test"):
        site_list("https://user:secret@a.test")


@pytest.mark.parametrize(("text", "advice"), [
    ("https://Example.org/chat?x", "write https://example.org"),
    ("http://example.org", "write https://example.org"),
    ("example.org:8443", "write https://example.org:8443"),
    ("https://example.org:443", "write https://example.org"),
    ("https://bücher.example", "write https://xn--bcher-kva.example"),
    ("http://localhost:3000/", "CHAT_DEVELOPMENT=1"),
    ("http://127.0.0.1:3000", "CHAT_DEVELOPMENT=1"),
    ("https://localhost", "CHAT_DEVELOPMENT=1"),
    ("https://93.184.216.34", "write the site's name"),
    ("https://[2001:db8::1]:5", "write the site's name"),
    ("https://a.localhost", "write it like https://example.org"),
    ("null", "allow-same-origin"),
    ("*", "write it like https://example.org"),
    ("https://*.example.org", "write it like https://example.org"),
    ("https://[", "write it like https://example.org"),
    ("https://a.test https://b.test", "with commas between them"),
    ("https://a.test;https://b.test", "with commas between them"),
    ("https://a.test,https://b.test", "by a command with spaces"),
    ("https://example.org:port", "write it like https://example.org"),
])  # fmt: skip
def test_the_commonest_mistakes_have_an_advice_of_their_own(text: str, advice: str) -> None:
    assert advice in advice_for(text)


HERE = ["https://127.0.0.1", "http://localhost:3000", "localhost:3000", "http://LOCALHOST:3000/app?x", "http://[::1]:80"]


@pytest.mark.parametrize("text", HERE)
def test_a_page_of_this_machine_needs_no_place_on_the_list(text: str) -> None:
    told = advice_for(text)
    assert told.startswith("leave it out: ")
    assert told.endswith("while CHAT_DEVELOPMENT=1 is set for both services")
    done = advice_for(text, development=True)
    assert done.startswith("leave it out: pages of this machine are let in already")
    assert "while CHAT_DEVELOPMENT" not in done


@pytest.mark.parametrize("development", [True, False])
@pytest.mark.parametrize("text", ["https://127.0.0.2", "http://127.1.1.1:3000", "https://0.0.0.0"])
def test_this_machine_by_another_address_is_told_which_ones_are_let_in(text: str, development: bool) -> None:
    assert "open it at localhost, 127.0.0.1 or [::1]" in advice_for(text, development)


LONG = "https://" + "a" * 50 + "." + "a" * (SHOWN_CHARS - 59)


@pytest.mark.parametrize(("origin", "says"), [
    ("https://example.org:8443", "`python -m auth origins allow https://example.org:8443`."),
    (LONG, LONG),
    (LONG + "a", ORIGIN_REFUSED.detail),
    ("http://example.org", "sites with https alone"),
    ("http://localhost:3000", "CHAT_DEVELOPMENT=1 is set for both services."),
    ("https://127.0.0.1", "CHAT_DEVELOPMENT=1 is set for both services."),
    ("null", "give the frame `allow-same-origin`"),
    (None, ORIGIN_REFUSED.detail),
    ("https://a.test/<b>", ORIGIN_REFUSED.detail),
    ("", ORIGIN_REFUSED.detail),
])  # fmt: skip
def test_a_refusal_says_in_the_page_what_is_to_be_done(origin: str | None, says: str) -> None:
    kind = refusal(origin).kind
    assert (kind.code, kind.status) == ("origin.refused", 403)
    assert says in kind.detail
    assert kind.detail.endswith(".")
    assert len(kind.detail) <= 300  # what the socket's messages hold
