"""The auth service's published keys, fetched once and again when they run out."""

from __future__ import annotations

from widget.core.api import Api
from widget.crypto.service_key import ServiceKey
from widget.crypto.trust import Trust, open_trust
from widget.errors import CwError, RefusedError
from widget.ports import Crypto, Deferred, Platform
from widget.wire.codec import utf8

PATH: str = "/.well-known/cw-keys"


class PublishedKeys:
    """Gives the current `Trust`; several askers share one request."""

    def __init__(self, platform: Platform, api: Api, service_key: ServiceKey) -> None:
        self._platform: Platform = platform
        self._api: Api = api
        self._service_key: ServiceKey = service_key
        self._trust: Trust | None = None
        self._fetching: Deferred | None = None

    async def trust(self) -> Trust:
        trust = self._trust
        if trust is not None and self._platform.clock.now_ms() < trust.exp_ms():
            return trust
        return await self.fetch()

    async def fetch(self) -> Trust:
        """A newer document than the one at hand; UnreachableError or RefusedError when there is none to be trusted."""
        fetching = self._fetching
        if fetching is None:
            fetching = self._platform.clock.deferred()
            self._fetching = fetching
            self._platform.clock.spawn(self._fetch(fetching))
        found = await fetching.wait()
        if not isinstance(found, Trust):
            raise _not_trusted()
        return found

    async def _fetch(self, done: Deferred) -> None:
        try:
            response = await self._api.call("GET", PATH, {}, b"")
            crypto: Crypto = self._platform.crypto
            now_ms = self._platform.clock.now_ms()
            trust = await open_trust(crypto, self._service_key, utf8(response.body).strip(), now_ms)
            self._trust = trust
            done.settle(trust)
        except CwError:
            done.fail(_not_trusted())
        except Exception as error:
            done.fail(error)
        finally:
            self._fetching = None


def _not_trusted() -> RefusedError:
    return RefusedError(
        "keys.untrusted",
        "The sign-in service's keys do not belong to otpEncryptionKey. Nothing was sent; check the configuration.",
        0,
        0,
    )
