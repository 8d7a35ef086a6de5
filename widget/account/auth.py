"""Signing in with a code by e-mail or by the site's own login, staying signed in, and signing out.

Tokens stay in this object (and the refresh token in Storage): no state, event or error ever holds one.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

from widget.account.code_request import ask_for_code
from widget.account.device_calls import DeviceCalls
from widget.account.devices import read_devices
from widget.account.pending import Challenge, Pending
from widget.account.sign_in_service import SignInService
from widget.account.signed_in import DAY_S, SignedIn, checked
from widget.core.codes import code_in
from widget.core.config import TokenProvider
from widget.core.limits import PAGE_ANSWER_MS, RENEW_AHEAD_MS, RENEW_NOW_MS
from widget.crypto.device import DeviceKey
from widget.errors import ChatError, OrderError, RefusedError, UnreachableError
from widget.model import CodeSent, Device
from widget.ports import Deferred, Platform
from widget.transport.refusals import refused
from widget.transport.waiting import Backoff, start, within
from widget.wire.base16 import from_hex
from widget.wire.fields import hex_field, int_field
from widget.wire.sign_in import FAMILY_BYTES, login_bytes

T = TypeVar("T")
OUT: str = "You are not signed in on this site. Sign in there, then come back."


class AuthOwner(Protocol):
    """The chat."""

    def auth_changed(self) -> None:
        """Signed in or out."""
        ...

    def auth_renewed(self) -> None:
        """There is a newer access token."""
        ...

    def auth_ending(self) -> None:
        """The page has to bring a newer token, or the sign-in ends."""
        ...

    async def logout(self, everywhere: bool) -> None:
        """The page says that nobody is signed in on the site."""
        ...

    def failed(self, error: ChatError) -> None: ...


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
        self._backoff: Backoff = Backoff(platform.crypto.digest)
        self._provider: TokenProvider | None = provider
        self._calls: DeviceCalls = DeviceCalls(platform, service)
        self._is_ending: bool = False
        self._renewing: Deferred | None = None
        self.slot: str = f"refresh {service.base_url}"
        self._cancel_renewal: Callable[[], None] = lambda: None
        self.pending: Pending = pending
        self.signed_in: SignedIn | None = None

    def who(self) -> SignedIn:
        """Whoever is signed in."""
        if self.signed_in is None:
            raise OrderError("order.authenticate", "Not authenticated. Call authenticate() first.")
        return self.signed_in

    async def request_code(self, email: str, name: str, goes_on: Callable[[], bool]) -> CodeSent:
        """Have a code sent to `email`; `name` is what others will see.

        The service may want a puzzle solved for it: then `goes_on` is asked again and again whether to go on.
        """
        self._prepare()
        device = await self.device_key()
        reply = await ask_for_code(self._platform, self._service, device, email, goes_on)
        asked, nonce = hex_field(reply, "challenge", 16), hex_field(reply, "nonce", 32)
        challenge = Challenge(email, name, asked, nonce, device.jkt.hex())
        sent = CodeSent(email, int_field(reply, "expiresIn", 1, DAY_S), int_field(reply, "resendAfter", 0, DAY_S), name)
        self.pending.begin(challenge, sent.expires_in_s * 1000, sent.resend_after_s * 1000)
        return sent

    async def verify_code(self, code: str) -> None:
        """Sign in with the code that came by mail, in digits of any script; `code` may quote its whole sentence."""
        challenge = self.pending.challenge
        if challenge is None:
            raise OrderError("order.code", "No code was requested. Call requestCode() first.")
        device = await self.device_key()
        rid = self._service.new_rid()
        typed = code_in(code)
        if typed == "":  # which would cost one of the few tries
            raise refused("code.wrong", 0)
        asked, nonce = from_hex(challenge.id), from_hex(challenge.nonce)
        signature = await device.sign_labelled(login_bytes(asked, nonce, rid, self._platform.origin))
        fields: dict[str, Any] = {
            "email": challenge.email,
            "challenge": challenge.id,
            "code": typed,
            "name": challenge.name,
            "dk": device.public.hex(),
            "sig": signature.hex(),
        }
        await self._take(await self._service.call("/otp/verify", fields, rid))
        self.begun()

    async def identify(self, token: str) -> bool:
        """Sign in, or stay so, with a token of the site's own login; whether somebody else was here, or nobody.

        Then it counts with `begun`.
        """
        before = self.signed_in
        self._prepare()
        await self._in_turn(lambda: self._exchange(token))
        return before is None or before.identity.sub != self.who().identity.sub

    def begun(self) -> None:
        """The other chats of this site follow."""
        self._platform.siblings.tell(self.slot)
        self.pending.clear()
        self._owner.auth_changed()

    async def restore(self) -> bool:
        """Sign in by the site, or with what an earlier visit left here; False when there is nothing that is any good.

        Then a code that was on its way to this tab still is.
        """
        if self.signed_in is not None:
            return True
        token = await self._site_token()
        if token != "":
            await self.identify(token)
            self.begun()
            return True
        if self._provider is not None and _is_by_site(await self._stored()):
            await self._owner.logout(True)
        if not await self._in_turn(self._go_on):
            return False
        self.pending.clear()
        self._owner.auth_changed()
        return True

    async def access_token(self) -> str:
        """An access token that is still good for a while."""
        if self._left_ms() < RENEW_NOW_MS:
            await self.renew()
        return self.who().access

    def _left_ms(self) -> int:
        return self.who().ends_ms - self._platform.clock.steady_ms()

    async def renew(self) -> None:
        """Fetch newer tokens; several callers share one request."""
        renewing = self._renewing
        if renewing is None:
            renewing = start(self._platform.clock, self._renew)
            self._renewing = renewing
        await renewing.wait()

    async def sign_out(self, everywhere: bool) -> None:
        """Forget everything here, then revoke at the service, whether or not that answers."""
        device = await self.device_key()
        done = await self._platform.siblings.turn()
        signed_in = self.signed_in
        refresh = await self._newest("" if signed_in is None else signed_in.refresh)
        self.forget()
        await self._platform.storage.erase(self.slot)
        await self._calls.erase()
        done()
        self._platform.siblings.tell(self.slot)
        try:
            if refresh != "":
                await self._calls.show_refresh(device, "/logout", refresh, {"everywhere": everywhere})
        except RefusedError as error:
            if not _is_end(error):
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
        if self.signed_in is not None:
            self._is_ending = True
            await self._renew_in_time()

    async def is_kept(self) -> bool:
        """False when another chat of this site has signed out, or somebody else in, since I did."""
        signed_in = self.signed_in
        return signed_in is None or _is_of_one(await self._stored(), signed_in.refresh)

    def forget(self) -> None:
        """Signed out as far as this object knows."""
        self.stop()
        self.signed_in = None
        self.pending.clear()
        self._calls.forget()

    def stop(self) -> None:
        """No more renewals; the sign-in stays in Storage for the next visit."""
        self._cancel_renewal()

    async def device_key(self) -> DeviceKey:
        return await self._calls.device_key()

    def _prepare(self) -> None:
        """Have the published keys at hand when the tokens come; a failure shows then."""
        start(self._platform.clock, self._service.trust)

    async def _site_token(self) -> str:
        """What the page gives; "" when nobody is signed in there, or it cannot be asked."""
        provider = self._provider
        return "" if provider is None else await within(self._platform.clock, provider)

    async def _renew(self) -> None:
        try:
            token = ""
            if _is_by_site(self.who().refresh):
                token = await self._site_token()
                if token == "":
                    await self._owner.logout(self._provider is not None)
                    raise RefusedError("site.out", OUT)
            await self._in_turn(lambda: self._go_on_with(token))
            self._owner.auth_renewed()
        finally:
            self._renewing = None

    async def _go_on_with(self, token: str) -> None:
        if token == "":
            await self._refresh(await self._newest(self.who().refresh))
        else:
            await self._exchange(token)

    async def _go_on(self) -> bool:
        """With what an earlier visit left here."""
        kept = await self._stored()
        if kept == "" and self.pending.is_noted():
            self.pending.resume((await self.device_key()).jkt.hex())
        if kept == "" or _is_by_site(kept):
            return False
        self._prepare()
        try:
            await self._refresh(kept)
        except RefusedError as error:
            if not _is_end(error):
                raise
            await self._platform.storage.erase(self.slot)
            return False
        return True

    async def _in_turn(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Beside the other chats of this site."""
        done = await self._platform.siblings.turn()
        try:
            return await work()
        finally:
            done()

    async def _of_mine(self, path: str, more: dict[str, Any]) -> dict[str, Any]:
        refresh = await self._newest(self.who().refresh)
        return await self._calls.show_refresh(await self.device_key(), path, refresh, more)

    async def _stored(self) -> str:
        stored = await self._platform.storage.load(self.slot)
        return "" if stored is None else stored.hex()

    async def _newest(self, mine: str) -> str:
        """The newest refresh token of my sign-in: another chat of this site may have got it."""
        stored = await self._stored()
        return stored if _is_of_one(stored, mine) else mine

    async def _renew_in_time(self) -> None:
        if self._provider is None and _is_by_site(self.who().refresh) and not self._is_ending:
            self._is_ending = True
            self._renew_later(max(PAGE_ANSWER_MS, self._left_ms()))
            self._owner.auth_ending()
            return
        try:
            await self.renew()
        except ChatError as error:
            pause_ms = self._backoff.next_ms()
            if isinstance(error, RefusedError):
                if error.code.startswith("site."):
                    self._owner.failed(error)
                    if self.signed_in is None:
                        return
                if _is_end(error):
                    if await self.is_kept():
                        await self._platform.storage.erase(self.slot)
                    self.forget()
                    self._platform.siblings.tell(self.slot)
                    self._owner.auth_changed()
                    self._owner.failed(error)
                    return
                pause_ms += error.retry_after_s * 1000
            self._renew_later(pause_ms)

    def _renew_later(self, delay_ms: int) -> None:
        self.stop()
        clock = self._platform.clock
        self._cancel_renewal = clock.after(delay_ms, lambda: clock.spawn(self._renew_in_time()))

    async def _refresh(self, refresh: str) -> None:
        await self._take(await self._calls.show_refresh(await self.device_key(), "/token", refresh, {}))

    async def _exchange(self, token: str) -> None:
        await self._take(await self._calls.show_token(token))

    async def _take(self, reply: dict[str, Any]) -> None:
        """Check what came, keep it, plan the next renewal."""
        signed_in = await checked(self._platform, self._service, await self.device_key(), reply)
        self.signed_in = signed_in
        self._is_ending = False
        self._backoff.reset()
        self._renew_later(max(1000, self._left_ms() - RENEW_AHEAD_MS))
        await self._platform.storage.save(self.slot, from_hex(signed_in.refresh))


def _is_end(error: RefusedError) -> bool:
    return error.code in ("token.invalid", "token.reused")


def _is_by_site(kept: str) -> bool:
    """Of a sign-in by the site there is no refresh token, but the id of its family."""
    return len(kept) == 2 * FAMILY_BYTES


def _is_of_one(refresh: str, other: str) -> bool:
    """Whether two refresh tokens are of one sign-in."""
    return refresh.startswith(other[0 : 2 * FAMILY_BYTES])
