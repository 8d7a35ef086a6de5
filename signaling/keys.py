"""Whose tokens count: the sign-in service's keys, believed only under the pinned root."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Set
from typing import Any, Protocol

import httpx

from auth.p256 import base64url_bytes
from auth.settings import SettingsError
from auth.tokens import MAX_DOCUMENT_CHARS, SKEW_S, UNKNOWN_KEY, Claims, KeySet, TokenError, check_access, read_key_set
from signaling.kept_keys import Kept, KeptNowhere, Published
from signaling.limits import Limits

FRESH_S = 55  # then a key may have been withdrawn; within a minute it counts nowhere (docs/HOSTING.md, 4)
FETCH_TIMEOUT_S = 2.0  # while it lasts, nobody is let in
SERVICE_KEY_PREFIX = "cwk1."
SERVICE_KEY_BYTES = 98


class KeysDown(Exception):
    """No believable keys yet: the sign-in service does not answer or answers with another root's document."""


class Keys(Protocol):
    """Checks access tokens."""

    async def check(self, token: str, now_s: float) -> Claims:
        """The claims; TokenError when the token does not hold, KeysDown when that cannot be told."""
        ...

    async def end_s(self, now_s: float) -> int:
        """When the keys end that count now; KeysDown when there are none."""
        ...

    async def kids(self, now_s: float) -> Set[str]:
        """The keys that count now, by id: whoever came in by another one has nothing to show any more. KeysDown."""
        ...

    async def unseen_s(self, now_s: float) -> float:
        """For how long nobody has seen the sign-in service publish them."""
        ...


class KnownKeys:
    """A key set at hand, for a process that holds it already."""

    def __init__(self, current: Callable[[], KeySet]) -> None:
        self._current = current

    async def check(self, token: str, now_s: float) -> Claims:
        return check_access(token, self._current(), int(now_s))

    async def end_s(self, now_s: float) -> int:
        return self._current().exp

    async def kids(self, now_s: float) -> Set[str]:
        return self._current().keys.keys()

    async def unseen_s(self, now_s: float) -> float:
        return 0.0


class FetchedKeys:
    """The published document, fetched again when old, and when a token names a key it lacks, but not too often.

    Whoever asks for `kids` time and again keeps it fresh; those who come in do not wait for a service that hangs. A
    token of a key that may be newer than the document is not wrong: that cannot be told, and is answered so.

    While the sign-in service is away the last one counts, from here or from what any worker has `kept`: until it
    expires, and at most `keys_hold_s` after it was last seen, so that a key that was revoked meanwhile ends as well.
    """

    def __init__(
        self,
        fetch: Callable[[], Awaitable[str]],
        root_sha256: bytes,
        limits: Limits,
        kept: Kept | None = None,
    ) -> None:
        self._fetch = fetch
        self._root_sha256 = root_sha256
        self._limits = limits
        self._kept: Kept = kept or KeptNowhere()
        self._set: KeySet | None = None
        self._seen_s = 0.0
        self._asked_s: float | None = None
        self._lacked_s: float | None = None
        self._fresh_s = 0.0
        self._lock = asyncio.Lock()

    async def check(self, token: str, now_s: float) -> Claims:
        keys = await self._current(now_s, FRESH_S)
        try:
            return check_access(token, keys, int(now_s))
        except TokenError as error:
            if error.reason != UNKNOWN_KEY:
                raise
        await self._look_for_another(now_s)
        return check_access(token, await self._current(now_s, FRESH_S), int(now_s))

    async def end_s(self, now_s: float) -> int:
        return (await self._current(now_s, FRESH_S)).exp

    async def kids(self, now_s: float) -> Set[str]:
        return (await self._current(now_s, self._limits.keys_retry_s)).keys.keys()

    async def unseen_s(self, now_s: float) -> float:
        return now_s - self._seen_s

    async def _current(self, now_s: float, pause_s: float) -> KeySet:
        """`pause_s` after it was last asked for in vain it is asked for again."""
        is_fresh = self._set is not None and 0 <= now_s - self._fresh_s < FRESH_S  # a clock may be set back
        if not is_fresh and (self._set is None or not self._lock.locked()):
            await self._refresh(now_s, self._limits.keys_retry_s if self._set is None else pause_s)
        if self._set is None or self._set.exp <= now_s or now_s - self._seen_s >= self._limits.keys_hold_s:
            raise KeysDown
        return self._set

    async def _look_for_another(self, now_s: float) -> None:
        """For a key that is not there; whoever invents some makes us ask once in `keys_refetch_s`, no more."""
        last_s = self._lacked_s
        if last_s is not None and 0 <= now_s - last_s < self._limits.keys_refetch_s and not self._lock.locked():
            raise KeysDown
        self._lacked_s = now_s
        if self._fresh_s != now_s and not await self._refresh(now_s, self._limits.keys_retry_s):
            raise KeysDown

    async def _refresh(self, now_s: float, pause_s: float) -> bool:
        """Whether there is a newer answer. One caller asks, the others wait for it."""
        before = self._fresh_s
        async with self._lock:
            if self._fresh_s != before:
                return True
            if self._asked_s is not None and 0 <= now_s - self._asked_s < pause_s:
                return False
            self._asked_s = now_s
            if not await self._ask(now_s):
                await self._recall(now_s)
                return False
            self._fresh_s = now_s
            return True

    async def _ask(self, now_s: float) -> bool:
        try:
            document = await self._fetch()
            self._set = read_key_set(document, self._root_sha256, int(now_s))
        except (httpx.HTTPError, TimeoutError, TokenError, UnicodeDecodeError):
            return False
        self._seen_s = now_s
        await self._kept.keep(Published(document, int(now_s)))
        return True

    async def _recall(self, now_s: float) -> None:
        """What another worker or this one before its restart has seen later than we; never back to an older one."""
        published = await self._kept.recall()
        if published is None or not self._seen_s < published.at_s <= now_s + SKEW_S:
            return
        with contextlib.suppress(TokenError):
            found = read_key_set(published.document, self._root_sha256, int(now_s))
            if self._set is None or found.exp >= self._set.exp:
                self._set, self._seen_s = found, published.at_s


def fetch_from(auth_url: str) -> Callable[[], Awaitable[str]]:
    """Reads `<auth_url>/.well-known/cw-keys`."""

    async def fetch() -> str:
        # It stands beside us: a proxy on the way out, which the environment may name, does not lead there.
        given: dict[str, Any] = {"follow_redirects": False, "trust_env": False}
        async with asyncio.timeout(FETCH_TIMEOUT_S), httpx.AsyncClient(**given) as client:
            answer = await client.get(f"{auth_url.rstrip('/')}/.well-known/cw-keys")
            answer.raise_for_status()
            return answer.content[: MAX_DOCUMENT_CHARS + 1].decode("ascii")

    return fetch


def root_pin(service_key: str) -> bytes:
    """SHA-256 of the root key out of a site's otpEncryptionKey: "cwk1." + base64url(01 | seal key 65 | SHA-256 32)."""
    advice = "SERVICE_KEY must be the line that `python -m auth keys service-key` prints; it begins with cwk1."
    if not service_key.startswith(SERVICE_KEY_PREFIX):
        raise SettingsError(advice)
    try:
        data = base64url_bytes(service_key.removeprefix(SERVICE_KEY_PREFIX))
    except ValueError as error:
        raise SettingsError(advice) from error
    if len(data) != SERVICE_KEY_BYTES or data[0] != 1:
        raise SettingsError(advice)
    return data[66:]
