"""HTTP by httpx: no cookies, no redirects, and the Origin header that a page's browser would send."""

from __future__ import annotations

import asyncio

import httpx

from widget.errors import UnreachableError
from widget.ports import HttpResponse


class NativeHttp:
    """One connection pool; `close` ends it."""

    def __init__(self, origin: str) -> None:
        self._origin: str = origin
        limits = httpx.Limits(max_connections=8)
        self._client: httpx.AsyncClient = httpx.AsyncClient(follow_redirects=False, limits=limits, trust_env=False)

    async def request(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        body: bytes,
        limit_ms: int = 15000,
        is_cached: bool = False,
    ) -> HttpResponse:
        sent = {"origin": self._origin, **headers}
        content, limit_s = body if len(body) > 0 else None, limit_ms / 1000
        try:
            async with asyncio.timeout(limit_s):  # httpx limits each step, not all of them
                response = await self._client.request(method, url, headers=sent, content=content, timeout=limit_s)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise unreachable() from error
        finally:
            self._client.cookies.clear()
        if response.is_redirect:
            raise unreachable()
        return HttpResponse(response.status_code, response.content)

    async def close(self) -> None:
        await self._client.aclose()


def unreachable() -> UnreachableError:
    return UnreachableError("http.unreachable")
