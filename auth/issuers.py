"""Sites that vouch for their visitors: where the keys of each are, kept in Redis and changed while the service runs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from auth import hosts
from auth.origins import DEFAULT_PORTS, is_local, is_site
from auth.site_keys import SiteKey, read_key_list
from auth.store.shared import Store

KEY = "cw:issuers"
MAX_URL_CHARS = 2000
URL_ADVICE = "write it like https://example.org/.well-known/jwks.json"


@dataclass(frozen=True)
class Issuer:
    """Where a site's keys are: at an address, or here. One of the two is empty."""

    jwks_url: str = ""
    keys: tuple[SiteKey, ...] = ()


async def add_issuer(store: Store, origin: str, issuer: Issuer) -> None:
    """In place of the one that it had."""
    await store.command("HSET", KEY, origin, _written(issuer))


async def remove_issuer(store: Store, origin: str) -> bool:
    """Whether it was there."""
    return int(await store.command("HDEL", KEY, origin)) == 1


async def issuer_of(store: Store, origin: str) -> Issuer | None:
    text = await store.command("HGET", KEY, origin)
    return None if text is None else _read(str(text))


async def issuers(store: Store) -> dict[str, Issuer]:
    """All, by origin."""
    found = await store.command("HGETALL", KEY)
    return {str(origin): _read(str(text)) for origin, text in sorted(found.items())}


def can_vouch(origin: str, development: bool) -> bool:
    """Whether keys may be registered for it: for what the list of sites takes, and in development for local pages."""
    return is_site(origin) or (development and is_local(origin))


def jwks_url(text: str, development: bool) -> str:
    """The address of a JWKS. ValueError with half a sentence: what to write."""
    try:
        parts = urlsplit(text)
        host, port = hosts.split(parts.netloc)
    except ValueError:
        raise ValueError(URL_ADVICE) from None
    if len(text) > MAX_URL_CHARS or not text.isascii() or not text.isprintable() or " " in text or parts.fragment != "":
        raise ValueError(URL_ADVICE)
    if development and parts.scheme in DEFAULT_PORTS:
        return text
    if parts.scheme != "https" or hosts.is_loopback(host) or hosts.is_address(host) or port == DEFAULT_PORTS["https"]:
        raise ValueError(f"{URL_ADVICE}: https, and the name of a host")
    return text


def host_of(origin: str) -> str:
    """How members are told who vouches: the origin's host, with a port that is not its scheme's own."""
    return origin.partition("://")[2]


def _written(issuer: Issuer) -> str:
    kept = {"keys": [key.jwk() for key in issuer.keys]} if issuer.jwks_url == "" else {"jwks": issuer.jwks_url}
    return json.dumps(kept, separators=(",", ":"))


def _read(text: str) -> Issuer:
    kept = json.loads(text)
    return Issuer(str(kept["jwks"])) if "jwks" in kept else Issuer(keys=read_key_list(text))
