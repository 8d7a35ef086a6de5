"""The WebRTC side of a pair: offers, answers, candidates, and new attempts after a break.

The lower session id makes every offer, so offers never cross. An offer with the fingerprint we know restarts ICE, one
with another fingerprint comes from a new connection and replaces the old.
"""

from __future__ import annotations

from typing import Protocol

from widget.core.limits import CHANNEL_HIGH_BYTES, DIRECT_AGAIN_LAST_MS, DIRECT_AGAIN_MS, DIRECT_FIRST_MS
from widget.core.waiting import Lane
from widget.crypto.fingerprint import sdp_fingerprint
from widget.errors import ChatError, CwError, UnreachableError
from widget.model import IceServer
from widget.ports import Clock, PeerConnection, Rtc

SIGNALS_WAITING: int = 96
CANDIDATES_KEPT: int = 64
CHANNEL_QUEUE: int = 1024


class DirectOwner(Protocol):
    """What the pair does for its direct path."""

    def signal(self, kind: str, data: str) -> None: ...
    def direct_open(self, local: bytes, remote: bytes) -> None:
        """The channel is open; the DTLS fingerprints as both descriptions have them."""
        ...

    def direct_packet(self, packet: bytes) -> None: ...
    def direct_lost(self) -> None: ...
    def count_drop(self, why: str) -> None: ...


class Direct:
    """At most one live connection, which `_Attempt` follows."""

    def __init__(self, clock: Clock, rtc: Rtc, ice: list[IceServer], offers: bool, owner: DirectOwner) -> None:
        self._clock: Clock = clock
        self._rtc: Rtc = rtc
        self._ice: list[IceServer] = ice
        self._offers: bool = offers
        self._owner: DirectOwner = owner
        self._lane: Lane = Lane(clock, self._failed, SIGNALS_WAITING)
        self._attempt: _Attempt | None = None
        self._pause_ms: int = DIRECT_AGAIN_MS
        self._is_closed: bool = False

    def start(self) -> None:
        """Make an offer, if that is our part."""
        if self._offers and not self._is_closed:
            self._lane.add(self._offer_new)

    def restart_ice(self) -> None:
        """The network may have changed under a connection that still stands."""
        if self._offers and self._attempt is not None and self._attempt.is_open:
            self._lane.add(self._offer_again)

    def signalled(self, kind: str, data: str) -> None:
        """The peer's offer, answer or candidate."""
        if self._is_closed:
            return
        if kind == "candidate":
            taken = self._lane.add(lambda: self._take_candidate(data))
        elif kind == "offer" and not self._offers:
            taken = self._lane.add(lambda: self._take_offer(data))
        elif kind == "answer" and self._offers:
            taken = self._lane.add(lambda: self._take_answer(data))
        else:
            taken = False
        if not taken:
            self._owner.count_drop("signal.unwanted")

    def send(self, packet: bytes) -> None:
        """Queue for the channel; lost when it breaks, and then the pair sends again what was not confirmed."""
        if self._attempt is not None:
            self._attempt.send(packet)

    def give_up(self) -> None:
        """This connection is no good (its handshake failed, or it fell silent for too long): try another later."""
        attempt = self._attempt
        if attempt is not None:
            self._end(attempt)

    def close(self) -> None:
        self._is_closed = True
        self._lane.clear()
        if self._attempt is not None:
            self._attempt.close()
        self._attempt = None

    async def _offer_new(self) -> None:
        if self._attempt is None and not self._is_closed:
            attempt = self._connect()
            await self._offer(attempt, False)

    async def _offer_again(self) -> None:
        attempt = self._attempt
        if attempt is None:
            return
        try:
            await self._offer(attempt, True)
        except UnreachableError:
            return  # not every stack can; a connection that is dead is given up later

    async def _offer(self, attempt: _Attempt, restart: bool) -> None:
        sdp = await attempt.connection.offer(restart)
        attempt.local = sdp_fingerprint(sdp)
        attempt.has_remote = False
        self._tell(attempt, "offer", sdp)

    async def _take_offer(self, sdp: str) -> None:
        remote = sdp_fingerprint(sdp)
        attempt = self._attempt
        if attempt is not None and attempt.remote != remote:
            self._attempt = None
            attempt.close()
            self._owner.direct_lost()
            attempt = None
        if attempt is None:
            attempt = self._connect()
        attempt.remote = remote
        answer = await attempt.connection.answer(sdp)
        attempt.local = sdp_fingerprint(answer)
        self._tell(attempt, "answer", answer)
        await attempt.remote_is_set()

    async def _take_answer(self, sdp: str) -> None:
        attempt = self._attempt
        remote = sdp_fingerprint(sdp)
        if attempt is None or attempt.has_remote:
            self._owner.count_drop("signal.unwanted")
            return
        if len(attempt.remote) > 0 and attempt.remote != remote:
            self._end(attempt)  # the peer could not restart ICE and made a new connection: so do we, soon
            return
        attempt.remote = remote
        await attempt.connection.accept(sdp)
        await attempt.remote_is_set()

    async def _take_candidate(self, candidate: str) -> None:
        if self._attempt is not None:
            await self._attempt.add_candidate(candidate)

    def _connect(self) -> _Attempt:
        attempt = _Attempt(self, self._rtc, self._ice)
        self._attempt = attempt
        self._clock.after(DIRECT_FIRST_MS, lambda: self._too_late(attempt))
        return attempt

    def _tell(self, attempt: _Attempt, kind: str, sdp: str) -> None:
        if attempt is self._attempt:
            self._owner.signal(kind, sdp)
            attempt.described()

    def _too_late(self, attempt: _Attempt) -> None:
        if not attempt.is_open:
            self._end(attempt)

    def _failed(self, error: Exception) -> None:
        """A description that cannot be used, or a stack that refuses: counted, and tried again later."""
        self._owner.count_drop(error.code if isinstance(error, CwError) else "direct.error")
        if isinstance(error, CwError):
            return
        if self._attempt is None:
            self._start_later()
        self.give_up()

    def _end(self, attempt: _Attempt) -> None:
        if attempt is not self._attempt:
            return
        self._attempt = None
        attempt.close()
        self._owner.direct_lost()
        self._start_later()

    def _start_later(self) -> None:
        if self._offers and not self._is_closed:
            self._clock.after(self._pause_ms, self.start)
            self._pause_ms = min(self._pause_ms * 2, DIRECT_AGAIN_LAST_MS)

    def attempt_candidate(self, candidate: str) -> None:
        self._owner.signal("candidate", candidate)

    def attempt_opened(self, attempt: _Attempt) -> None:
        if attempt is self._attempt:
            self._pause_ms = DIRECT_AGAIN_MS
            self._owner.direct_open(attempt.local, attempt.remote)

    def attempt_message(self, attempt: _Attempt, data: bytes) -> None:
        if attempt is self._attempt:
            self._owner.direct_packet(data)

    def attempt_closed(self, attempt: _Attempt) -> None:
        self._end(attempt)


class _Attempt:
    """One peer connection: a `PeerEvents` that holds candidates and packets back until they can go."""

    def __init__(self, direct: Direct, rtc: Rtc, ice: list[IceServer]) -> None:
        self._direct: Direct = direct
        self._own_candidates: list[str] = []
        self._peer_candidates: list[str] = []
        self._is_described: bool = False
        self._queue: list[bytes] = []
        self._is_full: bool = False
        self.connection: PeerConnection = rtc.connect(ice, False, self)
        self.local: bytes = b""
        self.remote: bytes = b""
        self.has_remote: bool = False
        self.is_open: bool = False

    def described(self) -> None:
        """Our description is on its way: the candidates may follow it."""
        self._is_described = True
        for candidate in self._own_candidates:
            self._direct.attempt_candidate(candidate)
        self._own_candidates = []

    async def remote_is_set(self) -> None:
        self.has_remote = True
        candidates = self._peer_candidates
        self._peer_candidates = []
        for candidate in candidates:
            await self.add_candidate(candidate)

    async def add_candidate(self, candidate: str) -> None:
        """One that does not fit (it may belong to an earlier connection) changes nothing."""
        if not self.has_remote:
            if len(self._peer_candidates) < CANDIDATES_KEPT:
                self._peer_candidates.append(candidate)
            return
        try:
            await self.connection.add_candidate(candidate)
        except ChatError:
            return

    def send(self, packet: bytes) -> None:
        if self._is_full or not self.is_open:
            if len(self._queue) < CHANNEL_QUEUE:
                self._queue.append(packet)
            return
        try:
            self._is_full = self.connection.send(packet) > CHANNEL_HIGH_BYTES
        except UnreachableError:
            self._direct.attempt_closed(self)

    def close(self) -> None:
        self._queue = []
        self.is_open = False
        self.connection.close()

    def candidate(self, candidate: str) -> None:
        if self._is_described:
            self._direct.attempt_candidate(candidate)
        else:
            self._own_candidates.append(candidate)

    def opened(self) -> None:
        self.is_open = True
        self._direct.attempt_opened(self)

    def message(self, data: bytes) -> None:
        self._direct.attempt_message(self, data)

    def writable(self) -> None:
        self._is_full = False
        queue = self._queue
        self._queue = []
        for packet in queue:
            self.send(packet)

    def closed(self) -> None:
        self._direct.attempt_closed(self)
