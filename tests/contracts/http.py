"""What every `Http` does, against the echo server of tests/contracts/echo.py."""

from __future__ import annotations

from tests.contracts.report import Report
from widget.errors import UnreachableError
from widget.ports import Http


async def contract(http: Http, base: str, nobody: str, report: Report) -> None:
    """`base` is the echo server's URL, `nobody` one where nothing listens."""
    found = await http.request("GET", f"{base}/plain", {}, b"")
    report.that("a GET has a status and a body", found.status == 200 and found.body == b"plain")
    body = bytes(range(256))
    headers = {"Content-Type": "application/cw-hpke", "Authorization": "DPoP abc", "DPoP": "def"}
    found = await http.request("POST", f"{base}/echo", headers, body)
    report.that("a POST carries bytes both ways", found.body == body)
    found = await http.request("POST", f"{base}/headers", headers, body)
    report.that("headers arrive", found.body == b"application/cw-hpke DPoP abc def")
    found = await http.request("POST", f"{base}/echo", {}, b"")
    report.that("an empty body is none", found.status == 200 and found.body == b"")
    found = await http.request("GET", f"{base}/refused", {}, b"")
    report.that("a refusal is an answer like any other", found.status == 429 and found.body == b"{}")
    await http.request("GET", f"{base}/cookie", {}, b"")
    found = await http.request("GET", f"{base}/cookie", {}, b"")
    report.that("no cookie is kept", found.body == b"")
    report.that("a redirect is not followed", await _unreachable(http, f"{base}/redirect"))
    report.that("nobody there is UnreachableError", await _unreachable(http, nobody))
    report.that("no answer within the limit is too", await _unreachable(http, f"{base}/silence", 100))


async def _unreachable(http: Http, url: str, limit_ms: int = 15000) -> bool:
    try:
        await http.request("GET", url, {}, b"", limit_ms)
    except UnreachableError:
        return True
    return False
