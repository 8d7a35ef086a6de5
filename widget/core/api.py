"""Calls to the two services over HTTP: a time limit, and every refusal as a sentence."""

from __future__ import annotations

from widget.errors import ChatError, CwError, RefusedError, UnreachableError
from widget.ports import HttpResponse, Platform
from widget.transport.limits import ANSWER_MS
from widget.transport.refusals import OUT_OF_ORDER, REFUSED, refused
from widget.transport.waiting import within
from widget.wire.codec import utf8
from widget.wire.fields import hex_field, int_field, parse_object, text_field

MAX_PROBLEM_CHARS: int = 16384
MAX_CODE_CHARS: int = 64
MAX_DETAIL_CHARS: int = 300
MAX_RETRY_S: int = 31536000
PUZZLE_BYTES: int = 32
MAX_PUZZLE_BITS: int = 20


class Api:
    """One service: its base URL and the page's own headers."""

    def __init__(self, platform: Platform, base_url: str, headers: dict[str, str]) -> None:
        self._platform: Platform = platform
        self._headers: dict[str, str] = headers
        self.base_url: str = base_url

    async def call(
        self, method: str, path: str, headers: dict[str, str], body: bytes, is_cached: bool = False
    ) -> bytes:
        """What the service answers when it is a success; UnreachableError or RefusedError else."""
        http = self._platform.http
        url = self.base_url + path
        response = await within(
            self._platform.clock,
            lambda: http.request(method, url, {**self._headers, **headers}, body, ANSWER_MS, is_cached),
        )
        if response.status >= 200 and response.status < 300:
            return response.body
        raise refusal(response)


def refusal(response: HttpResponse) -> ChatError:
    """What a failed response means: RFC 9457 problems by their code, anything else by its status."""
    try:
        problem = parse_object(utf8(response.body), MAX_PROBLEM_CHARS)
        retry_after_s = int_field(problem, "retryAfter", 0, MAX_RETRY_S) if "retryAfter" in problem else 0
        detail = text_field(problem, "detail", MAX_DETAIL_CHARS) if "detail" in problem else ""
        if "hint" in problem:
            detail += " " + text_field(problem, "hint", MAX_DETAIL_CHARS)
        error = refused(text_field(problem, "code", MAX_CODE_CHARS), retry_after_s, detail)
        if "nonce" in problem:
            error.nonce = text_field(problem, "nonce", MAX_CODE_CHARS)
        if "puzzle" in problem:
            error.puzzle = hex_field(problem, "puzzle", PUZZLE_BYTES)
            error.bits = int_field(problem, "bits", 1, MAX_PUZZLE_BITS)
        return error
    except CwError:
        if response.status >= 500:
            return UnreachableError("unreachable", OUT_OF_ORDER)
        return RefusedError("refused", REFUSED)
