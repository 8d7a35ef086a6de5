"""Our place in a room at the signaling service: one socket, kept up and resumed until we leave.

The first attempt tells its caller what went wrong; after a success the session comes back by itself (full-jitter
pauses, same session id, resume ticket) and ends only when the service says for good that we may not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from widget.crypto.device import DeviceKey
from widget.errors import ChatError, RefusedError
from widget.ports import Clock, Deferred, Platform, Sockets
from widget.transport.addresses import host_of, socket_url
from widget.transport.limits import BEAT_LOST_MS, BEAT_MS, RESUME_MS, ROOM_LOST_MS
from widget.transport.relay import Relay
from widget.transport.signaling_socket import Relayed, SignalingSocket
from widget.transport.waiting import Backoff, start, within
from widget.wire.socket import (
    Joined,
    ServerMessage,
    auth_bytes,
    proof_fields,
    write_auth,
    write_beat,
    write_leave,
    write_renew,
)

EARLY_EVENTS: int = 1024
FINAL_CODES: tuple[str, ...] = ("origin.refused", "session.revoked", "session.replaced", "version.old")
# A restarted service may have lost the room, and a lost answer makes our ticket an old one: both mend themselves.
CURABLE_CODES: tuple[str, ...] = ("room.unknown", "room.full", "proof.invalid")


class Credentials(Protocol):
    """What proves who we are."""

    async def access_token(self) -> str: ...
    async def device_key(self) -> DeviceKey: ...
    async def renew(self) -> None:
        """Get a newer token now: the one at hand was refused."""
        ...


@dataclass(frozen=True)
class Cut:
    """The socket is gone; we are on our way back."""


@dataclass(frozen=True)
class Forgotten:
    """The service does not know the room any more; who may found it again does so while we keep asking."""


# What happens in the room, in the order the service tells it. A ChatError means that we are out for good.
RoomEvent = ServerMessage | Relayed | Cut | Forgotten | ChatError


class Signaling:
    """One session in one room. The socket opens at once, before it is known which room it is for."""

    def __init__(self, platform: Platform, base_url: str, credentials: Credentials) -> None:
        self._clock: Clock = platform.clock
        self._sockets: Sockets = platform.sockets
        self._base_url: str = base_url
        self._credentials: Credentials = credentials
        self._listener: Callable[[RoomEvent], None] | None = None
        self._early: list[RoomEvent] = []
        self._backoff: Backoff = Backoff(platform.crypto.digest)
        self._relay: Relay = Relay(self._clock, self._transmit)
        self._socket: SignalingSocket | None = None
        self._room: str = ""
        self._sid: str = ""
        self._resume: str = ""
        self._cut_ms: int = 0
        self._has_renewed: bool = False
        self._is_over: bool = False
        self._opening: Deferred = start(self._clock, self._open)
        self.is_joined: bool = False

    async def enter(self, room: str, sid: str) -> Joined:
        """Join `room` (32 hex digits) as session `sid`; raises what keeps us out.

        What happens in the room from then on waits until `begin` says whom to tell.
        """
        self._room = room
        self._sid = sid
        socket: SignalingSocket = await self._opening.wait()
        if socket.is_closed:  # the service got tired of waiting
            socket = await self._open()
        return await self._join(socket)

    def begin(self, listener: Callable[[RoomEvent], None]) -> None:
        self._listener = listener
        for event in self._early:
            listener(event)
        self._early = []

    async def renew(self) -> None:
        """Show the service the newer access token, for the session as it is."""
        if self._socket is not None and self.is_joined:
            self.send(write_renew(await self._proof(self._socket)))

    def send(self, message: str) -> None:
        """A written message; lost when we are not connected to the service."""
        if self._socket is not None and self.is_joined:
            self._socket.send_text(message)

    def relay(self, sid: str, packet: bytes) -> None:
        """A sealed packet for the member `sid`."""
        if self.is_joined:
            self._relay.send(sid, packet)

    def leave(self) -> None:
        """Out at once; the others are told that we will not be back."""
        self.send(write_leave())
        self._is_over = True
        self._drop()

    def hurry(self) -> None:
        """The network changed or the page woke up: look at the connection now, not at the next beat."""
        if self._socket is not None and self.is_joined:
            self._beat(self._socket)

    # What the socket tells.

    def heard(self, socket: SignalingSocket, message: ServerMessage | Relayed) -> None:
        if socket is not self._socket:
            return
        if isinstance(message, Joined):
            self.is_joined = True
            self._resume = message.resume
            self._has_renewed = False
            self._backoff.reset()
            self._clock.after(BEAT_MS, lambda: self._tick(socket))
        if self.is_joined:
            self._tell(message)

    def closed(self, socket: SignalingSocket, error: ChatError) -> None:
        if socket is not self._socket:
            return
        was_joined = self.is_joined
        self._drop()
        if was_joined and error.code in FINAL_CODES:
            self._end(error)
        elif was_joined:
            self._cut()

    def _tell(self, event: RoomEvent) -> None:
        listener = self._listener
        if listener is not None:
            listener(event)
        elif len(self._early) < EARLY_EVENTS:
            self._early.append(event)

    def _transmit(self, packet: bytes) -> None:
        if self._socket is not None:
            self._socket.send_bytes(packet)

    def _drop(self) -> None:
        socket = self._socket
        self._socket = None
        self.is_joined = False
        self._relay.clear()
        if socket is not None:
            socket.close()

    async def _open(self) -> SignalingSocket:
        """A socket that has said hello."""
        socket = SignalingSocket(self._clock, self)
        self._socket = socket
        url = socket_url(self._base_url)
        await within(self._clock, lambda: socket.open(self._sockets, url))
        return socket

    async def _join(self, socket: SignalingSocket) -> Joined:
        proof = await self._proof(socket)
        socket.send_text(write_auth(proof, self._room, self._sid, self._resume))
        joined: Joined = await within(self._clock, socket.answer.wait)
        return joined

    async def _proof(self, socket: SignalingSocket) -> dict[str, Any]:
        """The token, and that this device may show it."""
        token = await self._credentials.access_token()
        device = await self._credentials.device_key()
        data = auth_bytes(socket.nonce, host_of(self._base_url), self._room, self._sid)
        return proof_fields(token, device.public, await device.sign_labelled(data))

    def _tick(self, socket: SignalingSocket) -> None:
        if socket is self._socket:
            self._beat(socket)
            self._clock.after(BEAT_MS, lambda: self._tick(socket))

    def _beat(self, socket: SignalingSocket) -> None:
        if self._clock.steady_ms() - socket.heard_ms > BEAT_LOST_MS:
            self._drop()
            self._cut()
        else:
            self.send(write_beat())

    def _cut(self) -> None:
        self._cut_ms = self._clock.steady_ms()
        self._tell(Cut())
        self._return_after(0)

    def _return_after(self, least_ms: int) -> None:
        pause_ms = max(self._backoff.next_ms(), least_ms)
        self._clock.after(pause_ms, lambda: self._clock.spawn(self._return()))

    async def _return(self) -> None:
        if self._is_over:
            return
        if self._clock.steady_ms() - self._cut_ms > RESUME_MS:
            self._resume = ""
        least_ms = 0
        try:
            await self._join(await self._open())
        except ChatError as error:
            self._drop()
            if isinstance(error, RefusedError):
                least_ms = error.retry_after_s * 1000
                await self._refused_again(error)
            self._return_after(least_ms)

    async def _refused_again(self, error: RefusedError) -> None:
        """A refusal on the way back is final only when waiting cannot cure it."""
        is_old = self._clock.steady_ms() - self._cut_ms > ROOM_LOST_MS
        if error.code in FINAL_CODES or (is_old and error.code in CURABLE_CODES):
            self._end(error)
        elif error.code == "token.invalid":
            await self._renew_once(error)
        elif error.code == "room.unknown":
            self._tell(Forgotten())

    async def _renew_once(self, error: RefusedError) -> None:
        """The token at hand may have been withdrawn: one newer one is tried."""
        if self._has_renewed:
            self._end(error)
            return
        self._has_renewed = True
        try:
            await self._credentials.renew()
        except RefusedError as refusal:
            self._end(refusal)
        except ChatError:
            self._has_renewed = False

    def _end(self, error: ChatError) -> None:
        if not self._is_over:
            self._is_over = True
            self._tell(error)
