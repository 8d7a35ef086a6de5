"""What a deployment asks of Cloudflare: which branch of a project is its production, and to forget some addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

API = "https://api.cloudflare.com/client/v4"
# Cloudflare purges this many addresses in one request.
BATCH = 30
TRIES = 4
TIMEOUT_S = 30.0
# Between tries, where the answer does not say.
PAUSE_S = 2.0
# An answer that asks for a longer pause than this ends the deployment: somebody has to look.
LONGEST_PAUSE_S = 120.0


class CloudflareRefused(Exception):
    """`code` is stable; the message holds the answer's own words and never the token."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


@dataclass(frozen=True)
class Purged:
    """Addresses that Cloudflare forgot, those that it did not, and why."""

    done: list[str]
    left: list[str]
    reasons: list[str]


class Cloudflare:
    """`pause` gets seconds; `api` is the address before "/zones"."""

    def __init__(self, token: str, pause: Callable[[float], object], api: str = API) -> None:
        self._token = token
        self._pause = pause
        self._api = api

    def production_branch(self, account: str, project: str) -> str:
        """What is uploaded for another branch is a preview, which the CDN's own address does not show."""
        result = self._ask("GET", f"/accounts/{account}/pages/projects/{project}")
        branch = result.get("production_branch")
        if not isinstance(branch, str) or branch == "":
            raise CloudflareRefused("cloudflare.answer", f"the project {project} has no production branch")
        return branch

    def purge(self, zone: str, addresses: Sequence[str]) -> Purged:
        """One batch that fails does not keep the others. Raises CloudflareRefused for a token that may not purge."""
        done: list[str] = []
        left: list[str] = []
        reasons: list[str] = []
        for batch in batches(addresses):
            try:
                self._ask("POST", f"/zones/{zone}/purge_cache", {"files": batch})
                done += batch
            except CloudflareRefused as refused:
                if refused.code == "cloudflare.token":
                    raise
                left += batch
                reasons.append(str(refused))
        return Purged(done, left, reasons)

    def _ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """The answer's `result`."""
        refused = CloudflareRefused("cloudflare.unreachable", "never asked")
        for last in (*[False] * (TRIES - 1), True):
            try:
                answer = self._send(method, path, body)
            except httpx.TransportError as error:
                refused, pause_s = CloudflareRefused("cloudflare.unreachable", type(error).__name__), PAUSE_S
            else:
                if answer.status_code not in (429, *range(500, 600)):
                    return self._result(method, path, answer)
                refused, pause_s = self._busy(method, path, answer), _pause_s(answer)
            if last or pause_s > LONGEST_PAUSE_S:
                break
            self._pause(pause_s)
        raise refused

    def _send(self, method: str, path: str, body: object) -> httpx.Response:
        with httpx.Client(timeout=TIMEOUT_S) as client:
            return client.request(
                method, self._api + path, json=body, headers={"Authorization": f"Bearer {self._token}"}
            )

    def _result(self, method: str, path: str, answer: httpx.Response) -> dict[str, Any]:
        said = _json(answer)
        if answer.status_code == 200 and said.get("success") is True:
            result = said.get("result")
            return result if isinstance(result, dict) else {}
        code = "cloudflare.token" if answer.status_code in (401, 403) else "cloudflare.refused"
        raise CloudflareRefused(code, self._words(method, path, answer))

    def _busy(self, method: str, path: str, answer: httpx.Response) -> CloudflareRefused:
        code = "cloudflare.rate_limited" if answer.status_code == 429 else "cloudflare.unavailable"
        return CloudflareRefused(code, self._words(method, path, answer))

    def _words(self, method: str, path: str, answer: httpx.Response) -> str:
        errors = _json(answer).get("errors")
        found = [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
        words = [f"{error.get('message', '')} (Cloudflare's code {error.get('code', 'none')})" for error in found]
        said = ", ".join(words) or "no reason given"
        return f"{method} {path} answered {answer.status_code}: {said}".replace(self._token, "***")


def batches(addresses: Sequence[str]) -> list[list[str]]:
    return [list(addresses[start : start + BATCH]) for start in range(0, len(addresses), BATCH)]


def _json(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _pause_s(answer: httpx.Response) -> float:
    """Retry-After in seconds (RFC 9110, 10.2.3); its form with a date is not what this API sends."""
    text = answer.headers.get("Retry-After", "")
    return float(text) if text.isdecimal() else PAUSE_S
