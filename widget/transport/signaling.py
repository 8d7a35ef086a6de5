"""Our place in a room at the signaling service: one socket, kept up and resumed until we leave.

Coming in and coming back are the same: attempts with full-jitter pauses (the same session id, the resume ticket) until
the service lets us in or says for good that we may not. Only the first time it has no more than a minute.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from widget.crypto.device import DeviceKey
from widget.errors import ChatError, RefusedError, StoppedError
from widget.model import IceServer
from widget.ports import Clock, Deferred, Platform, Sockets
from widget.transport.addresses import host_of, socket_url
from widget.transport.happened import Dropped
from widget.transport.knock import knock
from widget.transport.limits import (
    ANSWER_MS,
    BEAT_MS,
    HURRY_MS,
    KNOCK_AFTER,
    OPEN_SOON_MS,
    RESUME_MS,
    RETRY_FIRST_MS,
    RETRY_SOON_FOR_MS,
    RETRY_SOON_MS,
    ROOM_LOST_MS,
)
from widget.transport.relay import Relay
from widget.transport.room_events import Cut, Forgotten, RoomEvent
from widget.transport.signaling_socket import Relayed, SignalingSocket
from widget.transport.verdicts import CURABLE_CODES, FINAL_CODES, is_final
from widget.transport.waiting import Backoff, start, within
from widget.wire.client_text import (
    auth_bytes,
    proof_fields,
    write_auth,
    write_leave,
    write_renew,
)
from widget.wire.showing import write_show
from widget.wire.socket import Joined, ServerMessage

EARLY_EVENTS: int = 1024
LEFT: str = "The room was left before it was entered."


class Credentials(Protocol):
    """What proves who we are."""

    async def access_token(self) -> str: ...
    async def device_key(self) -> DeviceKey: ...
    async def renew(self) -> None:
        """Get a newer token now: the one at hand was refused."""
        ...


class Signaling:
    """One session in one room. The socket opens at once, before it is known which room it is for."""

    def __init__(self, platform: Platform, base_url: str, credentials: Credentials) -> None:
        self._clock: Clock = platform.clock
        self._sockets: Sockets = platform.sockets
        self._platform: Platform = platform
        self._ice: list[IceServer] = []
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
        self._doubted_ms: int = -HURRY_MS
        self._refused_ms: int = -1  # since when the service is there and refuses what time may cure
        self._has_renewed: bool = False
        self._was_joined: bool = False
        self._is_over: bool = False
        self._attempt: int = 0  # only the newest one counts
        self._attempt_ms: int = 0
        self._tries: int = 0
        self._cancel_pause: Callable[[], None] = lambda: None
        self._waiting: Callable[[ChatError], None] = lambda error: None
        self._entering: Deferred = self._clock.deferred()
        self._opening: Deferred | None = start(self._clock, lambda: self._open(ANSWER_MS))
        self.is_joined: bool = False
        self.cut_ms: int = 0  # when we last were on our way in, or back

    async def enter(self, room: str, sid: str, waiting: Callable[[ChatError], None]) -> Joined:
        """Join `room` (32 hex digits) as session `sid`; raises what keeps us out.

        `waiting` hears what is being waited for. What happens in the room waits until `begin` says whom to tell.
        """
        self._room = room
        self._sid = sid
        self._waiting = waiting
        self.cut_ms = self._clock.steady_ms()
        self._try()
        joined: Joined = await self._entering.wait()
        return joined

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

    def show(self, visit_id: str, answer: bytes) -> None:
        """What a visitor may see, sealed for them."""
        if self.is_joined:
            self._transmit(write_show(visit_id, answer))

    def leave(self) -> None:
        """Out at once; the others are told that we will not be back."""
        self.send(write_leave())
        self._is_over = True
        self._entering.fail(StoppedError("order.left", LEFT))
        self._drop()

    def doubt(self) -> None:
        """Something is missing that should have come: what is up has to answer soon.

        A member may make that happen often, and the service takes two beats a second.
        """
        now_ms = self._clock.steady_ms()
        if now_ms - self._doubted_ms >= HURRY_MS:
            self._doubted_ms = now_ms
            if self.is_joined and self._socket is not None:
                self._socket.doubt(self._socket.late_ms())

    def hurry(self) -> None:
        """The network changed or the page woke up: what is up has to answer soon, what is down is tried now."""
        if self.is_joined and self._socket is not None:
            self._socket.doubt(HURRY_MS)
        elif self._attempt > 0 and (
            self._socket is None or self._clock.steady_ms() - self._attempt_ms > RETRY_FIRST_MS
        ):
            self._tries = 0
            self._drop()
            self._try()

    # What the socket tells.

    def heard(self, socket: SignalingSocket, message: ServerMessage | Relayed | Dropped) -> None:
        if socket is not self._socket or (isinstance(message, Joined) and self.is_joined):
            return
        if isinstance(message, Joined):
            self.is_joined = True
            self._was_joined = True
            self._resume = message.resume
            self._ice = message.ice
            self._has_renewed = False
            self._refused_ms = -1
            self._backoff.reset()
            self._clock.after(BEAT_MS, socket.keep)
            self._entering.settle(message)
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

    async def _open(self, limit_ms: int) -> SignalingSocket:
        """A socket that has said hello."""
        if self._is_over:
            raise StoppedError("order.left", LEFT)
        socket = SignalingSocket(self._clock, self)
        self._socket = socket
        url = socket_url(self._base_url)
        await within(self._clock, lambda: socket.open(self._sockets, url), limit_ms)
        return socket

    async def _join(self, socket: SignalingSocket) -> None:
        proof = await self._proof(socket)
        socket.send_text(write_auth(proof, self._room, self._sid, self._resume))
        is_cut = self._tries <= KNOCK_AFTER and socket.late_ms() < HURRY_MS  # who greets at once is not only slow
        await within(self._clock, socket.answer.wait, OPEN_SOON_MS if is_cut else ANSWER_MS)

    async def _proof(self, socket: SignalingSocket) -> dict[str, Any]:
        """The token, and that this device may show it."""
        token = await self._credentials.access_token()
        device = await self._credentials.device_key()
        data = auth_bytes(socket.nonce, host_of(self._base_url), self._room, self._sid)
        return proof_fields(token, device.public, await device.sign_labelled(data))

    def _cut(self) -> None:
        self.cut_ms = self._attempt_ms = self._clock.steady_ms()
        self._tries = 0
        self._tell(Cut())
        self._pause(0)

    def _pause(self, least_ms: int) -> None:
        """A service that was there a moment ago is asked again soon: it may be the network that comes back.

        An attempt that hung was a pause in itself.
        """
        now_ms = self._clock.steady_ms()
        pause_ms = self._backoff.next_ms()
        if now_ms - self.cut_ms < RETRY_SOON_FOR_MS:
            pause_ms = min(pause_ms, RETRY_SOON_MS)
        self._cancel_pause = self._clock.after(max(self._attempt_ms + pause_ms - now_ms, least_ms), self._try)

    def _try(self) -> None:
        """Come in, or come back, now. An earlier attempt that hangs does not count any more."""
        self._cancel_pause()
        self._attempt += 1
        self._tries += 1
        self._attempt_ms = self._clock.steady_ms()
        number = self._attempt
        self._clock.spawn(self._come(number))

    async def _come(self, number: int) -> None:
        if self._is_over or number != self._attempt:
            return
        if self._clock.steady_ms() - self.cut_ms > RESUME_MS:
            self._resume = ""
        try:
            socket = await self._opened(number)
            if socket is not None:
                await self._join(socket)
        except ChatError as error:
            if number == self._attempt and not self._is_over:
                self._drop()
                await self._put_off(error)

    async def _opened(self, number: int) -> SignalingSocket | None:
        """None when another attempt has begun meanwhile."""
        opening = self._opening
        self._opening = None
        if opening is not None:
            socket: SignalingSocket = await opening.wait()
            if not socket.is_closed:  # else the service got tired of waiting
                return socket
        if self._tries <= KNOCK_AFTER:
            return await self._open(OPEN_SOON_MS)
        await knock(
            self._platform, self._base_url, self._ice, lambda: number == self._attempt and self._socket is None
        )
        return await self._open(ANSWER_MS) if number == self._attempt else None

    async def _put_off(self, error: ChatError) -> None:
        """Waiting cures much; what it cannot cure is the end."""
        final = await self._final(error)
        if final is not None:
            self._end(final)
        elif not self._is_over:
            if not self._was_joined:
                self._waiting(error)
            self._pause(error.retry_after_s * 1000 if isinstance(error, RefusedError) else 0)

    async def _final(self, error: ChatError) -> ChatError | None:
        """What ends it, if this does."""
        code = error.code
        if code == "token.invalid":
            return await self._renew_once(error)
        if not self._was_joined or code not in CURABLE_CODES:
            return error if is_final(error, not self._was_joined, self._is_late(self.cut_ms)) else None
        if self._refused_ms < 0:
            self._refused_ms = self._clock.steady_ms()
            self._backoff.reset()  # the service is there again: ask soon
        if self._is_late(self._refused_ms):
            return error
        if code == "room.unknown":
            self._tell(Forgotten())
        return None

    def _is_late(self, since_ms: int) -> bool:
        return self._clock.steady_ms() - since_ms > ROOM_LOST_MS

    async def _renew_once(self, error: ChatError) -> ChatError | None:
        """The token at hand may have been withdrawn: one newer one is tried."""
        if self._has_renewed:
            return error
        self._has_renewed = True
        try:
            await self._credentials.renew()
        except RefusedError as refusal:
            return refusal
        except ChatError:
            self._has_renewed = False
        return None

    def _end(self, error: ChatError) -> None:
        if not self._is_over:
            self._is_over = True
            self._entering.fail(error)
            self._tell(error)
