"""Whose tokens signaling believes, and when it asks again."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from auth.key_folder import new_folder, revoke, rotate
from auth.keys import load_keys, service_key
from auth.tokens import Claims, TokenError, issue_access
from signaling.keys import FetchedKeys, KeysDown, root_pin

START_S = 1_800_000_000
DAY_S = 86_400


class Site:
    """A sign-in service's document, counted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        new_folder(folder, "https://auth.test", START_S)
        self.asked = 0
        self.up = True

    async def fetch(self) -> str:
        self.asked += 1
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


def keys_of(site: Site) -> FetchedKeys:
    return FetchedKeys(site.fetch, root_pin(service_key(site.folder)), 60)


async def test_a_token_is_checked_against_the_published_keys(site: Site) -> None:
    keys = keys_of(site)
    for _ in range(3):
        assert (await keys.check(site.token(START_S), START_S)).name == "Ada"
    assert site.asked == 1


async def test_keys_under_another_root_are_not_believed(site: Site, tmp_path: Path) -> None:
    other = Site(tmp_path / "other")
    keys = FetchedKeys(other.fetch, root_pin(service_key(site.folder)), 60)
    with pytest.raises(KeysDown):
        await keys.check(other.token(START_S), START_S)


async def test_an_unknown_key_is_asked_for_once_a_minute(site: Site, tmp_path: Path) -> None:
    stranger = Site(tmp_path / "other").token(START_S)
    keys = keys_of(site)
    await keys.check(site.token(START_S), START_S)
    for second in (0, 30, 59):
        with pytest.raises(TokenError):
            await keys.check(stranger, START_S + second)
    assert site.asked == 1
    with pytest.raises(TokenError):
        await keys.check(stranger, START_S + 60)
    assert site.asked == 2


async def test_a_rotated_key_is_found(site: Site) -> None:
    keys = keys_of(site)
    await keys.check(site.token(START_S), START_S)
    later_s = START_S + 31 * DAY_S
    rotate(site.folder, later_s)
    assert (await keys.check(site.token(later_s), later_s)).name == "Ada"


async def test_a_revoked_key_counts_no_longer_after_five_minutes(site: Site) -> None:
    keys = keys_of(site)
    token = site.token(START_S)
    await keys.check(token, START_S)
    kid = load_keys(site.folder, START_S).signing_key(START_S).kid
    revoke(site.folder, kid, START_S)
    await keys.check(token, START_S + 299)
    with pytest.raises(TokenError):
        await keys.check(token, START_S + 300)


async def test_without_the_sign_in_service_known_keys_go_on_and_unknown_ones_wait(site: Site) -> None:
    keys = keys_of(site)
    site.up = False
    with pytest.raises(KeysDown):
        await keys.check(site.token(START_S), START_S)
    site.up = True
    await keys.check(site.token(START_S), START_S + 60)
    site.up = False
    assert (await keys.check(site.token(START_S), START_S + 500)).name == "Ada"
