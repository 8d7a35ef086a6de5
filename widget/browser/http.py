"""HTTP by `fetch`: no cookies, no redirects, no referrer."""

from __future__ import annotations

from widget.browser import js
from widget.errors import UnreachableError
from widget.ports import HttpResponse


class BrowserHttp:
    async def request(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        body: bytes,
        limit_ms: int = 15000,
        is_cached: bool = False,
    ) -> HttpResponse:
        stop = js.new(js.window.AbortController)
        timer = js.window.setTimeout(js.listener(lambda: stop.abort()), limit_ms)
        options = js.options(
            {
                "method": method,
                "headers": js.record(headers),
                "credentials": "omit",
                "redirect": "error",
                "cache": "no-cache" if is_cached else "no-store",
                "referrerPolicy": "no-referrer",
                "signal": stop.signal,
                "body": js.from_bytes(body) if len(body) > 0 else None,
            }
        )
        try:
            response = await js.wait(js.window.fetch(url, options))
            content = js.to_bytes(await js.wait(response.arrayBuffer()))
        except Exception as error:
            raise UnreachableError("http.unreachable") from error
        finally:
            js.window.clearTimeout(timer)
        status: int = response.status
        return HttpResponse(status, content)
