"""ChatCore: the chat without a screen, and the only place where its parts are wired together."""

from __future__ import annotations

from collections.abc import Callable

from widget.core.api import Api
from widget.core.arrival import Arrival
from widget.core.auth import Auth, not_authenticated
from widget.core.config import ChatConfig, checked
from widget.core.emotes import parse_emotes
from widget.core.events import Events, Listener
from widget.core.keys import PublishedKeys
from widget.core.messages import Messages
from widget.core.outbox import Outbox
from widget.core.rooms import Rooms, metadata
from widget.core.rooms_api import RoomsApi
from widget.core.sealed_service import SealedService
from widget.core.state import State
from widget.crypto.sealed_call import SealedCalls
from widget.crypto.service_key import parse_service_key
from widget.errors import ChatError, OrderError
from widget.model import ChatState, CodeSent, ParsedEmotes, RoomMetadata, Status
from widget.ports import Deferred, Platform


class ChatCore:
    """Public calls raise ChatErrors whose messages are for people; the `error` event hears the same ones."""

    def __init__(self, config: ChatConfig, platform: Platform) -> None:
        good = checked(config)
        service_key = parse_service_key(good.otp_encryption_key)
        clock = platform.clock
        headers = good.custom_headers
        auth_api = Api(clock, platform.http, good.auth_api_url, "The sign-in service", headers)
        rooms_api = Api(clock, platform.http, good.signaling_url, "The signaling service", headers)
        keys = PublishedKeys(platform, auth_api, service_key)
        calls = SealedCalls(platform.crypto, service_key, platform.origin)
        self._platform: Platform = platform
        self._events: Events = Events(clock)
        self._state: State = State(clock)
        self._auth: Auth = Auth(platform, SealedService(clock, auth_api, keys, calls), keys, self)
        self._rooms_api: RoomsApi = RoomsApi(rooms_api)
        self._outbox: Outbox = Outbox(clock, self._state.mark, self.failed)
        messages = Messages(clock, platform.crypto.digest, self._state, self._events, self._outbox)
        arrival = Arrival(good, platform, self._auth, keys, rooms_api)
        self._rooms: Rooms = Rooms(good, platform, keys, arrival, self._state, messages, self._outbox, self)
        self._signing_in: Deferred | None = None
        self._is_destroyed: bool = False

    def get_state(self) -> ChatState:
        return self._state.now

    def subscribe(self, callback: Callable[[ChatState], None]) -> Callable[[], None]:
        """Call `callback` with every new state; the returned function stops it."""
        return self._state.subscribe(callback)

    def on(self, event: str, listener: Listener) -> Callable[[], None]:
        return self._events.on(event, listener)

    def off(self, event: str, listener: Listener) -> None:
        self._events.off(event, listener)

    def is_authenticated(self) -> bool:
        return self._auth.signed_in is not None

    async def authenticate(self) -> None:
        """Sign in from an earlier visit, or ask for it (`auth:required`) and wait until it is done."""
        if self.is_authenticated() or await self.restore():
            return
        waiting = self._signing_in
        if waiting is None:
            waiting = self._platform.clock.deferred()
            self._signing_in = waiting
        self._events.emit("auth:required", None)
        await waiting.wait()

    async def restore(self) -> bool:
        """Sign in silently with what an earlier visit left; False when somebody has to type something."""
        try:
            return await self._auth.restore()
        except ChatError as error:
            raise self._told(error) from error

    async def request_code(self, email: str, name: str) -> CodeSent:
        try:
            return await self._auth.request_code(email, name)
        except ChatError as error:
            raise self._told(error) from error

    async def verify_code(self, code: str) -> None:
        try:
            await self._auth.verify_code(code)
        except ChatError as error:
            raise self._told(error) from error

    async def logout(self) -> None:
        """Leave the room, revoke the sign-in, wipe the keys: in this order."""
        await self._rooms.leave()
        await self._auth.sign_out()
        self._events.emit("auth:logout", None)

    async def create_room(self, custom_name: str = "", is_public: bool = True) -> RoomMetadata:
        try:
            self._need_sign_in()
            room = await self._rooms.create(custom_name, is_public)
        except ChatError as error:
            raise self._told(error) from error
        self._platform.clock.spawn(self._load_emotes())
        return room

    async def join_room(self, room_id: str) -> RoomMetadata:
        try:
            self._need_sign_in()
            room = await self._rooms.join(room_id)
        except ChatError as error:
            raise self._told(error) from error
        self._platform.clock.spawn(self._load_emotes())
        return room

    async def leave_room(self) -> None:
        await self._rooms.leave()

    async def send_message(
        self, content: str, emote_ids: list[str] | None = None, custom_emoji_ids: list[str] | None = None
    ) -> None:
        """Take a message: it shows at once and goes out as soon as there is a way; `delivery` says how far it got."""
        try:
            self._rooms.send(content, _list(emote_ids), _list(custom_emoji_ids))
        except ChatError as error:
            raise self._told(error) from error

    async def retry(self, message_id: str) -> None:
        """Send a message of mine whose `delivery` is "failed" once more, in its place and under its id."""
        try:
            self._rooms.retry(message_id)
        except ChatError as error:
            raise self._told(error) from error

    async def get_active_rooms(self) -> list[RoomMetadata]:
        try:
            records = await self._rooms_api.public_rooms()
            return [metadata(record, None, 0) for record in records]
        except ChatError as error:
            raise self._told(error) from error

    async def parse_emotes(self, content: str) -> ParsedEmotes:
        return parse_emotes(content, self._state.now.emotes)

    def room_code(self) -> str:
        """20 digits that are equal on two screens when both have the same members and secret; "" before that."""
        session = self._rooms.session
        return "" if session is None else session.room_code

    def drops(self) -> dict[str, int]:
        """How many packets were refused in this room, by reason."""
        session = self._rooms.session
        return {} if session is None else session.all_drops()

    def hurry(self) -> None:
        """The page woke up or the network changed: look at the connections now."""
        self._rooms.hurry()

    def destroy(self) -> None:
        """End everything at once; the sign-in stays for the next visit."""
        self._is_destroyed = True
        self._rooms.drop()
        self._auth.stop()
        self._events.clear()
        self._state.clear_subscribers()
        if self._signing_in is not None:
            self._signing_in.fail(OrderError("order.destroyed", "The chat was closed."))

    # What the parts tell.

    def auth_changed(self) -> None:
        signed_in = self._auth.signed_in
        if signed_in is None:
            self._state.signed_out()
        else:
            self._state.signed_in(signed_in.identity.sub, signed_in.identity.name)
            waiting = self._signing_in
            self._signing_in = None
            if waiting is not None:
                waiting.settle(None)
        self._events.emit("auth:change", {"authenticated": signed_in is not None, "token": None})

    def auth_renewed(self) -> None:
        self._platform.clock.spawn(self._show_token())

    def room_changed(self, room: RoomMetadata | None) -> None:
        self._events.emit("room:change", room)

    def status_changed(self, status: Status, error: str | None) -> None:
        before = self._state.now.status
        self._state.status(status, error)
        if before != status:
            self._events.emit("connection:change", status)

    def failed(self, error: ChatError) -> None:
        self._told(error)

    def _told(self, error: ChatError) -> ChatError:
        self._events.emit("error", error)
        return error

    def _need_sign_in(self) -> None:
        if not self.is_authenticated():
            raise not_authenticated()

    async def _show_token(self) -> None:
        try:
            await self._rooms.renew()
        except ChatError as error:
            self._told(error)

    async def _load_emotes(self) -> None:
        """Emotes are an extra: a service that does not answer costs only them."""
        if len(self._state.now.emotes) > 0:
            return
        try:
            emotes = await self._rooms_api.emotes("/emotes/global")
        except ChatError:
            return
        if len(emotes) > 0 and not self._is_destroyed:
            self._state.emotes(emotes)


def _list(items: list[str] | None) -> list[str]:
    return [] if items is None else items
