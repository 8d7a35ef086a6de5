"""Peer connections of a page."""

from __future__ import annotations

from collections.abc import Callable

from widget.browser import js
from widget.errors import UnreachableError
from widget.model import IceServer
from widget.ports import PeerConnection, PeerEvents

LABEL = "cw1"
LOW_BUFFER_BYTES = 65536


class BrowserPeer:
    """One RTCPeerConnection and its data channel."""

    def __init__(self, configuration: js.Value, events: PeerEvents) -> None:
        self._events: PeerEvents = events
        self._over: bool = False
        self._peer: js.Value = js.new(js.window.RTCPeerConnection, configuration)
        self._channel: js.Value = self._peer.createDataChannel(LABEL, js.options({"negotiated": True, "id": 0}))
        self._channel.binaryType = "arraybuffer"
        self._channel.bufferedAmountLowThreshold = LOW_BUFFER_BYTES
        self._hear(self._peer, "onicecandidate", self._candidate)
        self._hear(self._peer, "onconnectionstatechange", self._state)
        self._hear(self._peer, "oniceconnectionstatechange", self._state)
        self._hear(self._channel, "onopen", lambda _event: events.opened())
        self._hear(self._channel, "onmessage", self._message)
        self._hear(self._channel, "onbufferedamountlow", lambda _event: events.writable())
        self._hear(self._channel, "onclose", self._end)

    async def offer(self) -> str:
        return await self._describe("createOffer")

    async def answer(self, remote_sdp: str) -> str:
        await self._take("offer", remote_sdp)
        return await self._describe("createAnswer")

    async def accept(self, remote_sdp: str) -> None:
        await self._take("answer", remote_sdp)

    async def add_candidate(self, candidate: str) -> None:
        if candidate != "":  # Chrome before 92 rejects an end of candidates; ICE ends without one
            try:
                await js.wait(self._peer.addIceCandidate(js.window.JSON.parse(candidate)))
            except Exception as error:
                raise refused() from error

    async def uses_turn(self) -> bool:
        try:
            report = await js.wait(self._peer.getStats())
            for stat in js.items(js.window.Array["from"](report.values())):
                if stat.type == "candidate-pair" and bool(stat.nominated):
                    for end in (stat.localCandidateId, stat.remoteCandidateId):
                        if report.get(end).candidateType == "relay":
                            return True
        except Exception:  # some browsers hide an end; what is not known is not said
            return False
        return False

    def send(self, data: bytes) -> int:
        if self._channel.readyState != "open":
            raise refused()
        try:
            self._channel.send(js.from_bytes(data))
        except Exception as error:
            raise refused() from error
        buffered: int = self._channel.bufferedAmount
        return buffered

    def close(self) -> None:
        self._over = True
        self._channel.close()
        self._peer.close()

    async def _take(self, kind: str, sdp: str) -> None:
        await self._step("setRemoteDescription", js.options({"type": kind, "sdp": sdp}))

    async def _describe(self, call: str) -> str:
        made = await self._step(call, js.options({}))
        await self._step("setLocalDescription", made)
        sdp: str = made.sdp
        return sdp

    async def _step(self, call: str, argument: js.Value) -> js.Value:
        try:
            return await js.wait(self._peer[call](argument))
        except Exception as error:
            raise refused() from error

    def _hear(self, source: js.Value, name: str, action: Callable[[js.Value], None]) -> None:
        """Call `action` with the events of that name until the end."""

        def heard(event: js.Value) -> None:
            if not self._over:
                action(event)

        source[name] = js.listener(heard)

    def _candidate(self, event: js.Value) -> None:
        candidate = js.get(event, "candidate")
        self._events.candidate("" if candidate is None else js.window.JSON.stringify(candidate))

    def _state(self, event: js.Value) -> None:
        # Firefox before 113 has no connectionState.
        if self._peer.connectionState == "failed" or self._peer.iceConnectionState == "failed":
            self._end(event)
        elif self._peer.iceConnectionState == "disconnected":
            self._events.unsteady()

    def _message(self, event: js.Value) -> None:
        # A text message is nothing of ours; no peer of this protocol sends one. It is counted as an empty packet.
        self._events.message(b"" if js.type_of(event.data) == "string" else js.to_bytes(event.data))

    def _end(self, _event: js.Value) -> None:
        self.close()
        self._events.closed()


class BrowserRtc:
    """Makes peer connections."""

    def warm(self) -> None:
        """The first of a page takes up to 13 ms, as its threads begin; the next one less than one."""
        try:
            js.new(js.window.RTCPeerConnection).close()
        except Exception:  # no WebRTC here: `connect` says so
            return

    def connect(self, ice_servers: list[IceServer], relay_only: bool, events: PeerEvents) -> PeerConnection:
        configuration = js.options(
            {
                "iceServers": js.array([_ice_server(server) for server in ice_servers]),
                "iceTransportPolicy": "relay" if relay_only else "all",
            }
        )
        try:
            return BrowserPeer(configuration, events)
        except Exception as error:  # no WebRTC here, a wrong server address, or too many connections in this page
            raise refused() from error


def _ice_server(server: IceServer) -> js.Value:
    entry = js.options({"urls": js.array(server.urls)})
    if server.username != "":
        js.put(entry, "username", server.username)
        js.put(entry, "credential", server.credential)
    return entry


def refused() -> UnreachableError:
    return UnreachableError("rtc.refused", "The direct connection could not be made.")
