"""My own end of every path: who I am, the service, WebRTC, and which kinds of paths are wanted."""

from __future__ import annotations

from collections.abc import Callable

from widget.crypto.credentials import Credentials
from widget.crypto.handshake import NO_FINGERPRINTS, TRANSPORT_DIRECT, TRANSPORT_RELAY, Handshake
from widget.crypto.sdp_seal import SdpSeal
from widget.crypto.session import Session
from widget.model import IceServer
from widget.ports import Clock, PeerConnection, PeerEvents, Platform
from widget.transport.signaling import Signaling


class Seat:
    """`seal` hides descriptions from the service where the room is private. `ice` may change while we are here."""

    def __init__(
        self,
        platform: Platform,
        session: Session,
        credentials: Credentials,
        signaling: Signaling,
        seal: SdpSeal | None,
        uses_relay: bool,
        uses_direct: bool,
        is_turn_only: bool = False,
    ) -> None:
        self._platform: Platform = platform
        self._session: Session = session
        self._credentials: Credentials = credentials
        self._uses_relay: bool = uses_relay
        self._attempts: int = 0
        self._is_turn_only: bool = is_turn_only
        self.uses_direct: bool = uses_direct
        self.clock: Clock = platform.clock
        self.signaling: Signaling = signaling
        self.seal: SdpSeal | None = seal
        self.sid: str = session.sid
        self.ice: list[IceServer] = []
        self.say: Callable[[], bytes] = lambda: b""  # what goes with every BIND

    def has_relay(self) -> bool:
        return self._uses_relay and self.signaling.is_joined

    def handshake(self, sid: str, fingerprints: tuple[bytes, bytes] | None) -> Handshake:
        """A fresh one with the session `sid`; a path with no fingerprints is the relay's."""
        self._attempts += 1
        transport = TRANSPORT_RELAY if fingerprints is None else TRANSPORT_DIRECT
        prints = NO_FINGERPRINTS if fingerprints is None else fingerprints
        crypto = self._platform.crypto
        return Handshake(
            crypto, self._session, self._credentials, sid, transport, prints, self._attempts, self.say()
        )

    def connect(self, events: PeerEvents) -> PeerConnection:
        return self._platform.rtc.connect(self.ice, self._is_turn_only, events)
