"""Peer connections without a network: descriptions name their maker, and two that know each other open a channel."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from tests.fakes.clock import HandClock
from tests.fakes.links import LinkedChannels
from widget.crypto.fingerprint import sdp_fingerprint
from widget.errors import CwError, UnreachableError
from widget.model import IceServer
from widget.ports import PeerConnection, PeerEvents

LOW_BYTES = 65536


class FakeNet:
    """The world between peers. `blocked`: no channel opens. `is_away`: whether a STUN server's answers are lost too."""

    def __init__(self, clock: HandClock, open_ms: int = 40) -> None:
        self.clock = clock
        self.open_ms = open_ms
        self.blocked = False
        self.through_turn = False
        self.peers: dict[str, FakePeer] = {}
        self._false_names: dict[str, str] = {}
        self.channels: list[LinkedChannels] = []
        self.ice_seen: list[list[IceServer]] = []
        self.turn_only: list[bool] = []
        self.is_away: Callable[[], bool] = lambda: False

    def break_all(self) -> None:
        """Every open channel ends, and both sides are told."""
        for peer in list(self.peers.values()):
            peer.broken()

    def unsettle_all(self) -> None:
        """Every open channel swallows what is sent, and both sides are told that the other does not answer."""
        self.silence_all()
        for peer in list(self.peers.values()):
            peer.unsteady()

    def silence_all(self) -> None:
        """Every open channel swallows what is sent, and nobody is told."""
        for channel in self.channels:
            for fates in channel.fates:
                fates.all_lost = True

    def intercept(self, sdp: str) -> str:
        """A man in the middle ends every DTLS connection himself and shows both sides a fingerprint of his own."""
        name = _name(sdp)
        false = secrets.token_hex(32)
        self._false_names[false] = name
        return sdp.replace(_pairs(name), _pairs(false))

    def real(self, name: str) -> str:
        return self._false_names.get(name, name)

    def heal_all(self) -> None:
        for channel in self.channels:
            for fates in channel.fates:
                fates.all_lost = False


class FakePeer:
    """One end. Its fingerprint is its name."""

    def __init__(self, net: FakeNet, events: PeerEvents, asks: bool) -> None:
        """`asks` a STUN server for its address."""
        self._net = net
        self._asks = asks
        self._events = events
        self._remote = ""
        self._wire: tuple[LinkedChannels, int] | None = None
        self._is_over = False
        self._buffered = 0
        self.name = secrets.token_hex(32)
        net.peers[self.name] = self

    @property
    def is_open(self) -> bool:
        return self._wire is not None and not self._is_over

    async def offer(self) -> str:
        if self._is_over:
            raise UnreachableError("rtc.refused", "no")
        self._events.candidate('{"candidate":"candidate:1 1 udp 1 192.0.2.1 9 typ host","sdpMid":"0"}')
        if self._asks and not self._net.is_away():
            self._events.candidate('{"candidate":"candidate:2 1 udp 1 203.0.113.1 9 typ srflx","sdpMid":"0"}')
        return self._sdp()

    async def answer(self, remote_sdp: str) -> str:
        if self._is_over or self._remote != "":
            raise UnreachableError("rtc.refused", "no")
        self._remote = self._net.real(_name(remote_sdp))
        self._events.candidate("")
        return self._sdp()

    async def accept(self, remote_sdp: str) -> None:
        self._remote = self._net.real(_name(remote_sdp))
        other = self._net.peers.get(self._remote)
        if other is not None and other._remote == self.name and self._wire is None and not self._net.blocked:
            self._net.clock.after(self._net.open_ms, lambda: self._join(other))

    async def add_candidate(self, candidate: str) -> None:
        if self._remote == "" or candidate[:1] not in ("", "{"):
            raise UnreachableError("rtc.refused", "a candidate before the description, or none at all")

    async def uses_turn(self) -> bool:
        return self._net.through_turn

    def send(self, data: bytes) -> int:
        if self._wire is None or self._is_over:
            raise UnreachableError("rtc.closed", "closed")
        channel, end = self._wire
        channel.send(end, data)
        self._buffered += len(data)
        self._net.clock.after(1, lambda: self._drained(len(data)))
        return self._buffered

    def close(self) -> None:
        if self._is_over:
            return
        self._is_over = True
        del self._net.peers[self.name]
        other = self._net.peers.get(self._remote)
        if self._wire is not None and other is not None:
            self._net.clock.after(1, other.broken)

    def unsteady(self) -> None:
        if self.is_open:
            self._events.unsteady()

    def broken(self) -> None:
        if self._wire is not None and not self._is_over:
            self.close()
            self._events.closed()

    def _join(self, other: FakePeer) -> None:
        if self._is_over or other._is_over or self._net.blocked:
            return
        channel = LinkedChannels(self._net.clock)
        self._net.channels.append(channel)
        channel.listeners = [self._message, other._message]
        self._wire, other._wire = (channel, 0), (channel, 1)
        self._events.opened()
        other._events.opened()

    def _drained(self, length: int) -> None:
        was_high = self._buffered > LOW_BYTES
        self._buffered -= length
        if was_high and self._buffered <= LOW_BYTES and not self._is_over:
            self._events.writable()

    def _message(self, data: bytes) -> None:
        if not self._is_over:
            self._events.message(data)

    def _sdp(self) -> str:
        return (
            f"v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=fingerprint:sha-256 {_pairs(self.name)}\r\n"
        )


def _pairs(name: str) -> str:
    return ":".join(name[index : index + 2].upper() for index in range(0, 64, 2))


def _name(sdp: str) -> str:
    try:
        return sdp_fingerprint(sdp).hex()
    except CwError as error:
        raise UnreachableError("rtc.refused", "no description") from error


class FakeRtc:
    def __init__(self, net: FakeNet) -> None:
        self._net = net
        self.warmed = 0

    def warm(self) -> None:
        self.warmed += 1

    def connect(self, ice_servers: list[IceServer], relay_only: bool, events: PeerEvents) -> PeerConnection:
        self._net.ice_seen.append(ice_servers)
        self._net.turn_only.append(relay_only)
        return FakePeer(self._net, events, len(ice_servers) > 0)
