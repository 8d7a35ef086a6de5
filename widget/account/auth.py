"""Signing in with a code by e-mail, by the site's own login or as a guest, staying signed in, and signing out.

Tokens stay in what this object has (and the refresh token in Storage): no state, event or error ever holds one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from widget.account.auth_owner import AuthOwner
from widget.account.device_calls import DeviceCalls
from widget.account.devices import read_devices
from widget.account.mail_door import MailDoor
from widget.account.pending import Pending
from widget.account.renewal import Renewal, is_end
from widget.account.sign_in_service import SignInService
from widget.account.signed_in import SignedIn
from widget.account.tokens import Tokens, is_by_site
from widget.core.config import TokenProvider
from widget.core.limits import RENEW_NOW_MS
from widget.crypto.device import DeviceKey
from widget.errors import RefusedError, StoppedError, UnreachableError
from widget.model import CodeSent, Device
from widget.ports import Platform
from widget.transport.waiting import start


class Auth:
    """One person on one device."""

    def __init__(
        self,
        platform: Platform,
        service: SignInService,
        owner: AuthOwner,
        pending: Pending,
        provider: TokenProvider | None,
    ) -> None:
        self._platform: Platform = platform
        self._service: SignInService = service
        self._owner: AuthOwner = owner
        self._has_provider: bool = provider is not None
        self._calls: DeviceCalls = DeviceCalls(platform, service)
        self._tokens: Tokens = Tokens(platform, service, self._calls, lambda: self._renewal.plan())
        self._renewal: Renewal = Renewal(platform, self._tokens, owner, provider, self.forget)
        self._mail: MailDoor = MailDoor(platform, service, pending)
        self.slot: str = self._tokens.slot
        self.pending: Pending = pending

    @property
    def signed_in(self) -> SignedIn | None:
        return self._tokens.signed_in

    def who(self) -> SignedIn:
        """Whoever is signed in."""
        return self._tokens.who()

    async def request_code(self, email: str, name: str, goes_on: Callable[[], bool]) -> CodeSent:
        """Have a code sent to `email`; `name` is what others will see.

        The service may want a puzzle solved for it: then `goes_on` is asked again and again whether to go on.
        """
        self._prepare()
        return await self._mail.ask(await self.device_key(), email, name, goes_on)

    async def verify_code(self, code: str) -> None:
        """Sign in with the code that came by mail, in digits of any script; `code` may quote its whole sentence."""
        await self._tokens.in_turn(lambda: self._show(code))
        self.begun()

    async def identify(self, token: str) -> bool:
        """Sign in, or stay so, with a token of the site's own login; whether somebody else was here, or nobody.

        Then it counts with `begun`.
        """
        self._prepare()
        return await self._tokens.in_turn(lambda: self._tokens.exchange(token))

    async def become_guest(self, name: str, goes_on: Callable[[], bool]) -> None:
        """Come in with this device and nobody behind it. It works for that, while `goes_on` says yes."""
        self._prepare()
        reply = await self._calls.show_name(name, goes_on)
        if not goes_on():
            raise StoppedError("order.stopped", "Stopped.")
        await self._tokens.take(reply)
        self.begun()

    def begun(self) -> None:
        """The other chats of this site follow."""
        self._platform.siblings.tell(self.slot)
        self.pending.clear()
        self._owner.auth_changed()

    async def restore(self) -> bool:
        """Sign in by the site, or with what an earlier visit left here; False when there is nothing that is any good.

        Then a code that was on its way to this tab still is.
        """
        signed_in = self.signed_in
        if signed_in is not None and signed_in.identity.via != "guest":
            return True
        token = await self._renewal.site_token()
        if token != "":
            await self.identify(token)
            self.begun()
            return True
        if signed_in is not None and await self._tokens.is_kept():
            return True
        if self._has_provider and is_by_site(await self._tokens.stored()):
            await self._owner.sign_out(True)
        if not await self._tokens.in_turn(self._go_on):
            return False
        self.pending.clear()
        self._owner.auth_changed()
        return True

    async def access_token(self) -> str:
        """An access token that is still good for a while."""
        if self._tokens.left_ms() < RENEW_NOW_MS:
            await self.renew()
        return self.who().access

    async def renew(self) -> None:
        """Fetch newer tokens; several callers share one request."""
        await self._renewal.now()

    async def sign_out(self, everywhere: bool) -> None:
        """Forget everything here, then revoke at the service, whether or not that answers."""
        device = await self.device_key()
        done = await self._platform.siblings.turn()
        refresh = await self._tokens.newest()
        self.forget()
        await self._tokens.erase()
        await self._calls.erase()
        done()
        self._platform.siblings.tell(self.slot)
        try:
            if refresh != "":
                await self._calls.show_refresh(device, "/logout", refresh, {"everywhere": everywhere})
        except RefusedError as error:
            if not is_end(error):
                self._owner.failed(error)
        except UnreachableError:
            text = "You are signed out here. The service did not answer; it ends the sign-in later."
            self._owner.failed(UnreachableError("unreachable", text))
        finally:
            self._owner.auth_changed()

    async def devices(self) -> list[Device]:
        """Where I am signed in, this device too."""
        return read_devices(self._platform.clock, await self._of_mine("/devices", {}))

    async def end_device(self, device_id: str) -> None:
        """Sign out there; on all others for ""."""
        await self._of_mine("/devices/end", {"others": True} if device_id == "" else {"id": device_id})

    async def doubt(self) -> None:
        """A service says that this sign-in was ended: the one that knows is asked, or the page."""
        await self._renewal.doubt()

    async def is_kept(self) -> bool:
        """False when another chat of this site has signed out, or somebody else in, since I did."""
        return await self._tokens.is_kept()

    async def may_become(self) -> bool:
        """Whether I am a guest, and who has signed in in another chat of this site has done so on my device."""
        signed_in = self.signed_in
        if signed_in is None or signed_in.identity.via != "guest" or await self._tokens.stored() == "":
            return False
        self._calls.forget()  # one may have signed out before, and that makes another device
        return (await self.device_key()).jkt == signed_in.identity.jkt

    def forget(self) -> None:
        """Signed out as far as this object knows."""
        self.stop()
        self._tokens.signed_in = None
        self.pending.clear()
        self._calls.forget()

    def stop(self) -> None:
        """No more renewals; the sign-in stays in Storage for the next visit."""
        self._renewal.stop()

    async def device_key(self) -> DeviceKey:
        return await self._calls.device_key()

    def _prepare(self) -> None:
        """Have the published keys at hand when the tokens come; a failure shows then."""
        start(self._platform.clock, self._service.trust)

    async def _show(self, code: str) -> None:
        await self._tokens.take(await self._mail.show(await self.device_key(), code))

    async def _go_on(self) -> bool:
        """With what an earlier visit left here."""
        kept = await self._tokens.stored()
        if kept == "" and self.pending.is_noted():
            self.pending.resume((await self.device_key()).jkt.hex())
        if kept == "" or is_by_site(kept):
            return False
        self._prepare()
        try:
            await self._tokens.refresh(kept)
        except RefusedError as error:
            if not is_end(error):
                raise
            await self._tokens.erase()
            return False
        return True

    async def _of_mine(self, path: str, more: dict[str, Any]) -> dict[str, Any]:
        self.who()
        refresh = await self._tokens.newest()
        return await self._calls.show_refresh(await self.device_key(), path, refresh, more)
