"""The sign-in service: its published keys, and calls that only it can read."""

from __future__ import annotations

from typing import Any

from widget.core.api import Api
from widget.core.service_clock import ServiceClock
from widget.core.times import LAST_MS
from widget.crypto.sealed_call import SealedCalls
from widget.crypto.service_key import ServiceKey
from widget.crypto.trust import Trust, open_trust
from widget.errors import CwError, RefusedError
from widget.ports import Deferred, Platform
from widget.transport.waiting import start
from widget.wire.codec import Reader, Writer, utf8
from widget.wire.fields import int_field

KEYS: str = "/.well-known/cw-keys"
ENDED: str = "/.well-known/cw-ended"
NEWEST: str = "keys"
SEALED: str = "application/cw-hpke"


class SignInService:
    """Seals to the pinned key, or to a newer one when the service no longer knows that."""

    def __init__(self, platform: Platform, clock: ServiceClock, api: Api, service_key: ServiceKey) -> None:
        self._platform: Platform = platform
        self._clock: ServiceClock = clock
        self._api: Api = api
        self._service_key: ServiceKey = service_key
        self._calls: SealedCalls = SealedCalls(platform.crypto, service_key, platform.origin)
        self._trust: Trust | None = None
        self._fetching: Deferred | None = None
        self.base_url: str = api.base_url

    async def trust(self) -> Trust:
        """The published keys, fetched once and again when they run out."""
        trust = self._trust
        if trust is not None and self._clock.now_ms() < trust.exp_ms:
            return trust
        return await self.fetch_trust()

    async def fetch_trust(self) -> Trust:
        """A newer document than the one at hand; several askers share one request."""
        fetching = self._fetching
        if fetching is None:
            fetching = start(self._clock, self._fetch)
            self._fetching = fetching
        trust: Trust = await fetching.wait()
        return trust

    async def ended(self) -> str:
        """The signed list of the devices that were signed out from elsewhere."""
        return utf8(await self._api.call("GET", ENDED, {}, b""))

    def new_rid(self) -> bytes:
        """A fresh request id, 16 bytes; signatures inside a request cover it."""
        return self._calls.new_rid()

    async def call(self, path: str, fields: dict[str, Any], rid: bytes) -> dict[str, Any]:
        try:
            return await self._call(path, fields, rid)
        except RefusedError as error:
            if error.code != "key.unknown":
                raise
            newer = (await self.fetch_trust()).seal_public(self._clock.now_ms())
            if newer is None:
                raise
            self._calls.use_seal_key(newer)
        return await self._call(path, fields, rid)

    async def _call(self, path: str, fields: dict[str, Any], rid: bytes) -> dict[str, Any]:
        request = await self._calls.request("POST", path, fields, rid, self._clock.now_ms())
        body = await self._api.call("POST", path, {"content-type": SEALED}, request.body)
        try:
            reply = await self._calls.reply(request, body)
            self._clock.hear(int_field(reply, "now", 0, LAST_MS))
            return reply
        except CwError as error:
            text = "The sign-in service gave an answer that is not its own."
            raise RefusedError("reply.broken", text) from error

    async def _fetch(self) -> Trust:
        try:
            text = utf8(await self._api.call("GET", KEYS, {}, b"")).strip()
            now_ms = self._clock.now_ms()
            trust = await open_trust(self._platform.crypto, self._service_key, text, now_ms)
            await self._compare(trust)
            self._trust = trust
            return trust
        except CwError as error:
            text = "The sign-in service's keys do not belong to otpEncryptionKey. Check it."
            raise RefusedError("keys.untrusted", text) from error
        finally:
            self._fetching = None

    async def _compare(self, trust: Trust) -> None:
        """With the newest that this device has seen: an older list would bring back a key that was withdrawn."""
        storage = self._platform.storage
        name = f"{NEWEST} {self._service_key.root_sha256.hex()}"
        noted = await storage.load(name)
        newest_ms = 0 if noted is None else Reader(noted).u64()
        if trust.iat_ms < newest_ms:
            text = "The sign-in service shows keys that are older than those it showed before. Tell its owner."
            raise RefusedError("keys.old", text)
        if trust.iat_ms > newest_ms:
            await storage.save(name, Writer().u64(trust.iat_ms).done())
