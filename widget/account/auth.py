"""Signing in with a code by e-mail, staying signed in, and signing out.

Tokens stay in this object (and the refresh token in Storage): no state, event or error ever holds one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from widget.account.code_request import ask_for_code
from widget.account.pending import Challenge, Pending
from widget.account.sign_in_service import SignInService
from widget.account.signed_in import DAY_S, SignedIn, checked
from widget.core.codes import code_in
from widget.core.limits import RENEW_AHEAD_MS, RENEW_NOW_MS
from widget.crypto.device import DeviceKey, erase_device, open_device
from widget.errors import ChatError, OrderError, RefusedError, UnreachableError
from widget.model import CodeSent
from widget.ports import Deferred, Platform
from widget.transport.refusals import refused
from widget.transport.waiting import Backoff, start
from widget.wire.base16 import from_hex
from widget.wire.fields import hex_field, int_field
from widget.wire.labels import REFRESH
from widget.wire.sign_in import FAMILY_BYTES, login_bytes, shown_bytes


class AuthOwner(Protocol):
    """The chat."""

    def auth_changed(self) -> None:
        """Signed in or out."""
        ...

    def auth_renewed(self) -> None:
        """There is a newer access token."""
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
    ) -> None:
        self._platform: Platform = platform
        self._service: SignInService = service
        self._owner: AuthOwner = owner
        self._backoff: Backoff = Backoff(platform.crypto.digest)
        self._device: Deferred | None = None
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
        self._platform.siblings.tell(self.slot)
        self.pending.clear()
        self._owner.auth_changed()

    async def restore(self) -> bool:
        """Sign in with what an earlier visit left here; False when there is nothing or it is worth nothing.

        Then a code that was on its way to this tab still is.
        """
        if self.signed_in is not None:
            return True
        done = await self._platform.siblings.turn()
        try:
            refresh = await self._platform.storage.load(self.slot)
            if refresh is None:
                if self.pending.is_noted():
                    self.pending.resume((await self.device_key()).jkt.hex())
                return False
            self._prepare()
            await self._refresh(refresh.hex())
        except RefusedError as error:
            if not _is_end(error):
                raise
            await self._platform.storage.erase(self.slot)
            return False
        finally:
            done()
        self.pending.clear()
        self._owner.auth_changed()
        return True

    async def access_token(self) -> str:
        """An access token that is still good for a while."""
        if self.who().ends_ms - self._platform.clock.steady_ms() < RENEW_NOW_MS:
            await self.renew()
        return self.who().access

    async def renew(self) -> None:
        """Fetch newer tokens; several callers share one request."""
        renewing = self._renewing
        if renewing is None:
            renewing = start(self._platform.clock, self._renew)
            self._renewing = renewing
        await renewing.wait()

    async def sign_out(self) -> None:
        """Forget everything here, then revoke at the service, whether or not that answers."""
        device = await self.device_key()
        done = await self._platform.siblings.turn()
        signed_in = self.signed_in
        refresh = "" if signed_in is None else await self._newest(signed_in.refresh)
        self.forget()
        await self._platform.storage.erase(self.slot)
        await erase_device(self._platform.storage)
        done()
        self._platform.siblings.tell(self.slot)
        try:
            if signed_in is not None:
                await self._call_with_refresh(device, "/logout", refresh)
        except RefusedError as error:
            if not _is_end(error):
                self._owner.failed(error)
        except UnreachableError:
            text = "You are signed out here. The service did not answer; it ends the sign-in later."
            self._owner.failed(UnreachableError("unreachable", text))
        finally:
            self._owner.auth_changed()

    async def is_kept(self) -> bool:
        """False when another chat of this site has signed out, or somebody else in, since I did."""
        signed_in = self.signed_in
        return signed_in is None or _is_of_one(await self._stored(), signed_in.refresh)

    def forget(self) -> None:
        """Signed out as far as this object knows."""
        self.stop()
        self.signed_in = None
        self.pending.clear()
        self._device = None

    def stop(self) -> None:
        """No more renewals; the sign-in stays in Storage for the next visit."""
        self._cancel_renewal()

    async def device_key(self) -> DeviceKey:
        opening = self._device
        if opening is None:
            opening = start(self._platform.clock, self._open_device)
            self._device = opening
        device: DeviceKey = await opening.wait()
        return device

    async def _open_device(self) -> DeviceKey:
        return await open_device(self._platform.crypto, self._platform.storage, self._platform.clock.now_ms())

    def _prepare(self) -> None:
        """Have the published keys at hand when the tokens come; a failure shows then."""
        start(self._platform.clock, self._service.trust)

    async def _renew(self) -> None:
        done = await self._platform.siblings.turn()
        try:
            await self._refresh(await self._newest(self.who().refresh))
            self._owner.auth_renewed()
        finally:
            done()
            self._renewing = None

    async def _stored(self) -> str:
        stored = await self._platform.storage.load(self.slot)
        return "" if stored is None else stored.hex()

    async def _newest(self, mine: str) -> str:
        """The newest refresh token of my sign-in: another chat of this site may have got it."""
        stored = await self._stored()
        return stored if _is_of_one(stored, mine) else mine

    async def _renew_in_time(self) -> None:
        try:
            await self.renew()
        except ChatError as error:
            pause_ms = self._backoff.next_ms()
            if isinstance(error, RefusedError):
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
        await self._take(await self._call_with_refresh(await self.device_key(), "/token", refresh))

    async def _call_with_refresh(self, device: DeviceKey, path: str, refresh: str) -> dict[str, Any]:
        rid = self._service.new_rid()
        digest = await self._platform.crypto.digest.sha256(from_hex(refresh))
        signature = await device.sign_labelled(shown_bytes(REFRESH, rid, digest, self._platform.origin))
        fields: dict[str, Any] = {"refresh": refresh, "dk": device.public.hex(), "sig": signature.hex()}
        return await self._service.call(path, fields, rid)

    async def _take(self, reply: dict[str, Any]) -> None:
        """Check what came, keep it, plan the next renewal."""
        signed_in = await checked(self._platform, self._service, await self.device_key(), reply)
        self.signed_in = signed_in
        self._backoff.reset()
        self._renew_later(max(1000, signed_in.ends_ms - self._platform.clock.steady_ms() - RENEW_AHEAD_MS))
        await self._platform.storage.save(self.slot, from_hex(signed_in.refresh))


def _is_end(error: RefusedError) -> bool:
    return error.code in ("token.invalid", "token.reused")


def _is_of_one(refresh: str, other: str) -> bool:
    """Whether two refresh tokens are of one sign-in."""
    return refresh.startswith(other[0 : 2 * FAMILY_BYTES])
