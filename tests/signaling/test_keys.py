"""Whose tokens signaling believes, and when it asks again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from annotated_types import Le

from auth.environment import Variables
from auth.key_folder import new_folder, revoke, rotate
from auth.keys import load_keys, service_key
from auth.settings import Settings
from auth.store.opening import open_store
from auth.store.shared import Store
from auth.tokens import Claims, TokenError, issue_access
from signaling.kept_keys import KEY, Kept, KeptInStore, Published
from signaling.keys import FRESH_S, FetchedKeys, KeysDown, root_pin
from signaling.limits import Limits
from tests.browser.waiting import eventually
from tests.fakes.redis_server import RedisServer

START_S = 1_800_000_000
DAY_S = 86_400


class Site:
    """A sign-in service's document, counted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        new_folder(folder, "https://auth.test", START_S)
        self.asked = 0
        self.up = True
        self.goes_on = asyncio.Event()
        self.goes_on.set()

    async def fetch(self) -> str:
        self.asked += 1
        await self.goes_on.wait()
        if not self.up:
            raise httpx.ConnectError("away")
        return (self.folder / "cw-keys.jws").read_text("ascii")

    def token(self, now_s: int) -> str:
        keys = load_keys(self.folder, now_s)
        claims = Claims("ab" * 16, "Ada", "https://site.test", b"\x01" * 32, "jti", now_s, now_s + 600)
        return issue_access(keys.signing_key(now_s), keys.issuer, claims)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "keys")


def keys_of(site: Site, kept: Kept | None = None) -> FetchedKeys:
    return FetchedKeys(site.fetch, root_pin(service_key(site.folder)), Limits(), kept)


async def test_a_token_is_checked_against_the_published_keys(site: Site) -> None:
    keys = keys_of(site)
    for _ in range(3):
        assert (await keys.check(site.token(START_S), START_S)).name == "Ada"
    assert site.asked == 1


async def test_keys_under_another_root_are_not_believed(site: Site, tmp_path: Path) -> None:
    other = Site(tmp_path / "other")
    keys = FetchedKeys(other.fetch, root_pin(service_key(site.folder)), Limits())
    with pytest.raises(KeysDown):
        await keys.check(other.token(START_S), START_S)


async def test_an_unknown_key_is_asked_for_once_a_minute(site: Site, tmp_path: Path) -> None:
    stranger = Site(tmp_path / "other").token(START_S)
    keys = keys_of(site)
    await keys.check(site.token(START_S), START_S)
    with pytest.raises(TokenError):
        await keys.check(stranger, START_S + 2)
    for second in (2, 30, 50):
        with pytest.raises(KeysDown):  # it may be of a key that is newer than what we know
            await keys.check(stranger, START_S + second)
    assert site.asked == 2
    with pytest.raises(TokenError):
        await keys.check(stranger, START_S + 62)
    assert site.asked == 3


async def test_who_comes_by_the_key_that_follows_a_revoked_one_is_let_in_at_once(site: Site) -> None:
    keys, old = keys_of(site), site.token(START_S)
    await keys.check(old, START_S)
    await keys.kids(START_S + FRESH_S)  # looked a moment ago
    revoke(site.folder, load_keys(site.folder, START_S).signing_key(START_S).kid, START_S + FRESH_S + 1)
    assert (await keys.check(site.token(START_S + FRESH_S + 2), START_S + FRESH_S + 2)).name == "Ada"
    asked = site.asked
    with pytest.raises(TokenError, match="revoked key"):
        await keys.check(old, START_S + FRESH_S + 2)
    assert site.asked == asked


async def test_a_look_that_failed_is_repeated_soon_by_who_looks_all_the_time(site: Site) -> None:
    keys = keys_of(site)
    kid = load_keys(site.folder, START_S).signing_key(START_S).kid
    assert kid in await keys.kids(START_S)
    revoke(site.folder, kid, START_S)
    site.up = False
    assert kid in await keys.kids(START_S + FRESH_S)
    site.up = True
    assert kid in await keys.kids(START_S + FRESH_S + 1)
    assert kid not in await keys.kids(START_S + FRESH_S + 2)


async def test_nobody_who_comes_in_waits_for_a_look_that_hangs(site: Site) -> None:
    keys, token = keys_of(site), site.token(START_S)
    await keys.check(token, START_S)
    site.goes_on.clear()
    looking = asyncio.create_task(keys.kids(START_S + FRESH_S))
    await eventually(lambda: site.asked == 2)
    assert (await keys.check(token, START_S + FRESH_S)).name == "Ada"
    assert not looking.done()
    site.goes_on.set()
    await looking


async def test_it_is_known_for_how_long_nobody_saw_the_service(site: Site) -> None:
    keys = keys_of(site)
    await keys.kids(START_S)
    site.up = False
    await keys.kids(START_S + 700)
    assert await keys.unseen_s(START_S + 700) == 700


async def test_a_rotated_key_is_found(site: Site) -> None:
    keys = keys_of(site)
    await keys.check(site.token(START_S), START_S)
    later_s = START_S + 31 * DAY_S
    rotate(site.folder, later_s)
    assert (await keys.check(site.token(later_s), later_s)).name == "Ada"


async def test_a_revoked_key_counts_no_longer_after_a_minute(site: Site) -> None:
    keys = keys_of(site)
    token = site.token(START_S)
    await keys.check(token, START_S)
    kid = load_keys(site.folder, START_S).signing_key(START_S).kid
    revoke(site.folder, kid, START_S)
    await keys.check(token, START_S + FRESH_S - 1)
    with pytest.raises(TokenError):
        await keys.check(token, START_S + 60)


async def test_the_keys_that_count_are_those_of_a_minute_ago_at_most(site: Site) -> None:
    keys = keys_of(site)
    kid = load_keys(site.folder, START_S).signing_key(START_S).kid
    assert kid in await keys.kids(START_S)
    revoke(site.folder, kid, START_S)
    assert kid in await keys.kids(START_S + FRESH_S - 1)
    assert kid not in await keys.kids(START_S + 59)


async def test_a_clock_that_is_set_back_keeps_no_revoked_key_alive(site: Site) -> None:
    keys = keys_of(site)
    token = site.token(START_S)
    await keys.end_s(START_S + 3600)  # an hour fast, as after a start before the time service was heard
    revoke(site.folder, load_keys(site.folder, START_S).signing_key(START_S).kid, START_S)
    with pytest.raises(TokenError):
        await keys.check(token, START_S + 1)
    assert (await keys.check(site.token(START_S + 2), START_S + 2)).name == "Ada"


def longest_s(kind: type[Variables], name: str) -> int:
    (most,) = [bound.le for bound in kind.model_fields[name].metadata if isinstance(bound, Le)]
    return int(str(most))


async def test_no_setting_keeps_a_revoked_key_alive_for_longer_than_a_minute(site: Site) -> None:
    """As docs/HOSTING.md, 4, promises; what the sign-in service takes to see it, some seconds, is besides."""
    limits = Limits(keys_refetch_s=longest_s(Limits, "keys_refetch_s"))
    keys, token = FetchedKeys(site.fetch, root_pin(service_key(site.folder)), limits), site.token(START_S)
    await keys.check(token, START_S)
    revoke(site.folder, load_keys(site.folder, START_S).signing_key(START_S).kid, START_S)
    with pytest.raises(TokenError):
        await keys.check(token, START_S + 60)
    assert longest_s(Settings, "keys_reload_s") <= 10


async def test_without_the_sign_in_service_known_keys_go_on_and_unknown_ones_wait(site: Site) -> None:
    keys = keys_of(site)
    site.up = False
    with pytest.raises(KeysDown):
        await keys.check(site.token(START_S), START_S)
    site.up = True
    with pytest.raises(KeysDown):
        await keys.check(site.token(START_S), START_S + 1)
    # Who knows no key asks again after two seconds, not after a minute.
    await keys.check(site.token(START_S), START_S + 2)
    site.up = False
    assert (await keys.check(site.token(START_S), START_S + 500)).name == "Ada"


@pytest.fixture
async def store(redis_server: RedisServer) -> AsyncIterator[Store]:
    made = open_store(redis_server.url)
    yield made
    await made.close()


def kept_in(store: Store) -> KeptInStore:
    return KeptInStore(store, Limits().keys_hold_s)


async def seen(site: Site, store: Store) -> None:
    """A worker has fetched the document; then the sign-in service goes."""
    await keys_of(site, kept_in(store)).check(site.token(START_S), START_S)
    site.up = False


async def test_a_restarted_worker_knows_the_keys_without_the_sign_in_service(site: Site, store: Store) -> None:
    await seen(site, store)
    assert (await keys_of(site, kept_in(store)).check(site.token(START_S), START_S + 100)).name == "Ada"


async def test_without_redis_as_well_nobody_is_believed(site: Site, redis_server: RedisServer) -> None:
    store = open_store(redis_server.url)
    await seen(site, store)
    redis_server.stop()
    try:
        with pytest.raises(KeysDown):
            await keys_of(site, kept_in(store)).check(site.token(START_S), START_S + 100)
    finally:
        redis_server.start()
        await store.close()


@pytest.mark.parametrize(("after_s", "good"), [(-1, True), (0, False)])
@pytest.mark.parametrize("restarted", [False, True])
async def test_kept_keys_count_for_a_day_after_they_were_last_published(
    site: Site, store: Store, restarted: bool, after_s: int, good: bool
) -> None:
    keys = keys_of(site, kept_in(store))
    await keys.check(site.token(START_S), START_S)
    site.up = False
    keys = keys_of(site, kept_in(store)) if restarted else keys
    now_s = START_S + DAY_S + after_s
    if good:
        await keys.check(site.token(now_s), now_s)
    else:
        with pytest.raises(KeysDown):
            await keys.check(site.token(now_s), now_s)


async def test_redis_forgets_them_after_a_day(site: Site, store: Store) -> None:
    await seen(site, store)
    assert DAY_S - 10 < int(await store.command("TTL", KEY)) <= DAY_S


async def test_a_document_that_redis_made_up_is_not_believed(site: Site, store: Store, tmp_path: Path) -> None:
    other = Site(tmp_path / "other")
    forged = (other.folder / "cw-keys.jws").read_text("ascii")
    good = (site.folder / "cw-keys.jws").read_text("ascii")
    site.up = False
    for text in ("", "x", "5", f"{START_S} {forged}", f"soon {good}", f"{START_S + 3600} {good}", f"0 {good}"):
        await store.command("SET", KEY, text)
        with pytest.raises(KeysDown):
            await keys_of(site, kept_in(store)).check(other.token(START_S), START_S)


async def test_a_worker_that_cannot_ask_learns_of_a_revoked_key_from_one_that_can(site: Site, store: Store) -> None:
    cut_off = keys_of(site, kept_in(store))
    token = site.token(START_S)
    await cut_off.check(token, START_S)
    revoke(site.folder, load_keys(site.folder, START_S).signing_key(START_S).kid, START_S + 1)
    with pytest.raises(TokenError):
        await keys_of(site, kept_in(store)).check(token, START_S + 2)
    site.up = False
    with pytest.raises(TokenError):
        await cut_off.check(token, START_S + 300)


async def test_an_older_document_never_takes_the_place_of_a_newer_one(site: Site, store: Store) -> None:
    old = (site.folder / "cw-keys.jws").read_text("ascii")
    token = site.token(START_S)
    revoke(site.folder, load_keys(site.folder, START_S).signing_key(START_S).kid, START_S + 1)
    keys = keys_of(site, kept_in(store))
    with pytest.raises(TokenError):
        await keys.check(token, START_S + 2)
    site.up = False
    await kept_in(store).keep(Published(old, START_S + 301))
    with pytest.raises(TokenError):
        await keys.check(token, START_S + 302)


async def test_what_lies_where_the_document_is_kept_breaks_nothing(store: Store, site: Site) -> None:
    keys = keys_of(site, kept_in(store))
    await store.command("RPUSH", KEY, "x")
    site.up = False
    with pytest.raises(KeysDown):
        await keys.check(site.token(START_S), START_S)
