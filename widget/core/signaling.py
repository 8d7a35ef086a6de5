"""Our place in a room at the signaling service: one socket, kept up and resumed until we leave.

The first attempt tells its caller what went wrong; after a success the session comes back by itself (full-jitter
pauses, same session id, resume ticket) and ends only when the service says for good that we may not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from widget.core.config import host_of
from widget.core.connection_states import SESSION, Phase
from widget.core.limits import BEAT_LOST_MS, BEAT_MS, RESUME_MS, ROOM_LOST_MS
from widget.core.relay_pace import RelayPace
from widget.core.signaling_socket import WHO, SignalingSocket, open_socket
from widget.core.waiting import Backoff, within
from widget.errors import ChatError, RefusedError
from widget.ports import Clock, Digest, Sockets
from widget.wire.socket import (
    Auth,
    Beat,
    Joined,
    Leave,
    Member,
    PeerJoined,
    PeerLeft,
    Problem,
    Renew,
    ServerMessage,
    Signal,
    auth_bytes,
    write_client,
)

EARLY_EVENTS: int = 1024
FINAL_CODES: tuple[str, ...] = ("origin.refused", "session.revoked", "session.replaced", "version.old")
# A restarted service may have lost the room, and a lost answer makes our ticket an old one: both mend themselves.
CURABLE_CODES: tuple[str, ...] = ("room.unknown", "room.full", "proof.invalid")


class Credentials(Protocol):
    """What proves who we are."""

    async def access_token(self) -> str: ...
    async def renew(self) -> None:
        """Get a newer token now: the one at hand was refused."""
        ...

    async def sign_socket(self, data: bytes) -> bytes: ...
    def device(self) -> bytes:
        """The device's public key, 65 bytes."""
        ...


class SignalingEvents(Protocol):
    """What happens in the room, in the order the service tells it."""

    def entered(self, joined: Joined, again: bool) -> None: ...
    def peer_joined(self, member: Member) -> None: ...
    def peer_left(self, sid: str) -> None: ...
    def signalled(self, signal: Signal) -> None: ...
    def relayed(self, sid: str, blob: bytes) -> None: ...
    def refused(self, problem: Problem) -> None: ...
    def cut(self) -> None:
        """The socket is gone; we are on our way back."""
        ...

    def ended(self, error: ChatError) -> None:
        """We are out for good."""
        ...

    async def room_lost(self) -> None:
        """The service forgot the room; who may found it again does so."""
        ...


class Signaling:
    """One session in one room."""

    def __init__(
        self,
        clock: Clock,
        sockets: Sockets,
        digest: Digest,
        base_url: str,
        credentials: Credentials,
    ) -> None:
        self._clock: Clock = clock
        self._sockets: Sockets = sockets
        self._base_url: str = base_url
        self._credentials: Credentials = credentials
        self._events: SignalingEvents | None = None
        self._early: list[Callable[[SignalingEvents], None]] = []
        self._backoff: Backoff = Backoff(digest)
        self._phase: Phase = Phase(SESSION, "idle")
        self._pace: RelayPace = RelayPace(clock, self._transmit)
        self._socket: SignalingSocket | None = None
        self._room: str = ""
        self._sid: str = ""
        self._resume: str = ""
        self._cut_ms: int = 0
        self._renewed: bool = False

    @property
    def is_joined(self) -> bool:
        return self._phase.now == "joined"

    async def enter(self, socket: SignalingSocket, room: str, sid: str) -> Joined:
        """Join `room` (32 hex digits) as session `sid`; raises what keeps us out.

        What happens in the room from then on waits until `begin` says whom to tell.
        """
        self._phase.move("enter")
        self._room = room
        self._sid = sid
        try:
            return await self._authenticate(socket)
        except ChatError:
            self._phase.move("failed")
            raise

    def begin(self, events: SignalingEvents) -> None:
        early = self._early
        self._early = []
        self._events = events
        for tell in early:
            tell(events)

    async def renew(self) -> None:
        """Show the service the newer access token, for the session as it is."""
        socket = self._socket
        if socket is not None and self.is_joined:
            token = await self._credentials.access_token()
            signature = await self._signature(socket)
            socket.send_text(write_client(Renew(token, self._credentials.device().hex(), signature)))

    def signal(self, sid: str, kind: str, data: str) -> None:
        socket = self._socket
        if socket is not None and self.is_joined:
            socket.send_text(write_client(Signal(sid, kind, data)))

    def relay(self, sid: str, blob: bytes) -> bool:
        """Send a sealed packet through the service; False when we are not connected to it."""
        if not self.is_joined:
            return False
        self._pace.send(sid, blob)
        return True

    def leave(self) -> None:
        """Out at once; the others are told that we will not be back."""
        socket = self._socket
        if socket is not None and self.is_joined:
            socket.send_text(write_client(Leave()))
        self._phase.move("leave")
        self._drop(1000)

    def hurry(self) -> None:
        """The network changed or the page woke up: look at the connection now, not at the next beat."""
        if self._socket is not None:
            self._beat(self._socket)

    def _drop(self, code: int) -> None:
        socket = self._socket
        self._socket = None
        self._pace.clear()
        if socket is not None:
            socket.close(code)

    async def _authenticate(self, socket: SignalingSocket) -> Joined:
        token = await self._credentials.access_token()
        signature = await self._signature(socket)
        socket.listen(self._hear, self._relayed, self._closed)
        self._socket = socket
        device = self._credentials.device().hex()
        socket.send_text(write_client(Auth(token, device, signature, self._room, self._sid, self._resume)))
        try:
            return await within(self._clock, WHO, socket.joined)
        except ChatError:
            if self._socket is socket:
                self._drop(1000)
            raise

    async def _signature(self, socket: SignalingSocket) -> str:
        data = auth_bytes(socket.nonce, host_of(self._base_url), self._room, self._sid)
        return (await self._credentials.sign_socket(data)).hex()

    def _hear(self, message: ServerMessage) -> None:
        if isinstance(message, Joined):
            self._entered(message)
        elif isinstance(message, PeerJoined):
            member = message.member
            self._tell(lambda events: events.peer_joined(member))
        elif isinstance(message, PeerLeft):
            sid = message.sid
            self._tell(lambda events: events.peer_left(sid))
        elif isinstance(message, Signal):
            signal = message
            self._tell(lambda events: events.signalled(signal))
        elif isinstance(message, Problem) and self.is_joined:
            problem = message
            self._tell(lambda events: events.refused(problem))

    def _entered(self, joined: Joined) -> None:
        again = self._phase.now == "returning"
        if self._phase.move("joined"):
            self._resume = joined.resume
            self._renewed = False
            self._backoff.reset()
            self._tell(lambda events: events.entered(joined, again))
            if self._socket is not None:
                self._tick(self._socket)

    def _relayed(self, sid: str, blob: bytes) -> None:
        if self.is_joined:
            self._tell(lambda events: events.relayed(sid, blob))

    def _tell(self, tell: Callable[[SignalingEvents], None]) -> None:
        if self._events is not None:
            tell(self._events)
        elif len(self._early) < EARLY_EVENTS:
            self._early.append(tell)

    def _transmit(self, packet: bytes) -> None:
        socket = self._socket
        if socket is not None:
            socket.send_bytes(packet)

    def _tick(self, socket: SignalingSocket) -> None:
        if socket is self._socket:
            self._beat(socket)
            self._clock.after(BEAT_MS, lambda: self._tick(socket))

    def _beat(self, socket: SignalingSocket) -> None:
        if self._clock.now_ms() - socket.heard_ms > BEAT_LOST_MS:
            self._drop(4000)
            self._cut()
        else:
            socket.send_text(write_client(Beat()))

    def _closed(self, socket: SignalingSocket, error: ChatError) -> None:
        if socket is not self._socket:
            return
        self._drop(1000)
        if not self.is_joined:
            return
        if error.code in FINAL_CODES:
            self._end(error)
        else:
            self._cut()

    def _cut(self) -> None:
        self._cut_ms = self._clock.now_ms()
        if self._phase.move("cut"):
            self._tell(lambda events: events.cut())
            self._clock.spawn(self._return())

    async def _return(self) -> None:
        pause_ms = self._backoff.next_ms()
        while self._phase.now == "waiting":
            await self._clock.sleep(pause_ms)
            if not self._phase.move("retry"):
                return
            pause_ms = self._backoff.next_ms()
            try:
                await self._enter_again()
            except RefusedError as error:
                pause_ms = max(pause_ms, error.retry_after_s * 1000)
                await self._refused_again(error)
                self._phase.move("cut")
            except ChatError:
                self._phase.move("cut")

    async def _enter_again(self) -> None:
        if self._clock.now_ms() - self._cut_ms > RESUME_MS:
            self._resume = ""
        socket = await open_socket(self._clock, self._sockets, self._base_url)
        if self._phase.now != "returning":
            socket.close(1000)
            return
        await self._authenticate(socket)

    async def _refused_again(self, error: RefusedError) -> None:
        """A refusal on the way back is final only when waiting cannot cure it."""
        is_old = self._clock.now_ms() - self._cut_ms > ROOM_LOST_MS
        if error.code in FINAL_CODES or (is_old and error.code in CURABLE_CODES):
            self._end(error)
        elif error.code == "token.invalid":
            await self._renew_once(error)
        elif error.code == "room.unknown" and self._events is not None:
            await self._events.room_lost()

    async def _renew_once(self, error: RefusedError) -> None:
        """The token at hand may have been withdrawn: one newer one is tried."""
        if self._renewed:
            self._end(error)
            return
        self._renewed = True
        try:
            await self._credentials.renew()
        except RefusedError as refusal:
            self._end(refusal)
        except ChatError:
            self._renewed = False

    def _end(self, error: ChatError) -> None:
        if self._phase.move("end"):
            self._tell(lambda events: events.ended(error))
