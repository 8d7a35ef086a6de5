"""HTTP by `fetch`: no cookies, no redirects, no cache, no referrer."""

from __future__ import annotations

from widget.browser import js
from widget.errors import UnreachableError
from widget.ports import HttpResponse

TIMEOUT_MS = 15_000


class BrowserHttp:
    """Requests that give up after `TIMEOUT_MS`."""

    async def request(self, method: str, url: str, headers: dict[str, str], body: bytes) -> HttpResponse:
        stop = js.new(js.window.AbortController)

        def give_up() -> None:
            stop.abort()

        timer = js.window.setTimeout(js.listener(give_up), TIMEOUT_MS)
        try:
            return await self._fetch(url, self._options(method, headers, body, stop.signal))
        except js.Failure as error:
            raise UnreachableError(
                "http.unreachable", "The service does not answer. Check the connection and try again."
            ) from error
        finally:
            js.window.clearTimeout(timer)

    def _options(self, method: str, headers: dict[str, str], body: bytes, signal: js.Value) -> js.Value:
        sent = js.new(js.window.Headers)
        for name, value in headers.items():
            sent.append(name, value)
        options = js.options(
            {
                "method": method,
                "headers": sent,
                "credentials": "omit",
                "redirect": "error",
                "cache": "no-store",
                "referrerPolicy": "no-referrer",
                "signal": signal,
            }
        )
        if len(body) > 0:
            js.put(options, "body", js.from_bytes(body))
        return options

    async def _fetch(self, url: str, options: js.Value) -> HttpResponse:
        response = await js.wait(js.window.fetch(url, options))
        headers: dict[str, str] = {}

        def keep(value: str, name: str, _all: js.Value) -> None:
            headers[name.lower()] = value

        response.headers.forEach(js.listener(keep))
        content = await js.wait(response.arrayBuffer())
        return HttpResponse(int(response.status), headers, js.to_bytes(content))
