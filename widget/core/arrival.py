"""What it takes to enter a room, fetched and made side by side: socket, room record, session keys."""

from __future__ import annotations

import json

from widget.core.api import Api
from widget.core.auth import Auth, not_authenticated
from widget.core.config import ChatConfig
from widget.core.keys import PublishedKeys
from widget.core.limits import ROOM_CAPACITY
from widget.core.rooms_api import RoomsApi
from widget.core.signaling_socket import SignalingSocket, open_socket
from widget.core.waiting import start
from widget.crypto.credentials import Credentials
from widget.crypto.genesis import RoomAddress, new_genesis, new_psk, open_genesis, room_id
from widget.crypto.session import Session, open_session
from widget.errors import CwError, RefusedError, UnreachableError
from widget.ports import Clock, Deferred, Platform, Sockets
from widget.wire.genesis import Genesis, write_genesis
from widget.wire.room import MAX_NAME_CHARS


class Plan:
    """A room we are on our way into. `name` is what its founder called it; only public ones tell the service."""

    def __init__(self, genesis: Genesis, address: RoomAddress, name: str) -> None:
        self.genesis: Genesis = genesis
        self.address: RoomAddress = address
        self.name: str = name


class Arrived:
    """Everything is at hand; what is left is to show it at the door."""

    def __init__(self, plan: Plan, session: Session, credentials: Credentials, socket: SignalingSocket) -> None:
        self.plan: Plan = plan
        self.session: Session = session
        self.credentials: Credentials = credentials
        self.socket: SignalingSocket = socket


class Keys:
    """A session and the doorkeeper that goes with it."""

    def __init__(self, session: Session, credentials: Credentials) -> None:
        self.session: Session = session
        self.credentials: Credentials = credentials


class Arrival:
    """Prepares entries; each is used once."""

    def __init__(self, config: ChatConfig, platform: Platform, auth: Auth, keys: PublishedKeys, api: Api) -> None:
        self._config: ChatConfig = config
        self._platform: Platform = platform
        self._auth: Auth = auth
        self._keys: PublishedKeys = keys
        self._api: RoomsApi = RoomsApi(api)

    async def found(self, name: str, is_public: bool) -> Arrived:
        """A new room, registered at the service."""
        clock = self._platform.clock
        opening = self._open()
        try:
            plan = await self._new_plan(name, is_public)
            making = start(clock, lambda: self._make_keys(plan))
            await self.register(plan)
            keys = await making.wait()
            if not isinstance(keys, Keys):
                raise UnreachableError("unreachable", "The session could not be made. Try again.")
            return await opening.arrived(plan, keys)
        except Exception:
            opening.discard()
            raise

    async def find(self, address: RoomAddress) -> Arrived:
        """The room with this id."""
        opening = self._open()
        try:
            record = await self._api.room(address.room_id)
            try:
                data = bytes.fromhex(record.genesis)
                genesis = await open_genesis(self._platform.crypto, data, address.room_id)
            except (CwError, ValueError) as error:
                raise _false_room() from error
            plan = Plan(genesis, address, record.name)
            return await opening.arrived(plan, await self._make_keys(plan))
        except Exception:
            opening.discard()
            raise

    async def register(self, plan: Plan) -> None:
        """Tell the service about a room of ours."""
        token = await self._auth.access_token()
        device = await self._auth.device_key()
        proof = await device.dpop("POST", self._api.rooms_url, token, self._platform.clock.now_ms())
        name = "" if plan.genesis.private else plan.name
        body = json.dumps({"genesis": write_genesis(plan.genesis).hex(), "name": name}, separators=(",", ":"))
        await self._api.create(body.encode("utf-8"), token, proof)

    async def _new_plan(self, name: str, is_public: bool) -> Plan:
        signed_in = self._auth.signed_in
        if signed_in is None:
            raise not_authenticated()
        if len(name) > MAX_NAME_CHARS:
            text = f"A room's name can have at most {MAX_NAME_CHARS} characters. Shorten it."
            raise RefusedError("room.name", text, 0, 0)
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

    async def _make_keys(self, plan: Plan) -> Keys:
        signed_in = self._auth.signed_in
        if signed_in is None:
            raise not_authenticated()
        crypto = self._platform.crypto
        trust = await self._keys.trust()
        session = await open_session(
            crypto,
            await self._auth.device_key(),
            signed_in.identity_jwt,
            signed_in.identity,
            plan.genesis,
            plan.address.psk,
            self._platform.clock.now_ms(),
        )
        return Keys(session, Credentials(crypto, session, trust, plan.genesis))

    def _open(self) -> _Opening:
        return _Opening(self._platform.clock, self._platform.sockets, self._config.signaling_url)


class _Opening:
    """A socket that opens while other things are done."""

    def __init__(self, clock: Clock, sockets: Sockets, signaling_url: str) -> None:
        self._clock: Clock = clock
        self._opened: Deferred = start(clock, lambda: open_socket(clock, sockets, signaling_url))

    async def arrived(self, plan: Plan, keys: Keys) -> Arrived:
        socket = await self._opened.wait()
        if not isinstance(socket, SignalingSocket):
            raise UnreachableError("unreachable", "The signaling service did not answer. Try again.")
        return Arrived(plan, keys.session, keys.credentials, socket)

    def discard(self) -> None:
        self._clock.spawn(self._close())

    async def _close(self) -> None:
        try:
            socket = await self._opened.wait()
        except Exception:
            return
        if isinstance(socket, SignalingSocket):
            socket.close(1000)


def _false_room() -> RefusedError:
    return RefusedError("room.false", "The service showed another room than the one asked for. Do not use it.", 0, 0)
