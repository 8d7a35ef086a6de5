"""Peer connections by aiortc, in the same order as widget/browser/rtc.py.

aiortc gathers before it answers and cannot restart ICE; and it writes three fingerprints where browsers write one, so
the sha-384 and sha-512 lines are left out of every description handed over (security rests on the sha-256 one).
"""

from __future__ import annotations

import asyncio
import json

from aiortc import (
    RTCConfiguration,
    RTCDataChannel,
    RTCIceServer,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.exceptions import InvalidAccessError, InvalidStateError
from aiortc.sdp import candidate_from_sdp

from widget.errors import UnreachableError
from widget.model import IceServer
from widget.ports import PeerConnection, PeerEvents

LABEL = "cw1"
LOW_BUFFER_BYTES = 65536
OTHER_FINGERPRINTS = ("a=fingerprint:sha-384", "a=fingerprint:sha-512")
MISTAKES = (ValueError, KeyError, IndexError, AttributeError, AssertionError, InvalidAccessError, InvalidStateError)


class NativePeer:
    """One RTCPeerConnection and its negotiated channel."""

    def __init__(self, rtc: NativeRtc, configuration: RTCConfiguration, events: PeerEvents) -> None:
        self._rtc: NativeRtc = rtc
        self._events: PeerEvents = events
        self._is_over: bool = False
        self._is_opened: bool = False
        self._early: list[bytes | str] = []
        self._working: asyncio.Lock = asyncio.Lock()
        self._peer: RTCPeerConnection = RTCPeerConnection(configuration)
        self._channel: RTCDataChannel = self._peer.createDataChannel(LABEL, negotiated=True, id=0)
        self._channel.bufferedAmountLowThreshold = LOW_BUFFER_BYTES
        self._peer.on("connectionstatechange", self._state)
        self._channel.on("open", self._opened)
        self._channel.on("message", self._message)
        self._channel.on("bufferedamountlow", self._writable)
        self._channel.on("close", self._closed)

    async def offer(self) -> str:
        async with self._working:
            self._check_open()
            try:
                await self._peer.setLocalDescription(await self._peer.createOffer())
            except MISTAKES as error:
                raise _refused() from error
            return self._local_sdp()

    async def answer(self, remote_sdp: str) -> str:
        if self._peer.remoteDescription is not None:
            raise UnreachableError("rtc.again", "This connection has answered already.")
        if "m=application" not in remote_sdp:  # aiortc takes any text for an empty description
            raise _refused()
        async with self._working:
            self._check_open()
            try:
                await self._peer.setRemoteDescription(RTCSessionDescription(remote_sdp, "offer"))
                await self._peer.setLocalDescription(await self._peer.createAnswer())
            except MISTAKES as error:
                raise _refused() from error
            return self._local_sdp()

    async def accept(self, remote_sdp: str) -> None:
        async with self._working:
            self._check_open()
            try:
                await self._peer.setRemoteDescription(RTCSessionDescription(remote_sdp, "answer"))
            except MISTAKES as error:
                raise _refused() from error

    async def add_candidate(self, candidate: str) -> None:
        try:
            if candidate == "":
                await self._peer.addIceCandidate(None)
                return
            fields = json.loads(candidate)
            line = str(fields["candidate"])
            if line == "":
                return
            parsed = candidate_from_sdp(line.removeprefix("candidate:"))
            parsed.sdpMid = fields.get("sdpMid")
            parsed.sdpMLineIndex = fields.get("sdpMLineIndex")
            await self._peer.addIceCandidate(parsed)
        except (*MISTAKES, TypeError) as error:
            raise _refused() from error

    async def uses_turn(self) -> bool:
        """aiortc's statistics leave the pair out that aioice chose."""
        sctp = self._peer.sctp
        pair = None if sctp is None else sctp.transport.transport._connection._nominated.get(1)
        return pair is not None and "relay" in (pair.local_candidate.type, pair.remote_candidate.type)

    def send(self, data: bytes) -> int:
        if self._is_over or self._channel.readyState != "open":
            raise UnreachableError("rtc.closed", "The direct connection is closed.")
        self._channel.send(data)
        return int(self._channel.bufferedAmount)

    def close(self) -> None:
        if not self._is_over:
            self._is_over = True
            self._rtc.close_soon(self)

    async def end(self) -> None:
        """Close the connection, but not in the midst of gathering: aiortc would leave that gatherer's sockets open."""
        async with self._working:
            await self._peer.close()

    def _check_open(self) -> None:
        if self._is_over:
            raise UnreachableError("rtc.closed", "The direct connection is closed.")

    def _local_sdp(self) -> str:
        lines = str(self._peer.localDescription.sdp).split("\r\n")
        return "\r\n".join(
            line for line in lines if not line.startswith(("a=fingerprint:sha-384", "a=fingerprint:sha-512"))
        )

    def _state(self) -> None:
        if self._peer.connectionState in ("failed", "closed"):
            self._closed()

    def _opened(self) -> None:
        if self._is_over or self._is_opened:
            return
        self._is_opened = True
        self._events.opened()
        early = self._early
        self._early = []
        for data in early:
            self._message(data)

    def _message(self, data: bytes | str) -> None:
        if self._is_over:
            return
        if not self._is_opened:
            self._early.append(data)
        else:  # a text message is nothing of ours; no peer of this protocol sends one
            self._events.message(b"" if isinstance(data, str) else data)

    def _writable(self) -> None:
        if not self._is_over:
            self._events.writable()

    def _closed(self) -> None:
        if not self._is_over:
            self.close()
            self._events.closed()


class NativeRtc:
    """Makes peer connections; `close` waits until all of them are down."""

    def __init__(self) -> None:
        self._closing: set[asyncio.Task[None]] = set()
        self._peers: set[NativePeer] = set()

    def warm(self) -> None:
        """The first costs no more than others."""

    def connect(self, ice_servers: list[IceServer], relay_only: bool, events: PeerEvents) -> PeerConnection:
        if relay_only:
            raise UnreachableError("rtc.unavailable", "A relay-only connection is not possible here.")
        servers = [
            RTCIceServer(urls=server.urls, username=server.username or None, credential=server.credential or None)
            for server in ice_servers
        ]
        peer = NativePeer(self, RTCConfiguration(iceServers=servers), events)
        self._peers.add(peer)
        return peer

    def close_soon(self, peer: NativePeer) -> None:
        self._peers.discard(peer)
        task = asyncio.get_running_loop().create_task(peer.end())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def close(self) -> None:
        for peer in list(self._peers):
            peer.close()
        await asyncio.gather(*self._closing, return_exceptions=True)


def _refused() -> UnreachableError:
    return UnreachableError("rtc.refused", "The direct connection could not be set up.")
