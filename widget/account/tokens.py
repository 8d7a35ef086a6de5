"""The tokens of whoever is signed in: in this object, and what renews them in Storage."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from widget.account.device_calls import DeviceCalls
from widget.account.sign_in_service import SignInService
from widget.account.signed_in import SignedIn, checked
from widget.errors import OrderError
from widget.ports import Platform
from widget.wire.base16 import from_hex
from widget.wire.sign_in import FAMILY_BYTES

T = TypeVar("T")


class Tokens:
    """Exchanged for newer ones. `taken` hears of those; other chats of this site may get newer ones too."""

    def __init__(
        self, platform: Platform, service: SignInService, calls: DeviceCalls, taken: Callable[[], None]
    ) -> None:
        self._platform: Platform = platform
        self._service: SignInService = service
        self._calls: DeviceCalls = calls
        self._taken: Callable[[], None] = taken
        self.slot: str = f"refresh {service.base_url}"
        self.signed_in: SignedIn | None = None

    def who(self) -> SignedIn:
        """Whoever is signed in."""
        if self.signed_in is None:
            raise OrderError("order.authenticate", "Not authenticated. Call authenticate() first.")
        return self.signed_in

    def left_ms(self) -> int:
        """How long access lasts."""
        return self.who().ends_ms - self._platform.clock.steady_ms()

    async def in_turn(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Beside the other chats of this site."""
        done = await self._platform.siblings.turn()
        try:
            return await work()
        finally:
            done()

    async def stored(self) -> str:
        """What an earlier visit or another chat of this site left, in hex; "" for nothing."""
        stored = await self._platform.storage.load(self.slot)
        return "" if stored is None else stored.hex()

    async def erase(self) -> None:
        """Nothing renews them any more."""
        await self._platform.storage.erase(self.slot)

    async def newest(self) -> str:
        """The newest refresh token of my sign-in: another chat of this site may have got it.

        While nobody is signed in, what an earlier visit left.
        """
        mine = "" if self.signed_in is None else self.signed_in.refresh
        stored = await self.stored()
        return stored if _is_of_one(stored, mine) else mine

    async def is_kept(self) -> bool:
        """False when another chat of this site has signed out, or somebody else in, since I did."""
        signed_in = self.signed_in
        return signed_in is None or _is_of_one(await self.stored(), signed_in.refresh)

    async def refresh(self, refresh: str) -> None:
        """For a refresh token."""
        await self.take(await self._calls.show_refresh(await self._calls.device_key(), "/token", refresh, {}))

    async def exchange(self, token: str) -> bool:
        """For a token of the site's own login; whether somebody else was here, or nobody."""
        before = self.signed_in
        await self.take(await self._calls.show_token(token))
        return before is None or before.identity.sub != self.who().identity.sub

    async def take(self, reply: dict[str, Any]) -> None:
        """Check what came, and keep it."""
        signed_in = await checked(self._platform, self._service, await self._calls.device_key(), reply)
        self.signed_in = signed_in
        self._taken()
        await self._platform.storage.save(self.slot, from_hex(signed_in.refresh))


def is_by_site(kept: str) -> bool:
    """Of a sign-in by the site there is no refresh token, but the id of its family."""
    return len(kept) == 2 * FAMILY_BYTES


def _is_of_one(refresh: str, other: str) -> bool:
    """Whether two refresh tokens are of one sign-in."""
    return refresh.startswith(other[0 : 2 * FAMILY_BYTES])
