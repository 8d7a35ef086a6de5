"""Which sites may embed the chat: one list for both services, kept in Redis and changed while they run."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from auth import hosts
from auth.problems import ORIGIN_REFUSED, Problem
from auth.store.shared import Store, StoreDown, StoreRefusal

MAX_ORIGIN_CHARS = 255
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")
KEY = "cw:origins"
# Always a member. A list that was emptied by hand holds it alone; one that Redis has lost does not.
MARK = ""
FRESH_S = 1.0  # so soon each worker hears of a change
KNOWN_S = 60.0  # who has not looked for as long may hold sites that were removed, and puts none back
DEFAULT_PORTS = {"https": 443, "http": 80}
ADVICE = "write it like https://example.org: https, small letters, no path, nothing after the name but a port"
NAME_ADVICE = "write the site's name in place of its address, like https://example.org"
LOCAL_ADVICE = "pages of this machine are let in, on any port, while CHAT_DEVELOPMENT=1 is set for both services"
LET_IN_ADVICE = (
    "leave it out: pages of this machine are let in already, on any port, since CHAT_DEVELOPMENT=1 is set here; "
    "signaling needs it too"
)
OTHER_LOCAL_ADVICE = f"open it at localhost, 127.0.0.1 or [::1] and leave it out here: {LOCAL_ADVICE}"
NULL_ADVICE = (
    "sandboxed frames and files have no origin of their own; give the frame `allow-same-origin`, or serve the file"
)
SHOWN_CHARS = 100  # of an origin in a sentence, which has to fit into a message of the socket


def is_origin(text: str) -> bool:
    """Whether `text` is an origin as browsers write it: scheme, lower-case host, port unless default, nothing else."""
    scheme, _, authority = text.partition("://")
    if len(text) > MAX_ORIGIN_CHARS or scheme not in DEFAULT_PORTS:
        return False
    try:
        return hosts.split(authority)[1] != DEFAULT_PORTS[scheme]
    except ValueError:
        return False


def is_site(origin: str) -> bool:
    """Whether the list may hold it: by https, and by a name, since an address may be somebody else's tomorrow."""
    host = _host(origin)
    return origin.startswith("https://") and host != "" and not hosts.is_loopback(host) and not hosts.is_address(host)


def _host(origin: str) -> str:
    """"" when it is no origin."""
    return hosts.split(origin.partition("://")[2])[0] if is_origin(origin) else ""


def site_list(given: object, development: bool = False) -> tuple[str, ...]:
    """Sites with commas. Raises ValueError with half a sentence: what to write, `development` being on here or not."""
    items = given.split(",") if isinstance(given, str) else [str(item) for item in given]  # type: ignore[attr-defined]
    sites = tuple(item.strip() for item in items if item.strip() != "")
    wrong = [site for site in sites if not is_site(site)]
    if len(wrong) > 0:
        advice = advice_for(wrong[0], development)
        raise ValueError(f"{hosts.quoted(wrong[0])} is no site that can be allowed; {advice}")
    return sites


def advice_for(text: str, development: bool = False) -> str:
    """What to write instead of `text`, which is no site."""
    if text == "null":
        return NULL_ADVICE
    if re.search(r"\S[\s,;]+\S", text) is not None:
        return "write each site for itself: by a command with spaces, in a setting with commas between them"
    try:
        parts = urlsplit(text if "//" in text else f"https://{text}")
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port not in (None, 443, 80) else ""
    except (ValueError, UnicodeError):
        return ADVICE
    if host in LOOPBACK_HOSTS:
        return LET_IN_ADVICE if development else f"leave it out: {LOCAL_ADVICE}"
    site = f"https://{host}{port}"
    if hosts.is_address(host):
        return OTHER_LOCAL_ADVICE if hosts.is_loopback(host) else NAME_ADVICE
    return f"write {site}" if is_site(site) else ADVICE


def is_local(origin: str) -> bool:
    """A page of this machine, on whatever port."""
    return _host(origin) in LOOPBACK_HOSTS


def refusal(origin: str | None) -> Problem:
    """Says in the page what whoever runs it, or the chat, has to do."""
    if origin == "null":
        return _refusal(f"The chat cannot tell whose page this is: {NULL_ADVICE}.")
    if origin is None or not is_origin(origin) or len(origin) > SHOWN_CHARS:
        return Problem(ORIGIN_REFUSED)
    if is_local(origin):
        return _refusal(f"This chat is closed to pages of this machine: {LOCAL_ADVICE}.")
    if not is_site(origin):
        return _refusal("This page came over http; the chat is open to sites with https alone.")
    return _refusal(f"This site may not use this chat. Its host allows it by `python -m auth origins allow {origin}`.")


def _refusal(detail: str) -> Problem:
    return Problem(replace(ORIGIN_REFUSED, detail=detail))


async def allowed(store: Store) -> frozenset[str] | None:
    """The list; None where there is none, because nobody has made it yet or Redis has lost it."""
    members = await store.command("SMEMBERS", KEY)
    return None if len(members) == 0 else frozenset(origin for origin in members if is_site(origin))


async def allow(store: Store, *sites: str) -> None:
    await store.command("SADD", KEY, MARK, *sites)


async def remove(store: Store, *sites: str) -> None:
    await store.command("SADD", KEY, MARK)
    await store.command("SREM", KEY, *sites)


class Origins:
    """What a worker knows of the list. In development http on the loopback is allowed too, `null` never.

    `given` are allowed by this service whatever the list says. While Redis is away the list counts as it was last
    known; a list that Redis has lost is put back by whoever knows it and has looked within the minute.
    """

    def __init__(
        self, store: Store, development: bool, given: Iterable[str] = (), now_s: Callable[[], float] = time.time
    ) -> None:
        self._store = store
        self._development = development
        self._given = frozenset(site for site in given if is_site(site))
        self._listed: frozenset[str] | None = None
        self._looked_s: float | None = None
        self._now_s = now_s
        self._lock = asyncio.Lock()

    async def permits(self, origin: str) -> bool:
        """Raises StoreDown when the list has never been read and `origin` may be on it."""
        if origin in self._given or (self._development and is_local(origin)):
            return True
        if not is_site(origin):
            return False
        await self.look()
        return self._listed is not None and origin in self._listed

    async def look(self) -> None:
        """Read the list again when it is old. One caller does, the others wait for it."""
        async with self._lock:
            if self._looked_within(FRESH_S):
                return
            try:
                listed = await allowed(self._store)
                if listed is None and self._listed is not None and self._looked_within(KNOWN_S):
                    await allow(self._store, *self._listed)
                    listed = self._listed
            except (StoreDown, StoreRefusal) as error:  # no right to it, or no list: /health/ready says which
                if self._listed is None:
                    raise StoreDown from error
                listed = self._listed
            self._listed = listed
            self._looked_s = self._now_s()

    def _looked_within(self, seconds: float) -> bool:
        return self._looked_s is not None and 0 <= self._now_s() - self._looked_s < seconds


def origin_of(scope: Scope) -> str | None:
    """The Origin header of a request or a WebSocket; None when missing or given twice."""
    values = Headers(scope=scope).getlist("origin")
    return values[0] if len(values) == 1 else None
