"""What it takes to get into a room, fetched and made side by side: socket, keys, the room itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from widget.account.auth import Auth
from widget.account.sign_in_service import SignInService
from widget.core.config import ChatConfig
from widget.core.limits import DECIDED_AGAIN_MS, DECIDED_TRIES, DECISIONS_WAITING, NONCE_MS, ROOM_CAPACITY
from widget.core.service_clock import ServiceClock
from widget.crypto.credentials import Credentials
from widget.crypto.genesis import RoomAddress, new_genesis, new_psk, room_id
from widget.crypto.sdp_seal import SdpSeal, open_sdp_seal
from widget.crypto.session import Session, SessionKeys, new_session_keys, open_session
from widget.crypto.trust import Trust
from widget.errors import ChatError, CwError, RefusedError, UnreachableError
from widget.ports import Platform
from widget.room.rooms_api import MAX_ANSWER_CHARS, STRANGE, RoomsApi, founded
from widget.transport.refusals import refused
from widget.transport.signaling import Signaling
from widget.transport.waiting import Lane, pause, start
from widget.wire.codec import utf8
from widget.wire.fields import hex_field, parse_object, write_object
from widget.wire.genesis import Genesis, write_genesis
from widget.wire.labels import PLACE, labelled
from widget.wire.names import clean_name
from widget.wire.room import MAX_NAME_CHARS
from widget.wire.socket import Joined

PLACES = ("page:", "name:")
PLACE_CHARS = 5
ID_BYTES = 16


class Plan:
    """A room and its policy. `name` is what its founder called it; only public ones tell the service.

    `address` has the newest secret of the room's invites; those before that I know are the `older`. `emotes` are the
    host's choice: a set and a channel, or nothing.
    """

    def __init__(self, genesis: Genesis, address: RoomAddress, name: str, older: list[bytes] | None = None) -> None:
        self.older: list[bytes] = [] if older is None else older
        self.genesis: Genesis = genesis
        self.address: RoomAddress = address
        self.name: str = name
        self.emotes: list[str] = []

    def leads_to(self, address: RoomAddress) -> bool:
        """The same room, by an invite that I know or by none."""
        here = self.address
        return address.room_id == here.room_id and address.psk in [b"", here.psk, *self.older]


class Entered:
    """We are in: everything it takes to begin."""

    def __init__(self, plan: Plan, session: Session, credentials: Credentials, seal: SdpSeal | None) -> None:
        self.plan: Plan = plan
        self.session: Session = session
        self.credentials: Credentials = credentials
        self.seal: SdpSeal | None = seal


class Arrival:
    """Gets into rooms, new ones and others'. The caller leaves when that fails."""

    def __init__(
        self,
        config: ChatConfig,
        platform: Platform,
        clock: ServiceClock,
        auth: Auth,
        service: SignInService,
        rooms: RoomsApi,
    ) -> None:
        self._config: ChatConfig = config
        self._platform: Platform = platform
        self._clock: ServiceClock = clock
        self._auth: Auth = auth
        self._service: SignInService = service
        self._rooms: RoomsApi = rooms
        self._telling: Lane = Lane(clock, DECISIONS_WAITING)
        self._nonce: str = ""
        self._nonce_until_ms: int = 0
        self._places: dict[str, str] = {}  # of rooms, by their id

    def signaling(self) -> Signaling:
        """A place at the service, not yet in a room."""
        return Signaling(self._platform, self._rooms.base_url, self._auth)

    async def found(self, name: str, is_public: bool, history: str, approval: bool, preview: bool) -> Plan:
        """A new room, registered at the service while the socket opens."""
        plan = await self._new_plan(name, is_public, history, approval, preview)
        await self.register(plan)
        return plan

    async def bound(self, text: str) -> RoomAddress:
        """The public room of a place: the one that is there, or a new one of mine.

        `text` is "page:" and an address, on the next line the page's title; or "name:" and a name.
        """
        lines = text.split("\n")
        if clean_name(lines[0][PLACE_CHARS:]) == "":
            raise refused("room.name", 0)
        title = lines[1] if len(lines) > 1 else text[PLACE_CHARS:]
        name = clean_name(title[:MAX_NAME_CHARS])
        plan = await self._new_plan(name, True, "none", False, False)
        digest = await self._platform.crypto.digest.sha256(labelled(PLACE, lines[0].encode("utf-8")))
        place = digest.hex()
        address = RoomAddress(await self._register(plan, place))
        self._places[address.room_id] = place
        return address

    async def register(self, plan: Plan) -> None:
        """Tell the service about a room of ours, with its place where nobody else has that by now."""
        room_id = plan.address.room_id
        if await self._register(plan, self._places.get(room_id, "")) != room_id:
            await self._register(plan, "")

    async def _register(self, plan: Plan, place: str) -> str:
        """The id of the room that is there now."""
        name = "" if plan.genesis.private else plan.name
        fields = {"genesis": write_genesis(plan.genesis).hex(), "name": name}
        if place != "":
            fields["place"] = place
        answer = await self._post("", fields)
        try:
            return hex_field(parse_object(utf8(answer), MAX_ANSWER_CHARS), "id", ID_BYTES)
        except CwError as error:
            raise UnreachableError("unreachable", STRANGE) from error

    def decided(self, room_id: str, route: str, fields: dict[str, Any]) -> None:
        """Tell the service what I decided about somebody in that room. Where it does not listen, the members do."""
        self._telling.add(lambda: self._tell(f"/{room_id}/{route}", fields))

    async def _tell(self, path: str, fields: dict[str, Any]) -> None:
        """One after the other: who was removed and let back in must not end as removed."""
        for _ in range(DECIDED_TRIES):
            try:
                await self._post(path, fields)
                return
            except UnreachableError:
                await pause(self._clock, DECIDED_AGAIN_MS)
            except ChatError:
                return

    async def _post(self, path: str, fields: dict[str, Any]) -> bytes:
        """With the nonce that the service gave lately; once more with the one that it wants now (RFC 9449, 9)."""
        now_ms = self._clock.steady_ms()
        if now_ms >= self._nonce_until_ms:
            self._nonce = await self._rooms.nonce()
            self._nonce_until_ms = now_ms + NONCE_MS
        try:
            return await self._prove(path, fields)
        except RefusedError as error:
            if error.nonce == "":
                raise
            self._nonce = error.nonce
        return await self._prove(path, fields)

    async def _prove(self, path: str, fields: dict[str, Any]) -> bytes:
        token = await self._auth.access_token()
        device = await self._auth.device_key()
        proof = await device.dpop("POST", self._rooms.rooms_url + path, token, self._clock.now_ms(), self._nonce)
        return await self._rooms.post(path, write_object(fields).encode("utf-8"), token, proof)

    async def enter(
        self, signaling: Signaling, address: RoomAddress, ours: Plan | None, waiting: Callable[[ChatError], None]
    ) -> Entered:
        """Take the seat under the name of fresh keys; the service shows with it the room's genesis, to be signed for.

        `waiting` hears what keeps us waiting.
        """
        crypto = self._platform.crypto
        trusting = start(self._clock, self._service.trust)
        keys = await new_session_keys(crypto, await self._auth.device_key())
        joined = await signaling.enter(address.room_id, keys.sid, waiting)
        if not self._clock.hear(joined.now_ms):
            raise refused("seal.stale", 0)
        plan = await self._read_plan(joined, address) if ours is None else ours
        if self._config.relay == "always" and not plan.genesis.relay:
            text = "This room allows direct connections only; relay: 'always' forbids them. Choose another room."
            raise RefusedError("relay.refused", text)
        trust: Trust = await trusting.wait()
        session = await self._make_session(plan, keys)
        credentials = Credentials(crypto, session, trust, plan.genesis)
        return Entered(plan, session, credentials, open_sdp_seal(crypto, session))

    async def _read_plan(self, joined: Joined, address: RoomAddress) -> Plan:
        genesis = await founded(self._platform.crypto, joined.room, address.room_id)
        return Plan(genesis, address, joined.room.name)

    async def _new_plan(self, name: str, is_public: bool, history: str, approval: bool, preview: bool) -> Plan:
        if len(name) > MAX_NAME_CHARS:
            raise refused("room.name", 0)
        if history not in ("none", "session"):
            raise ChatError("room.history", "history is 'none' or 'session'.")
        if preview and (not is_public or self._config.relay == "never"):
            raise ChatError("room.preview", "Visitors can look into public rooms only, and not where relay is 'never'.")
        crypto = self._platform.crypto
        genesis = new_genesis(
            crypto,
            await self._auth.device_key(),
            self._auth.who().identity.sub,
            self._platform.origin,
            not is_public,
            approval,
            history == "session",
            self._config.relay != "never",
            ROOM_CAPACITY,
            self._clock.now_ms(),
            preview,
        )
        psk = b"" if is_public else new_psk(crypto)
        return Plan(genesis, RoomAddress(await room_id(crypto, genesis), psk), name)

    async def _make_session(self, plan: Plan, keys: SessionKeys) -> Session:
        who = self._auth.who()
        try:
            return await open_session(
                self._platform.crypto,
                await self._auth.device_key(),
                who.identity_jwt,
                who.identity,
                plan.genesis,
                [] if len(plan.address.psk) == 0 else [plan.address.psk, *plan.older],
                self._clock.now_ms(),
                keys,
            )
        except CwError as error:
            raise RefusedError("room.foreign", "This room is not open to people of this site.") from error
