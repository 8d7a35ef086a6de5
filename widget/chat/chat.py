"""ChatCore: the chat without a screen, and the only place where its parts are wired together."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from widget.account.auth import Auth
from widget.account.pending import Pending
from widget.account.sign_in_service import SignInService
from widget.account.solving import always
from widget.chat.rooms import Rooms, address_of
from widget.core.api import Api
from widget.core.config import ChatConfig, check_complete, service_url
from widget.core.emote_choice import choice_trouble
from widget.core.events import Events, Listener
from widget.core.service_clock import ServiceClock
from widget.core.state import State
from widget.crypto.genesis import show_invite
from widget.crypto.service_key import parse_service_key
from widget.emotes.answer import Places
from widget.emotes.catalogue import Catalogue
from widget.emotes.parse import parse_emotes
from widget.emotes.shelf import Shelf
from widget.errors import ChatError, StoppedError
from widget.model import ChatState, CodeSent, Device, Listing, ParsedEmotes, RoomLook, RoomMetadata
from widget.ports import Deferred, Platform
from widget.room.acquaintances import KEY as PEOPLE
from widget.room.acquaintances import Acquaintances
from widget.room.arrival import Arrival
from widget.room.own_devices import OwnDevices
from widget.room.rooms_api import RoomsApi
from widget.room.shared import Shared
from widget.room.visits import Visits
from widget.transport.waiting import start

T = TypeVar("T")
WANTED: str = "wanted"


class ChatCore:
    """Public calls raise ChatErrors whose messages are for people; the `error` event hears the same ones."""

    def __init__(self, config: ChatConfig, platform: Platform) -> None:
        check_complete(config)
        auth_url = service_url("authApiUrl", config.auth_api_url)
        pending = Pending(platform.storage, platform.clock, f"code {auth_url}")
        clock = ServiceClock(platform.clock)
        platform = _with_clock(platform, clock)
        signaling_url = service_url("signalingUrl", config.signaling_url)
        headers = config.custom_headers
        auth_api = Api(platform, auth_url, headers)
        service = SignInService(platform, clock, auth_api, parse_service_key(config.otp_encryption_key))
        self._platform: Platform = platform
        self._events: Events = Events(platform.clock)
        self._state: State = State(platform.clock, self._events)
        self._auth: Auth = Auth(platform, service, self, pending, config.token_provider)
        signaling_api = Api(platform, signaling_url, headers)
        self._rooms_api: RoomsApi = RoomsApi(platform.clock, signaling_api)
        acquaintances = Acquaintances(clock, platform.storage, platform.siblings)
        self._devices: OwnDevices = OwnDevices(self._auth, acquaintances)
        self._visits: Visits = Visits(platform, clock, service, self._rooms_api)
        arrival = Arrival(config, platform, clock, self._auth, service, self._rooms_api)
        shared = Shared(config, platform, clock, service, self._state, self._events, acquaintances)
        self._rooms: Rooms = Rooms(shared, self._auth, arrival)
        digest = platform.crypto.digest
        self._shelf: Shelf = Shelf(clock, platform.storage, digest, config.emote_cache)
        cdn_url = service_url("emoteCdnUrl", config.emote_cdn_url)
        places = Places(f"{cdn_url}/emote", f"{signaling_url}/emotes/custom")
        self._catalogue: Catalogue = Catalogue(
            clock, digest, signaling_api, self._shelf, places, config, self._state.emotes
        )
        self._state.subscribe(self._follow_room)
        self.by_site: bool = config.token_provider is not None
        self.guests: bool = config.guests
        self._restoring: Deferred | None = None
        self._is_destroyed: bool = False
        self._signing_in: Deferred = platform.clock.deferred()
        platform.siblings.hear(self._sibling_told)

    def get_state(self) -> ChatState:
        return self._state.now

    def subscribe(self, callback: Callable[[ChatState], None]) -> Callable[[], None]:
        """Call `callback` with every new state; the returned function stops it."""
        return self._state.subscribe(callback)

    def emit(self, event: str, payload: object) -> None:
        """What the screen has to tell the page."""
        self._events.emit(event, payload)

    def on(self, event: str, listener: Listener) -> Callable[[], None]:
        """Listen; the returned function stops it."""
        return self._events.on(event, listener)

    def is_authenticated(self) -> bool:
        return self._auth.signed_in is not None

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

    async def create_room(
        self,
        custom_name: str = "",
        is_public: bool = True,
        history: str = "none",
        approval: bool = False,
        emote_set: str = "",
        twitch_channel: str = "",
        preview: bool = False,
    ) -> RoomMetadata:
        """`history` is what who comes later may read of what was said before: "none", or "session" for the last day.

        With `approval` a host or a moderator lets each person in. The room has the emotes of that set of 7TV and of
        that Twitch channel, beside those of the site. With `preview` whoever has not signed in may look at the last
        20 lines (`look`).
        """
        emotes = _chosen(emote_set, twitch_channel) if emote_set + twitch_channel != "" else []
        return await self._telling(
            lambda: self._rooms.create(custom_name, is_public, history, approval, emotes, preview)
        )

    async def set_emotes(self, emote_set: str = "", twitch_channel: str = "") -> None:
        """A host gives the room other emotes of 7TV, or with nothing none of its own."""
        await self._telling(lambda: self._rooms.moderation().set_emotes(_chosen(emote_set, twitch_channel)))

    async def join_room(self, room_id: str) -> RoomMetadata:
        return await self._telling(lambda: self._rooms.join(room_id))

    def wanted(self) -> str:
        """The room that this tab was on its way to when the page was loaded anew; "" when to none."""
        return self._platform.storage.tab(WANTED)

    def want(self, room_id: str) -> None:
        """Somebody is on the way there, perhaps through a sign-in; with "" no more."""
        self._platform.storage.note_tab(WANTED, room_id)

    def get_invite(self) -> str:
        """What `join_room` takes elsewhere. That of a private room is a secret: whoever has it can come in."""
        return show_invite(self._rooms.here().plan.address)

    async def renew_invite(self) -> None:
        """A private room gets another invite, by its host or a moderator: the one before lets nobody new in."""
        await self._telling(lambda: self._rooms.moderation().renew_invite())

    async def leave_room(self) -> None:
        await self._rooms.leave()

    async def send_message(
        self, content: str, emote_ids: list[str] | None = None, custom_emoji_ids: list[str] | None = None
    ) -> None:
        """Take a message: it shows at once and goes out as soon as there is a way; `delivery` says how far it got."""
        await self._telling(
            lambda: self._rooms.here().messages.send(content, _list(emote_ids), _list(custom_emoji_ids))
        )

    async def draft(self, room_id: str) -> str:
        """What was begun to be written there by who is signed in, on this device."""
        return await self._rooms.drafts.of(self._writer(room_id))

    def keep_draft(self, room_id: str, text: str) -> None:
        """Until it is another one, or somebody signs out."""
        self._rooms.drafts.keep(self._writer(room_id), text)

    async def remove_member(self, user_id: str, ban: bool = False, hide: bool = False) -> None:
        """Put somebody out, as a host or a moderator. What they say afterwards nobody reads.

        With `ban` they cannot come back, with `hide` what they said before goes too.
        """
        await self._telling(lambda: self._rooms.moderation().remove(user_id, ban, hide))

    async def readmit_member(self, user_id: str) -> None:
        """Who was removed may come again."""
        await self._telling(lambda: self._rooms.moderation().readmit(user_id))

    async def set_moderator(self, user_id: str, on: bool) -> None:
        """A host names moderators, who remove members and let people in."""
        await self._telling(lambda: self._rooms.moderation().set_moderator(user_id, on))

    async def approve(self, user_id: str) -> None:
        """Let somebody in who waits for it."""
        await self._telling(lambda: self._rooms.moderation().approve(user_id))

    async def retry(self, message_id: str) -> None:
        """Send a message of mine whose `delivery` is "failed" once more, in its place and under its id."""
        await self._telling(lambda: self._rooms.here().messages.retry(message_id))

    async def get_active_rooms(self) -> list[RoomMetadata]:
        found = await self.listed_rooms("", False)
        return [] if found is None else found.rooms

    async def listed_rooms(self, tag: str, again: bool, query: str = "") -> Listing | None:
        """The list of rooms, unless it is still the one of that `tag`, or those with `query` in their name or host's.

        Nobody else hears what a try `again` raises.
        """
        if again:
            return await self._rooms_api.listed(tag, query)
        return await self._telling(lambda: self._rooms_api.listed(tag, query))

    async def look(self, room_id: str) -> RoomLook:
        """The last lines of a public room that allows it, shown by somebody who is in it. Nobody need be signed in.

        What others could not have written as their author is refused; that something is held back nobody can tell.
        """
        return await self._telling(lambda: self._visits.look(address_of(room_id).room_id))

    async def parse_emotes(self, content: str) -> ParsedEmotes:
        return parse_emotes(content, self._state.now.emotes)

    async def safety_number(self, user_id: str) -> str:
        """60 digits that are the same for that person and me, if nobody sits between us: compare them another way."""
        return await self._telling(lambda: self._rooms.people().number(user_id))

    async def compare(self, user_id: str, same: bool) -> None:
        """The numbers were compared: the person is marked for as long as it is on the same devices."""
        await self._telling(lambda: self._rooms.people().compare(user_id, same))

    def room_code(self) -> str:
        """20 digits that are equal on two screens when both have the same members and secret; "" before that."""
        session = self._rooms.session
        return "" if session is None else session.peers.group.room_code()

    def hurry(self, is_online: bool) -> None:
        """The page woke up or the network changed: look at the connections now."""
        self._rooms.hurry(is_online)

    def hide(self) -> None:
        """The page goes, perhaps for good: leave at once. `hurry` brings it back."""
        self._rooms.hide()

    def destroy(self) -> None:
        """End everything at once; the sign-in stays for the next visit."""
        self._is_destroyed = True
        self._rooms.drop()
        self._auth.stop()
        self._platform.siblings.close()
        self._events.clear()
        self._state.clear_subscribers()
        self._signing_in.fail(StoppedError("order.destroyed", "The chat was closed."))

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

    def auth_ending(self) -> None:
        self._events.emit("auth:required", None)

    def failed(self, error: ChatError) -> None:
        self._events.emit("error", error)

    def _writer(self, room_id: str) -> str:
        return f"{self._state.now.user_id} {room_id}"

    def _sibling_told(self, word: str) -> None:
        if word == self._auth.slot:
            self._platform.clock.spawn(self._follow())
        elif word == PEOPLE:
            self._platform.clock.spawn(self._devices.follow(self._rooms.session))

    async def _follow(self) -> None:
        """Another chat of this site signed in or out: so do we."""
        if not await self._auth.is_kept():
            await self._rooms.leave()
            self._auth.forget()
            self.auth_changed()
            self._events.emit("auth:logout", None)
        try:
            await self.restore()
        except ChatError:
            return  # the `error` event has told

    async def _restore(self) -> bool:
        try:
            was_in = self._auth.signed_in is not None
            signed_in = await self._auth.restore()
            if signed_in and not was_in and not self._is_destroyed:
                await self._rooms.come_back()
            return signed_in
        finally:
            self._restoring = None

    async def _identify(self, token: str) -> None:
        if not await self._auth.identify(token):
            self.auth_renewed()
            return
        via = self._state.now.via
        if via not in ("", "guest"):
            await self._rooms.leave()
            await self._rooms.wipe()
        self._auth.begun()
        if via != "guest":
            await self._rooms.come_back()

    async def _telling(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What `work` gives; the `error` event hears of what it raises."""
        try:
            return await work()
        except StoppedError:
            raise
        except ChatError as error:
            self.failed(error)
            raise

    async def _show_token(self) -> None:
        if self._rooms.session is not None:
            try:
                await self._rooms.session.signaling.renew()
            except ChatError as error:
                self.failed(error)

    def _follow_room(self, state: ChatState) -> None:
        """Each room has its emotes."""
        room = state.room
        if room is None:
            self._catalogue.rest()
        else:
            self._catalogue.use(room.emote_set, room.twitch_channel)


def _chosen(emote_set: str, channel: str) -> list[str]:
    trouble = choice_trouble(emote_set, channel)
    if trouble != "":
        raise ChatError("room.emotes", trouble)
    return [emote_set, channel]


def _list(items: list[str] | None) -> list[str]:
    return [] if items is None else items


def _with_clock(platform: Platform, clock: ServiceClock) -> Platform:
    http, sockets, rtc, storage = platform.http, platform.sockets, platform.rtc, platform.storage
    siblings, search = platform.siblings, platform.search
    return Platform(clock, http, sockets, rtc, platform.crypto, storage, siblings, search, platform.origin)
