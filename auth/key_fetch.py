"""Fetching a site's JWKS: over https, from the internet alone, in bounded time and memory."""

from __future__ import annotations

import asyncio
import functools
import ssl
from urllib.parse import urlsplit

import httpx

from auth.origins import DEFAULT_PORTS
from auth.public_hosts import PrivateHostError, addresses_of
from auth.site_keys import SiteKey, SiteKeyError, read_key_list

TIMEOUT_S = 2.0
MOST_BYTES = 65536
HEADERS = {"accept": "application/json", "accept-encoding": "identity", "user-agent": "strixun-chat"}


class FetchError(Exception):
    """The keys could not be had. The message is half a sentence for whoever runs the service."""


async def fetch_keys(url: str, development: bool) -> tuple[SiteKey, ...]:
    """The keys at `url`. Raises FetchError. In `development` http and addresses of this machine are taken."""
    if not (url.startswith("https://") or development):
        raise FetchError("its address does not begin with https://")
    try:
        async with asyncio.timeout(TIMEOUT_S):
            return read_key_list(await _body(url, development))
    except PrivateHostError as error:
        raise FetchError("its name leads to no public address, and the chat goes to no other") from error
    except TimeoutError as error:
        raise FetchError(f"it took more than {TIMEOUT_S:.0f} s") from error
    except SiteKeyError as error:
        raise FetchError(str(error)) from error
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError, UnicodeError) as error:
        raise FetchError(f"it does not answer ({type(error).__name__})") from error


async def _body(url: str, development: bool) -> bytes:
    """From the first of its addresses that takes a connection."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]
    failed: httpx.ConnectError | None = None
    for address in await addresses_of(host, port, private=development):
        try:
            return await _body_at(address, httpx.URL(url))
        except httpx.ConnectError as error:
            failed = error
    raise failed or FetchError("its name leads nowhere")


async def _body_at(address: str, url: httpx.URL) -> bytes:
    """Connects to the address that was looked at. Neither redirects nor proxies of the environment count."""
    target = url.copy_with(host=address)
    headers = {**HEADERS, "host": url.netloc.decode("ascii")}
    async with (
        httpx.AsyncClient(verify=_certificates(), trust_env=False, timeout=TIMEOUT_S, follow_redirects=False) as client,
        client.stream("GET", target, headers=headers, extensions={"sni_hostname": url.host}) as answer,
    ):
        if answer.status_code != 200:
            raise FetchError(f"it answers {answer.status_code}, and redirects are not followed")
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise FetchError("its answer is packed though that was not asked for")
        return await _bounded(answer)


async def _bounded(answer: httpx.Response) -> bytes:
    body = b""
    async for part in answer.aiter_raw():
        body += part
        if len(body) > MOST_BYTES:
            raise FetchError(f"its answer is longer than {MOST_BYTES} bytes")
    return body


@functools.cache
def _certificates() -> ssl.SSLContext:
    """Made once: reading them takes longer than a call."""
    return ssl.create_default_context()
