"""Peer connections of a page."""

from __future__ import annotations

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
        self._peer.onicecandidate = js.listener(self._candidate)
        self._peer.onconnectionstatechange = js.listener(self._state)
        self._peer.oniceconnectionstatechange = js.listener(self._state)
        self._channel.binaryType = "arraybuffer"
        self._channel.bufferedAmountLowThreshold = LOW_BUFFER_BYTES
        self._channel.onopen = js.listener(self._opened)
        self._channel.onmessage = js.listener(self._message)
        self._channel.onbufferedamountlow = js.listener(self._writable)
        self._channel.onclose = js.listener(self._closed)

    async def offer(self, restart_ice: bool) -> str:
        try:
            made = await js.wait(self._peer.createOffer(js.options({"iceRestart": restart_ice})))
            await js.wait(self._peer.setLocalDescription(made))
        except js.Failure as error:
            raise _refused() from error
        return self._local_sdp()

    async def answer(self, remote_sdp: str) -> str:
        try:
            await js.wait(self._peer.setRemoteDescription(js.options({"type": "offer", "sdp": remote_sdp})))
            made = await js.wait(self._peer.createAnswer())
            await js.wait(self._peer.setLocalDescription(made))
        except js.Failure as error:
            raise _refused() from error
        return self._local_sdp()

    async def accept(self, remote_sdp: str) -> None:
        try:
            await js.wait(self._peer.setRemoteDescription(js.options({"type": "answer", "sdp": remote_sdp})))
        except js.Failure as error:
            raise _refused() from error

    async def add_candidate(self, candidate: str) -> None:
        if candidate == "":  # Chrome before 92 rejects an end of candidates; ICE ends without one
            return
        try:
            await js.wait(self._peer.addIceCandidate(js.window.JSON.parse(candidate)))
        except Exception as error:
            raise _refused() from error

    def send(self, data: bytes) -> int:
        if self._over or self._channel.readyState != "open":
            raise UnreachableError("rtc.closed", "The direct connection is closed.")
        try:
            self._channel.send(js.from_bytes(data))
        except Exception as error:
            raise UnreachableError("rtc.full", "The direct connection takes no more for now.") from error
        return int(self._channel.bufferedAmount)

    def close(self) -> None:
        self._over = True
        self._channel.close()
        self._peer.close()

    def _local_sdp(self) -> str:
        described = js.get(self._peer, "localDescription")
        if described is None:
            raise _refused()
        sdp: str = described.sdp
        return sdp

    def _candidate(self, event: js.Value) -> None:
        if self._over:
            return
        candidate = js.get(event, "candidate")
        self._events.candidate("" if candidate is None else js.window.JSON.stringify(candidate))

    def _state(self, _event: js.Value) -> None:
        # Firefox before 113 has no connectionState.
        if self._peer.connectionState == "failed" or self._peer.iceConnectionState == "failed":
            self._end()

    def _opened(self, _event: js.Value) -> None:
        if not self._over:
            self._events.opened()

    def _message(self, event: js.Value) -> None:
        # A text message is nothing of ours; no peer of this protocol sends one.
        if not self._over and js.type_of(event.data) != "string":
            self._events.message(js.to_bytes(event.data))

    def _writable(self, _event: js.Value) -> None:
        if not self._over:
            self._events.writable()

    def _closed(self, _event: js.Value) -> None:
        self._end()

    def _end(self) -> None:
        if not self._over:
            self.close()
            self._events.closed()


class BrowserRtc:
    """Makes peer connections."""

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
            raise UnreachableError("rtc.unavailable", "This browser makes no direct connection now.") from error


def _ice_server(server: IceServer) -> js.Value:
    entry = js.options({"urls": js.array(server.urls)})
    if server.username != "":
        js.put(entry, "username", server.username)
        js.put(entry, "credential", server.credential)
    return entry


def _refused() -> UnreachableError:
    return UnreachableError("rtc.refused", "The direct connection could not be set up.")
