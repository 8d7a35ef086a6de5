"""Calls to the sign-in service that only it can read."""

from __future__ import annotations

from typing import Any

from widget.core.api import Api
from widget.core.keys import PublishedKeys
from widget.crypto.sealed_call import SealedCalls
from widget.errors import CwError, RefusedError
from widget.ports import Clock

SEALED: str = "application/cw-hpke"


class SealedService:
    """Seals to the pinned key, or to a newer one when the service no longer knows that."""

    def __init__(self, clock: Clock, api: Api, keys: PublishedKeys, calls: SealedCalls) -> None:
        self._clock: Clock = clock
        self._api: Api = api
        self._keys: PublishedKeys = keys
        self._calls: SealedCalls = calls

    @property
    def base_url(self) -> str:
        return self._api.base_url

    def new_rid(self) -> bytes:
        """A fresh request id, 16 bytes; signatures inside a request cover it."""
        return self._calls.new_rid()

    async def call(self, path: str, fields: dict[str, Any], rid: bytes) -> dict[str, Any]:
        try:
            return await self._call(path, fields, rid)
        except RefusedError as error:
            if error.code != "key.unknown":
                raise
            newer = (await self._keys.fetch()).seal_public(self._clock.now_ms())
            if newer is None:
                raise
            self._calls.use_seal_key(newer)
        return await self._call(path, fields, rid)

    async def _call(self, path: str, fields: dict[str, Any], rid: bytes) -> dict[str, Any]:
        request = await self._calls.request("POST", path, fields, rid, self._clock.now_ms())
        response = await self._api.call("POST", path, {"content-type": SEALED}, request.body)
        try:
            return await self._calls.reply(request, response.body)
        except CwError as error:
            raise RefusedError("reply.broken", f"{self._api.who} gave an answer that is not its own.", 0, 0) from error
