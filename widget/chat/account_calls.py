"""Who is signed in, and on which devices: in and out, and what follows for the room."""

from __future__ import annotations

from collections.abc import Callable

from widget.account.solving import always
from widget.chat.calls import Calls
from widget.emotes.shelf import Shelf
from widget.errors import ChatError
from widget.model import CodeSent, Device
from widget.ports import Deferred
from widget.room.acquaintances import KEY as PEOPLE
from widget.room.own_devices import OwnDevices
from widget.transport.waiting import start


class AccountCalls(Calls):
    """Those about the person's own account. `Auth` tells it what has changed."""

    _devices: OwnDevices
    _shelf: Shelf
    _restoring: Deferred | None
    _signing_in: Deferred

    def is_authenticated(self) -> bool:
        """Whether the state says who it is, and still does so truly."""
        return self._auth.signed_in is not None and self._state.now.via != ""

    async def authenticate(self) -> None:
        """Sign in from an earlier visit, or ask for it (`auth:required`) and wait until it is done."""
        if await self.restore():
            return
        self._events.emit("auth:required", None)
        await self._signing_in.wait()

    async def restore(self) -> bool:
        """Sign in silently with what an earlier visit left; False when somebody has to type something.

        A page that was loaded anew is back in its room, or on the way there.
        """
        restoring = self._restoring
        if restoring is None:
            restoring = start(self._platform.clock, lambda: self._telling(self._restore))
            self._restoring = restoring
        signed_in: bool = await restoring.wait()
        return signed_in

    async def request_code(self, email: str, name: str, goes_on: Callable[[], bool] = always) -> CodeSent:
        """Have a code sent. Where very many are asked for the device works for it while `goes_on` says yes."""
        return await self._telling(lambda: self._auth.request_code(email, name, goes_on))

    def pending_code(self) -> CodeSent | None:
        """The code that is on its way, also since before a reload: after `restore` gave False."""
        return self._auth.pending.sent()

    def forget_code(self) -> None:
        """Nobody waits for the code any more."""
        self._auth.pending.clear()

    async def verify_code(self, code: str) -> None:
        await self._telling(lambda: self._auth.verify_code(code))

    async def become_guest(self, name: str, goes_on: Callable[[], bool] = always) -> None:
        """Come in as a guest, where the service lets the site have any; the device works for it as for a code.

        Who signs in after that, by mail or by the site, stays where they are.
        """
        await self._telling(lambda: self._auth.become_guest(name, goes_on))

    async def identify(self, token: str) -> None:
        """Sign in with a token of the site's own login, or stay signed in; whoever else was is not any more."""
        await self._telling(lambda: self._identify(token))

    async def logout(self, everywhere: bool = False) -> None:
        """Leave the room, revoke the sign-in, wipe the keys: in this order. Perhaps on all devices of the person."""
        await self._telling(lambda: self.sign_out(everywhere))

    async def sign_out(self, everywhere: bool) -> None:
        """The same, when the page's own login says so: also for a chat that was closed meanwhile."""
        await self._rooms.leave()
        await self._auth.sign_out(everywhere)
        await self._rooms.wipe()
        await self._shelf.wipe()
        self._events.emit("auth:logout", None)

    async def devices(self) -> list[Device]:
        """Where the person is signed in."""
        return await self._telling(self._devices.listed)

    async def end_device(self, device_id: str) -> None:
        """Sign out there, within seconds; on all others for ""."""
        await self._telling(lambda: self._devices.end(device_id))

    async def approve_device(self, device_id: str) -> None:
        """Tell people, where both devices are, that this one is the person's too: it is not new to them any more."""
        await self._telling(lambda: self._devices.let_in(device_id, self._rooms.session))

    # What signing in tells.

    def auth_changed(self) -> None:
        signed_in, before = self._auth.signed_in, self._state.now.via
        if signed_in is None:
            self._platform.clock.spawn(self._rooms.wipe())
            self._state.user("", "", "")
        else:
            self._state.user(signed_in.identity.sub, signed_in.identity.name, signed_in.identity.via)
            self._signing_in.settle(None)
            self._signing_in = self._platform.clock.deferred()
            if before == "guest":
                self._rooms.become(signed_in.identity)
        door = self._state.now.via.split(" ")[0]
        self._events.emit("auth:change", {"authenticated": signed_in is not None, "token": None, "door": door})

    def auth_renewed(self) -> None:
        self._platform.clock.spawn(self._show_token())

    async def auth_passed(self) -> None:
        """A guest stays in the room; whoever else was here leaves it."""
        via = self._state.now.via
        if via not in ("", "guest"):
            await self._rooms.leave()
            await self._rooms.wipe()
        self._auth.begun()
        if via != "guest":
            await self._rooms.come_back()

    def auth_ending(self) -> None:
        self._events.emit("auth:required", None)

    def _sibling_told(self, word: str) -> None:
        if word == self._auth.slot:
            self._platform.clock.spawn(self._follow())
        elif word == PEOPLE:
            self._platform.clock.spawn(self._devices.follow(self._rooms.session))

    async def _follow(self) -> None:
        """Another chat of this site signed in or out: so do we. A guest who has signed in stays where they are."""
        try:
            if await self._auth.may_become():
                await self.restore()
            if not await self._auth.is_kept():
                await self._rooms.leave()
                self._auth.forget()
                self.auth_changed()
                self._events.emit("auth:logout", None)
            await self.restore()
        except ChatError:
            return  # the `error` event has told

    async def _restore(self) -> bool:
        try:
            was_in = self._auth.signed_in is not None
            signed_in = await self._auth.restore()
            if signed_in and not was_in:
                await self._rooms.come_back()
            return signed_in
        finally:
            self._restoring = None

    async def _identify(self, token: str) -> None:
        if await self._auth.identify(token):
            await self.auth_passed()
        else:
            self.auth_renewed()

    async def _show_token(self) -> None:
        if self._rooms.session is not None:
            try:
                await self._rooms.session.signaling.renew()
            except ChatError as error:
                self.failed(error)
