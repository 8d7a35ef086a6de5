"""HTTP by httpx: no cookies, no redirects, and the Origin header that a page's browser would send."""

from __future__ import annotations

import httpx

from widget.errors import UnreachableError
from widget.ports import HttpResponse

TIMEOUT_S = 10.0


class NativeHttp:
    """One connection pool; `close` ends it."""

    def __init__(self, origin: str) -> None:
        self._origin: str = origin
        limits = httpx.Limits(max_connections=8)
        self._client: httpx.AsyncClient = httpx.AsyncClient(
            timeout=TIMEOUT_S, follow_redirects=False, limits=limits, trust_env=False
        )

    async def request(self, method: str, url: str, headers: dict[str, str], body: bytes) -> HttpResponse:
        sent = {"origin": self._origin, **headers}
        try:
            response = await self._client.request(method, url, headers=sent, content=body if len(body) > 0 else None)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise unreachable() from error
        finally:
            self._client.cookies.clear()
        if response.is_redirect:
            raise unreachable()
        return HttpResponse(response.status_code, response.content)

    async def close(self) -> None:
        await self._client.aclose()


def unreachable() -> UnreachableError:
    return UnreachableError("http.unreachable", "The service does not answer. Check the connection and try again.")
