"""The parts of the sign-in service, put together once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from auth.browsers import browser_and_system
from auth.client_ip import client_ip
from auth.countries import Countries
from auth.hpke import Opened, open_request
from auth.keys import KeyBook, Keys
from auth.log import Log
from auth.mail.queue import MailQueue
from auth.metrics import Metrics
from auth.once import first_use
from auth.problems import BODY_TOO_LARGE, BODY_TYPE, ORIGIN_REFUSED, SEAL_REPLAY, Problem
from auth.quotas import Quotas
from auth.settings import Settings
from auth.store.devices import Devices, Traits
from auth.store.families import Families
from auth.store.memory import AuthStore
from auth.store.shared import Store


@dataclass(frozen=True)
class Service:
    """What handlers share. `now_s` is the service's clock; the store has its own."""

    settings: Settings
    book: KeyBook
    store: Store
    memory: AuthStore
    families: Families
    devices: Devices
    quotas: Quotas
    mails: MailQueue
    countries: Countries
    log: Log
    metrics: Metrics
    now_s: Callable[[], float]

    def keys(self) -> Keys:
        return self.book.current(int(self.now_s()))

    def traits(self, call: Call) -> Traits:
        """Of the device that calls."""
        return (*browser_and_system(call.browser), self.countries.of(call.address))


@dataclass(frozen=True)
class Call:
    """One sealed request, opened."""

    origin: str
    address: str
    browser: str
    opened: Opened
    keys: Keys


async def open_call(service: Service, request: Request, media_type: str, path: str) -> Call:
    """Check type and size, open the seal. Nothing has been written anywhere yet: take quotas, then `claim`."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != media_type:
        raise Problem(BODY_TYPE)
    body = await read_body(request, service.settings.body_bytes)
    origin = request.headers.get("origin")
    if origin is None:
        raise Problem(ORIGIN_REFUSED)
    keys = service.keys()
    opened = open_request(keys, body, path, origin, service.now_s(), service.settings.seal_skew_s)
    address = client_ip(request.scope, service.settings.trusted_proxies)
    return Call(origin, address, request.headers.get("user-agent", ""), opened, keys)


async def claim(service: Service, call: Call) -> None:
    """A request id counts once: a copy of a sealed body is refused by whichever worker gets it."""
    if not await first_use(service.store, "rid", call.opened.rid.hex(), service.settings.seal_once_s):
        raise Problem(SEAL_REPLAY)


async def read_body(request: Request, limit_bytes: int) -> bytes:
    """The body, given up as soon as it is too long, whatever Content-Length says."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit_bytes:
        raise Problem(BODY_TOO_LARGE)
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit_bytes:
            raise Problem(BODY_TOO_LARGE)
        parts.append(part)
    return b"".join(parts)
