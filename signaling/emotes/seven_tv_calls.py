"""Calls to 7TV. Which status says what is decided here, since its error codes have changed before."""

from __future__ import annotations

import asyncio
import functools
import json
import ssl
import zlib
from collections.abc import AsyncIterator
from typing import Any

import httpx

from signaling.limits import Limits

# Without it 7TV may answer in the form of before August 2026 (BetterTTV and Chatterino send it too).
HEADERS = {
    "X-7tv-Missing-EmoteSet-Aware": "1", "accept": "application/json", "accept-encoding": "gzip",
    "user-agent": "strixun-chat",
}  # fmt: skip
RESET = "x-ratelimit-global-reset"
LONGEST_REST_S = 300
EPOCH_S = 1_000_000_000  # a larger number is a moment, a smaller one a time from now


class Missing(Exception):
    """7TV has nothing of that id."""


class Away(Exception):
    """7TV does not answer as it should. `rest_s` is how long it wants no further call at all; 0: it did not say."""

    def __init__(self, rest_s: int = 0) -> None:
        super().__init__("7TV is away")
        self.rest_s: int = rest_s


class SevenTvCalls:
    """One call at a time for each caller, bounded in time and bytes."""

    def __init__(self, url: str, limits: Limits) -> None:
        self._url = url.rstrip("/")
        self._limits = limits

    async def get(self, path: str, now_s: float) -> Any:
        """The JSON at `path`. Raises Missing or Away."""
        try:
            async with asyncio.timeout(self._limits.seven_tv_timeout_s):
                return await asyncio.to_thread(json.loads, await self._body(path, now_s))
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError, zlib.error) as error:
            raise Away from error
        except (ValueError, RecursionError) as error:
            raise Away from error

    async def _body(self, path: str, now_s: float) -> bytes:
        options: dict[str, Any] = {"timeout": self._limits.seven_tv_timeout_s, "follow_redirects": False}
        async with (
            httpx.AsyncClient(verify=_certificates(), headers=HEADERS, **options) as client,
            client.stream("GET", self._url + path) as answer,
        ):
            if answer.status_code == 404:
                raise Missing
            if answer.status_code == 429:
                raise Away(_rest_s(answer.headers.get(RESET, ""), now_s))
            if answer.status_code != 200:
                raise Away
            packed = answer.headers.get("content-encoding", "")
            return await read_bounded(answer.aiter_raw(), packed, self._limits.seven_tv_bytes)


async def read_bounded(parts: AsyncIterator[bytes], packed: str, most_bytes: int) -> bytes:
    """Unpacked here: httpx unpacks a whole part before anybody can count it."""
    unpacking = zlib.decompressobj(47) if packed == "gzip" else None
    if packed not in ("", "identity", "gzip"):
        raise Away
    body = b""
    async for part in parts:
        room = most_bytes - len(body) + 1
        body += part if unpacking is None else unpacking.decompress(part, room)
        if len(body) > most_bytes:
            raise Away
    if unpacking is not None and not unpacking.eof:
        raise Away
    return body


def _rest_s(reset: str, now_s: float) -> int:
    try:
        given = float(reset)
        rest_s = given - now_s if given > EPOCH_S else given
        return min(max(int(rest_s), 1), LONGEST_REST_S)
    except (ValueError, OverflowError):
        return 0


@functools.cache
def _certificates() -> ssl.SSLContext:
    """Made once: reading them takes longer than a call."""
    return ssl.create_default_context()
