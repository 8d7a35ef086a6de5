"""What it takes to get into a room, fetched and made side by side: socket, keys, the room itself."""

from __future__ import annotations

from widget.core.api import Api
from widget.core.auth import Auth, not_authenticated
from widget.core.config import ChatConfig
from widget.core.keys import PublishedKeys
from widget.core.limits import ROOM_CAPACITY
from widget.core.rooms_api import RoomsApi
from widget.core.signaling import Signaling
from widget.core.signaling_socket import SignalingSocket, open_socket
from widget.core.waiting import start
from widget.crypto.credentials import Credentials
from widget.crypto.genesis import RoomAddress, new_genesis, new_psk, open_genesis, room_id
from widget.crypto.sdp_seal import SdpSeal, open_sdp_seal
from widget.crypto.session import Session, open_session
from widget.crypto.trust import Trust
from widget.errors import ChatError, CwError, RefusedError, UnreachableError
from widget.ports import Clock, Deferred, Platform, Sockets
from widget.wire.base16 import from_hex
from widget.wire.fields import write_object
from widget.wire.genesis import Genesis, write_genesis
from widget.wire.room import MAX_NAME_CHARS
from widget.wire.socket import Joined


class Plan:
    """A room and its policy. `name` is what its founder called it; only public ones tell the service."""

    def __init__(self, genesis: Genesis, address: RoomAddress, name: str) -> None:
        self.genesis: Genesis = genesis
        self.address: RoomAddress = address
        self.name: str = name


class Arrived:
    """We are in: everything it takes to begin."""

    def __init__(
        self,
        plan: Plan,
        session: Session,
        credentials: Credentials,
        seal: SdpSeal | None,
        signaling: Signaling,
    ) -> None:
        self.plan: Plan = plan
        self.session: Session = session
        self.credentials: Credentials = credentials
        self.seal: SdpSeal | None = seal
        self.signaling: Signaling = signaling


class Arrival:
    """Gets into rooms, new ones and others'."""

    def __init__(self, config: ChatConfig, platform: Platform, auth: Auth, keys: PublishedKeys, api: Api) -> None:
        self._config: ChatConfig = config
        self._platform: Platform = platform
        self._auth: Auth = auth
        self._keys: PublishedKeys = keys
        self._api: RoomsApi = RoomsApi(api)

    async def found(self, name: str, is_public: bool) -> Arrived:
        """A new room, registered at the service while the socket opens."""
        opening = self._open()
        try:
            plan = await self._new_plan(name, is_public)
            await self.register(plan)
            return await self._enter(opening, plan.address, plan)
        except Exception:
            opening.discard()
            raise

    async def find(self, address: RoomAddress) -> Arrived:
        """The room with this id."""
        opening = self._open()
        try:
            return await self._enter(opening, address, None)
        except Exception:
            opening.discard()
            raise

    async def register(self, plan: Plan) -> None:
        """Tell the service about a room of ours."""
        token = await self._auth.access_token()
        device = await self._auth.device_key()
        proof = await device.dpop("POST", self._api.rooms_url, token, self._platform.clock.now_ms())
        name = "" if plan.genesis.private else plan.name
        body = write_object({"genesis": write_genesis(plan.genesis).hex(), "name": name})
        await self._api.create(body.encode("utf-8"), token, proof)

    async def _enter(self, opening: _Opening, address: RoomAddress, ours: Plan | None) -> Arrived:
        """Take the seat, then make the session's keys: the service shows the room's genesis with the seat."""
        platform = self._platform
        trusting = start(platform.clock, self._keys.trust)
        sid = platform.crypto.digest.random(16)
        url = self._config.signaling_url
        signaling = Signaling(platform.clock, platform.sockets, platform.crypto.digest, url, self._auth)
        joined = await signaling.enter(await opening.socket(), address.room_id, sid.hex())
        try:
            plan = await self._read_plan(joined, address) if ours is None else ours
            trust = await trusting.wait()
            if not isinstance(trust, Trust):
                raise UnreachableError("unreachable", "The sign-in service's keys did not come. Try again.")
            session = await self._make_session(plan, sid)
            credentials = Credentials(platform.crypto, session, trust, plan.genesis)
            seal = await open_sdp_seal(platform.crypto, session)
        except Exception:
            signaling.leave()
            raise
        return Arrived(plan, session, credentials, seal, signaling)

    async def _read_plan(self, joined: Joined, address: RoomAddress) -> Plan:
        try:
            data = from_hex(joined.room.genesis)
            genesis = await open_genesis(self._platform.crypto, data, address.room_id)
        except CwError as error:
            text = "The service showed another room than the one asked for. Do not use it."
            raise RefusedError("room.false", text, 0, 0) from error
        return Plan(genesis, address, joined.room.name)

    async def _new_plan(self, name: str, is_public: bool) -> Plan:
        signed_in = self._auth.signed_in
        if signed_in is None:
            raise not_authenticated()
        if len(name) > MAX_NAME_CHARS:
            text = f"A room's name can have at most {MAX_NAME_CHARS} characters. Shorten it."
            raise ChatError("room.name", text)
        genesis = new_genesis(
            self._platform.crypto,
            await self._auth.device_key(),
            signed_in.identity.sub,
            self._platform.origin,
            not is_public,
            self._config.relay != "never",
            ROOM_CAPACITY,
            self._platform.clock.now_ms(),
        )
        psk = b"" if is_public else new_psk(self._platform.crypto)
        return Plan(genesis, RoomAddress(await room_id(self._platform.crypto, genesis), psk), name)

    async def _make_session(self, plan: Plan, sid: bytes) -> Session:
        signed_in = self._auth.signed_in
        if signed_in is None:
            raise not_authenticated()
        try:
            return await open_session(
                self._platform.crypto,
                await self._auth.device_key(),
                signed_in.identity_jwt,
                signed_in.identity,
                plan.genesis,
                plan.address.psk,
                self._platform.clock.now_ms(),
                sid,
            )
        except CwError as error:
            raise RefusedError("room.foreign", "This room is not open to people of this site.", 0, 0) from error

    def _open(self) -> _Opening:
        return _Opening(self._platform.clock, self._platform.sockets, self._config.signaling_url)


class _Opening:
    """A socket that opens while other things are done."""

    def __init__(self, clock: Clock, sockets: Sockets, signaling_url: str) -> None:
        self._clock: Clock = clock
        self._sockets: Sockets = sockets
        self._url: str = signaling_url
        self._opened: Deferred = start(clock, lambda: open_socket(clock, sockets, signaling_url))

    async def socket(self) -> SignalingSocket:
        """The open socket; another one when the service got tired of waiting."""
        socket = await self._opened.wait()
        if isinstance(socket, SignalingSocket) and not socket.is_closed:
            return socket
        return await open_socket(self._clock, self._sockets, self._url)

    def discard(self) -> None:
        self._clock.spawn(self._close())

    async def _close(self) -> None:
        try:
            socket = await self._opened.wait()
        except Exception:
            return
        if isinstance(socket, SignalingSocket):
            socket.close(1000)
