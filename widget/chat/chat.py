"""ChatCore: the chat without a screen, and the only place where its parts are wired together."""

from __future__ import annotations

from widget.account.auth import Auth
from widget.account.pending import Pending
from widget.account.sign_in_service import SignInService
from widget.chat.people_calls import PeopleCalls
from widget.chat.rooms import Rooms, address_of
from widget.core.api import Api
from widget.core.config import ChatConfig, check_complete, open_doors, service_url
from widget.core.emote_choice import choice_trouble
from widget.core.events import Events
from widget.core.service_clock import ServiceClock
from widget.core.state import State
from widget.crypto.genesis import show_invite
from widget.crypto.service_key import parse_service_key
from widget.emotes.answer import Places
from widget.emotes.catalogue import Catalogue
from widget.emotes.parse import parse_emotes
from widget.emotes.shelf import Shelf
from widget.errors import ChatError, StoppedError
from widget.model import ChatState, Listing, ParsedEmotes, RoomLook, RoomMetadata
from widget.ports import Platform
from widget.room.acquaintances import Acquaintances
from widget.room.arrival import Arrival
from widget.room.own_devices import OwnDevices
from widget.room.rooms_api import RoomsApi
from widget.room.shared import Shared
from widget.room.visits import Visits

WANTED: str = "wanted"


class ChatCore(PeopleCalls):
    """The calls about rooms and what is said there, and the wiring."""

    def __init__(self, config: ChatConfig, platform: Platform) -> None:
        super().__init__()
        check_complete(config)
        auth_url = service_url("authApiUrl", config.auth_api_url)
        pending = Pending(platform.storage, platform.clock, f"code {auth_url}")
        clock = ServiceClock(platform.clock)
        platform = _with_clock(platform, clock)
        signaling_url = service_url("signalingUrl", config.signaling_url)
        headers = config.custom_headers
        auth_api = Api(platform, auth_url, headers)
        service = SignInService(platform, clock, auth_api, parse_service_key(config.otp_encryption_key))
        self._platform = platform
        self._events = Events(platform.clock)
        self._state = State(platform.clock, self._events)
        self._auth = Auth(platform, service, self, pending, config.token_provider)
        signaling_api = Api(platform, signaling_url, headers)
        self._rooms_api: RoomsApi = RoomsApi(platform.clock, signaling_api)
        acquaintances = Acquaintances(clock, platform.storage, platform.siblings)
        self._devices = OwnDevices(self._auth, acquaintances)
        self._visits: Visits = Visits(platform, clock, service, self._rooms_api)
        arrival = Arrival(config, platform, clock, self._auth, service, self._rooms_api)
        shared = Shared(config, platform, clock, service, self._state, self._events, acquaintances)
        self._rooms = Rooms(shared, self._auth, arrival)
        digest = platform.crypto.digest
        self._shelf = Shelf(clock, platform.storage, digest, config.emote_cache)
        cdn_url = service_url("emoteCdnUrl", config.emote_cdn_url)
        places = Places(f"{cdn_url}/emote", f"{signaling_url}/emotes/custom")
        self._catalogue: Catalogue = Catalogue(
            clock, digest, signaling_api, self._shelf, places, config, self._state.emotes
        )
        self._state.subscribe(self._follow_room)
        self.doors: list[str] = open_doors(config)
        self._restoring = None
        self._signing_in = platform.clock.deferred()
        platform.siblings.hear(self._sibling_told)

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
        self.check()
        return show_invite(self._rooms.here().plan.address)

    async def renew_invite(self) -> None:
        """A private room gets another invite, by its host or a moderator: the one before lets nobody new in."""
        await self._telling(lambda: self._rooms.moderation().renew_invite())

    async def leave_room(self) -> None:
        self.check()
        self.want("")
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
        self.check()
        return parse_emotes(content, self._state.now.emotes)

    def hurry(self, is_online: bool) -> None:
        """The page woke up or the network changed: look at the connections now."""
        self._rooms.hurry(is_online)

    def hide(self) -> None:
        """The page goes, perhaps for good: leave at once. `hurry` brings it back."""
        self._rooms.hide()

    def destroy(self) -> None:
        """End everything at once; the sign-in stays for the next visit."""
        self._rooms.is_over = True
        self._rooms.drop()
        self._auth.stop()
        self._platform.siblings.close()
        self._events.clear()
        self._state.clear_subscribers()
        self._signing_in.fail(StoppedError("order.destroyed", "The chat was closed."))

    def _writer(self, room_id: str) -> str:
        return f"{self._state.now.user_id} {room_id}"

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
